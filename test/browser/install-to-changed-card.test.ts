import { mkdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type Browser, chromium, type Page } from "playwright-core";
import { buildExtensions } from "../../hubspot-stand-in/demo/build-extensions.ts";
import { judgeShowcase } from "../../hubspot-stand-in/demo/judge-showcase.ts";
import { mountPages } from "../../hubspot-stand-in/demo/mount-pages.ts";
import { demoPortal } from "../../hubspot-stand-in/seed/demo-portal.ts";
import { showcase } from "../../hubspot-stand-in/seed/showcase.ts";
import { testAddress } from "../support/test-database.ts";
import { startWorld, type World } from "../support/world.ts";

const root = path.resolve(import.meta.dirname, "..", "..");
/** UPDATE_IMAGES=1 renews the pictures of the README; otherwise they go where nobody commits them. */
const imagesDir = path.join(root, process.env.UPDATE_IMAGES ? "docs/images" : "test-results/images");
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

describe("a person in a browser", () => {
  let world: World;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    await mkdir(imagesDir, { recursive: true });
    world = await startWorld({ seed: demoPortal({ nowAt: Date.now(), companies: 60, contacts: 400 }) });
    const extensions = await buildExtensions(
      path.join(root, "hubspot-project"),
      path.join(root, "test-results", "extensions"),
    );
    await mountPages(world.standIn, extensions, world.appUrl);
    browser = await chromium.launch({ executablePath: testAddress("TEST_CHROMIUM"), args: flags });
    page = await browser.newPage({ viewport: { width: 1360, height: 1000 } });
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("response", (answer) => answer.status() >= 400 && faults.push(`${answer.status()} ${answer.url()}`));
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const record = (id: string) => `${world.standIn.url}/contacts/${world.portalId}/record/0-2/${id}`;
  const picture = (name: string) => page.screenshot({ path: path.join(imagesDir, name), fullPage: true });
  const text = async () => (await page.locator("body").textContent()) ?? "";

  it("installs the app by the consent page", async () => {
    await page.goto(`${world.appUrl}/oauth/install`);
    await picture("install.png");
    await page.click("#allow");
    await page.waitForURL(`${world.appUrl}/oauth/callback**`);
    expect(await text()).toMatch(/Touchstone is installed/);
    await world.settled();
    await judgeShowcase(world.standIn, world.appUrl, world.portalId);
    await world.settled();
  });

  it("opens a company and reads the state in words, the number, the tier and who did what", async () => {
    await page.goto(`${world.standIn.url}/`);
    await page.getByRole("link", { name: showcase.justUnderTier2.name }).click();
    await page.getByText("What counts most").waitFor();
    expect(await text()).toMatch(/Tier 3/);
    await picture("before-demo-request.png");
  });

  it("presses the button and sees the number, the tier and the reason change", async () => {
    const { id } = showcase.justUnderTier2;
    const before = await world.view(id);
    await page.getByRole("button", { name: /A CTO books a demo/ }).click();
    await page.locator("[data-card]").getByText("Tier 2").first().waitFor({ timeout: 20_000 });
    const after = await world.view(id);
    expect(after.priority?.score).toBeGreaterThan(before.priority?.score ?? 0);
    await page.locator("[data-card]").getByText("asked for a demo").first().waitFor();
    await page.getByText(after.headline).first().waitFor();
    expect(await text()).toMatch(/Tier 2/);
    expect(world.property(id, "touchstone_tier")).toBe("tier_2");
    await picture("record-page.png");
    await page
      .locator("[data-card]")
      .first()
      .screenshot({ path: path.join(imagesDir, "account-card.png") });
  });

  it("opens the ledger, whose points add up to the number shown", async () => {
    await page.getByRole("button", { name: "Show every point" }).click();
    await page.getByText("All lines").first().waitFor();
    await page.screenshot({ path: path.join(imagesDir, "ledger.png") });
    await page.keyboard.press("Escape");
  });

  it.each([
    ["empty.png", showcase.empty.id, /Tier 4|Keep nurturing/],
    ["excluded.png", showcase.excluded.id, /Excluded/],
    ["hot.png", showcase.hot.id, /Sales-ready/],
  ])("shows %s as it should", async (name, id, expected) => {
    await page.goto(record(id));
    const cards = page.locator("[data-card]");
    await cards.getByText(expected).first().waitFor();
    await cards.locator(".spinner").first().waitFor({ state: "detached" });
    await picture(name);
  });

  it("tells plainly when the server does not answer", async () => {
    for (const one of world.processes) await one.stop();
    const silent = faults.length;
    await page.goto(record(showcase.hot.id));
    await page
      .getByText(/try again/i)
      .first()
      .waitFor({ timeout: 30_000 });
    await picture("error.png");
    faults.length = silent;
  });

  it("saw no error of the page itself", () => {
    expect(faults).toEqual([]);
  });
});
