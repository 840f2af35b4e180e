import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { judgeShowcase } from "../../hubspot-stand-in/demo/judge-showcase.ts";
import { crmEvents } from "../../hubspot-stand-in/seed/crm-events.ts";
import { demoPortal } from "../../hubspot-stand-in/seed/demo-portal.ts";
import { showcase } from "../../hubspot-stand-in/seed/showcase.ts";
import { startWorld, type World } from "../support/world.ts";
import { type OpenBrowser, openBrowser } from "./open-browser.ts";

const hot = showcase.justUnderTier2;

describe("the home page in a browser", () => {
  let world: World;
  let open: OpenBrowser;

  beforeAll(async () => {
    world = await startWorld({ seed: demoPortal({ nowAt: Date.now(), companies: 60, contacts: 400 }) });
    open = await openBrowser(world, path.join("home-page"));
    await world.install();
    await judgeShowcase(world.standIn, world.appUrl, world.portalId);
    await world.settled();
  });
  afterAll(async () => {
    await open?.close();
    await world?.stop();
  });

  it("opens from the list of companies, on whom to call today", async () => {
    const event = crmEvents.find(({ key }) => key === "demo-request");
    await event?.play(world.crm, { companyId: hot.id, nowAt: Date.now(), countersFire: true });
    await world.until("the clock runs", async () => (await world.view(hot.id)).hot !== null);
    await open.page.goto(world.standIn.url);
    await open.page.getByRole("link", { name: "Touchstone: home page" }).click();
    await open.page.getByRole("heading", { name: "Today" }).waitFor();
    const row = open.page.getByRole("row").filter({ hasText: hot.name });
    await row.getByText("asked for a demo").first().waitFor();
    expect(await row.textContent()).toMatch(/23 h left/);
    await open.picture("home-today.png");
  });

  it("stops a clock with a reason, and says so", async () => {
    const { page } = open;
    const row = page.getByRole("row").filter({ hasText: hot.name });
    await row.getByRole("button", { name: "No outreach needed" }).click();
    await page.getByLabel("Reason").selectOption({ label: "A deal is under way" });
    await open.picture("home-excuse.png");
    await page.getByRole("button", { name: "Stop the clock" }).click();
    await page.getByText(`The clock of ${hot.name} is stopped.`).waitFor();
    await row.getByText("23 h left").waitFor({ state: "detached" });
    expect((await world.view(hot.id)).hot).toBeNull();
  });

  it("saw no error of the page itself", () => {
    expect(open.faults).toEqual([]);
  });
});
