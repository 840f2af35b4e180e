import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { TargetListView } from "@touchstone/shared/target-list-api.ts";
import type { Page, Route } from "playwright-core";
import { judgeShowcase } from "../../hubspot-stand-in/demo/judge-showcase.ts";
import { crmEvents } from "../../hubspot-stand-in/seed/crm-events.ts";
import { demoPortal } from "../../hubspot-stand-in/seed/demo-portal.ts";
import { showcase } from "../../hubspot-stand-in/seed/showcase.ts";
import { type ClockedWorld, startClockedWorld } from "../support/clocked-world.ts";
import { type OpenBrowser, openBrowser } from "./open-browser.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const hot = showcase.justUnderTier2;
/** Engaged today, and silent from then on. */
const silent = showcase.headOffice;

/** What a person meets besides the sunny day. The server's clock is stepped, so that what takes days happens at once. */
describe("every state of a screen in a browser", () => {
  let world: ClockedWorld;
  let open: OpenBrowser;
  let page: Page;

  beforeAll(async () => {
    const startAt = Date.now();
    world = await startClockedWorld(demoPortal({ nowAt: startAt, companies: 60, contacts: 400 }), startAt);
    open = await openBrowser({ standIn: world.standIn, appUrl: appUrl() }, "screen-states");
    page = open.page;
    await world.install();
    await judgeShowcase(world.standIn, appUrl(), world.portalId);
    await world.settled();
  });
  afterAll(async () => {
    await open?.close();
    await world?.stop();
  });

  it("says what it is reading while the answer is on its way", async () => {
    const held: Route[] = [];
    await page.route("**/hubspot-fetch", (route) => void held.push(route));
    await openRecord(showcase.hot.id);
    await card().getByText("Reading the score of this account").waitFor();
    await open.view("loading.png");
    await openHome();
    await page.getByText("Reading the list of today").waitFor();
    await open.view("home-loading.png");
    await openSettings();
    await page.getByText("Reading your settings").waitFor();
    await open.view("settings-loading.png");
    await page.unroute("**/hubspot-fetch");
    for (const route of held) await route.abort().catch(() => undefined);
  });

  it("shows an account of which nothing is known, with what would help", async () => {
    await openRecord(showcase.empty.id);
    await card()
      .getByText(/Tier 4|Keep nurturing/)
      .first()
      .waitFor();
    await atRest();
    await open.view("empty.png");
  });

  it("marks a score of which too little is known as provisional", async () => {
    await openRecord(showcase.lukewarm.id);
    await card()
      .getByText(/^Provisional/)
      .first()
      .waitFor();
    await atRest();
    await open.view("provisional.png");
  });

  it("names why an account is excluded", async () => {
    await openRecord(showcase.excluded.id);
    await card()
      .getByText(/Excluded/)
      .first()
      .waitFor();
    await atRest();
    await open.view("excluded.png");
  });

  it("shows every point on request", async () => {
    await openRecord(showcase.hot.id);
    await card().getByRole("button", { name: "Show every point" }).click();
    await page.getByText("All lines").first().waitFor();
    await open.view("ledger.png");
    await page.keyboard.press("Escape");
  });

  it("shows until when to reach out to a hot account, and who did what", async () => {
    await openRecord(hot.id);
    await card().getByText("What counts most").waitFor();
    await atRest();
    await open.view("before-demo-request.png");
    play("demo-request");
    await card()
      .getByText(/^Hot: reach out by /)
      .waitFor();
    await card().getByText("23 h left").waitFor();
    await card().getByText("asked for a demo").first().waitFor();
    await atRest();
    await open.view("hot.png");
    await open.picture("record-page.png");
    await open.part("account-card.png", card());
    await openHome();
    await page.getByRole("row").filter({ hasText: hot.name }).getByText("23 h left").waitFor();
    await open.picture("home-today.png");
  });

  it("shows the readers who may only look no button that would be refused, and why, on every screen", async () => {
    await openSettings();
    await page.getByRole("tab", { name: "Health" }).click();
    await page.getByLabel("HubSpot user ids").fill("3");
    await page.getByRole("button", { name: "Save who may only look" }).click();
    await page.getByText("Saved who may only look.").waitFor();
    await page.getByRole("link", { name: /read only/ }).click();
    const why = page.getByText(/You can see everything in Touchstone and change nothing/).first();
    await why.waitFor();
    await open.view("read-only-settings.png");
    await openRecord(hot.id);
    await why.waitFor();
    await card().getByRole("tab", { name: "Committee" }).click();
    await card()
      .getByText(/roles covered$/)
      .waitFor();
    expect(
      await card()
        .getByRole("button", { name: /role|Change/ })
        .count(),
    ).toBe(0);
    await card().getByRole("tab", { name: "Questions" }).click();
    await card().getByRole("tabpanel").getByRole("combobox").first().waitFor();
    expect(await card().getByRole("button", { name: "Save" }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Wrong, because…" }).count()).toBe(0);
    await atRest();
    await open.view("read-only-card.png");
    await openHome();
    await why.waitFor();
    const row = page.getByRole("row").filter({ hasText: hot.name });
    await row.getByText("23 h left").waitFor();
    expect(await row.getByRole("button").count()).toBe(0);
    await open.view("read-only-home.png");
    await page.getByRole("main").getByRole("link", { name: "Plays", exact: true }).click();
    await page.getByText("No play is made yet").waitFor();
    expect(await page.getByRole("button", { name: "New draft" }).count()).toBe(0);
    await page.getByRole("link", { name: /admin/ }).click();
    await page.getByRole("button", { name: "New draft" }).waitFor();
  });

  it("says when the time of a clock is over", async () => {
    world.step(25 * hourMs);
    await openRecord(hot.id);
    await card()
      .getByText(/^Hot: the time to reach out was /)
      .waitFor();
    await atRest();
    await open.view("clock-missed.png");
    await openHome();
    const row = page.getByRole("row").filter({ hasText: hot.name });
    await row.getByText(/over/).first().waitFor();
    await open.picture("home-today-missed.png");
  });

  it("says that somebody reached out after the time was over", async () => {
    play("call-logged");
    await world.until("the clock stops", async () => (await world.view(hot.id)).hot === null);
    await openRecord(hot.id);
    await card().getByText("Somebody reached out, after the time was over.").waitFor();
    await atRest();
    await open.view("clock-late.png");
  });

  it("asks about an account that has gone cold, on its card and in the week", async () => {
    await world.ask("/api/list/add", "POST", { source: "sales", accounts: [silent.id] });
    expect(((await (await world.ask("/api/list")).json()) as TargetListView).size).toBe(1);
    await fallCold();
    await openRecord(silent.id);
    await card()
      .getByText(/Engagement has been below 20 %/)
      .waitFor();
    await atRest();
    await open.view("cold.png");
    await openHome();
    await page.getByRole("main").getByRole("link", { name: "This week", exact: true }).click();
    await page.getByRole("row").filter({ hasText: silent.name }).getByRole("button", { name: "Decide" }).waitFor();
    await open.picture("home-week-cold.png");
  });

  it("tells whose request is not accepted that they may not see it, and asks no more by itself", async () => {
    const refused = await fetch(`${appUrl()}/api/accounts/${showcase.hot.id}`);
    const json = { status: refused.status, body: await refused.text() };
    await page.route("**/hubspot-fetch", (route) => route.fulfill({ json }));
    await openRecord(showcase.hot.id);
    await card().getByText("You may not see this here").waitFor();
    await atRest();
    await open.view("no-permission.png");
    await openHome();
    await page.getByText("You may not see this").waitFor();
    await open.view("home-no-permission.png");
    await page.unroute("**/hubspot-fetch");
  });

  it("tells plainly when the server does not answer, and that it tries again", async () => {
    expect(open.faults).toEqual([]);
    await page.route("**/hubspot-fetch", (route) => route.fulfill({ json: { status: 503, body: "{}" } }));
    await openRecord(showcase.hot.id);
    await card()
      .getByText(/try again/i)
      .first()
      .waitFor({ timeout: 30_000 });
    await open.view("error.png");
    await openHome();
    await page.getByText("Touchstone could not read the list of today").waitFor();
    await open.view("home-error.png");
    await openSettings();
    await page.getByText("Touchstone could not read your settings").waitFor();
    await open.view("settings-error.png");
  });

  const appUrl = () => world.server.ctx.config.http.publicUrl;
  const card = () => page.locator("[data-card=touchstone_account_card]");
  const openRecord = (id: string) => page.goto(`${world.standIn.url}/contacts/${world.portalId}/record/0-2/${id}`);
  const openHome = () => page.goto(`${world.standIn.url}/app/${world.portalId}/pages`);
  const openSettings = () => page.goto(`${world.standIn.url}/app/${world.portalId}/settings`);

  /** Every card has read what it shows, and nothing of it is on its way. */
  async function atRest(): Promise<void> {
    await page.locator("[data-card] .spinner").first().waitFor({ state: "detached" });
    await page.getByText("Updating", { exact: true }).first().waitFor({ state: "detached" });
  }
  function play(key: string): void {
    const event = crmEvents.find((one) => one.key === key);
    if (!event) throw new Error(`There is no event ${key}.`);
    event.play(world.crm, { companyId: hot.id, nowAt: world.now(), countersFire: true });
  }

  /** All windows of engagement close by time alone, and then the days pass after which somebody is asked. */
  async function fallCold(): Promise<void> {
    const before = (await world.view(silent.id)).scoredAt ?? 0;
    world.step(91 * dayMs);
    await world.until("it is scored again", async () => {
      await world.wake("rescore-batch");
      return ((await world.view(silent.id)).scoredAt ?? 0) > before + 90 * dayMs;
    });
    world.step(31 * dayMs);
    await world.settled();
  }
});
