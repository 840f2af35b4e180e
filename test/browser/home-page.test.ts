import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { judgeShowcase } from "../../hubspot-stand-in/demo/judge-showcase.ts";
import { crmEvents } from "../../hubspot-stand-in/seed/crm-events.ts";
import { demoPortal } from "../../hubspot-stand-in/seed/demo-portal.ts";
import { showcase } from "../../hubspot-stand-in/seed/showcase.ts";
import { askDatabase } from "../support/ask-database.ts";
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
    event?.play(world.crm, { companyId: hot.id, nowAt: Date.now(), countersFire: true });
    await world.until("the clock runs", async () => (await world.view(hot.id)).hot !== null);
    await open.page.goto(world.standIn.url);
    await open.page.getByRole("link", { name: "Touchstone: home page" }).click();
    await open.page.getByRole("heading", { name: "Today" }).waitFor();
    const row = open.page.getByRole("row").filter({ hasText: hot.name });
    await row.getByText("asked for a demo").first().waitFor();
    expect(await row.textContent()).toMatch(/23 h left/);
  });

  it("stops a clock with a reason, and says so", async () => {
    const { page } = open;
    const row = page.getByRole("row").filter({ hasText: hot.name });
    await row.getByRole("button", { name: "No outreach needed" }).click();
    await page.getByLabel("Reason").selectOption({ label: "A deal is under way" });
    await open.view("home-excuse.png");
    await page.getByRole("button", { name: "Stop the clock" }).click();
    await page.getByText(`The clock of ${hot.name} is stopped.`).waitFor();
    await row.getByText("23 h left").waitFor({ state: "detached" });
    expect((await world.view(hot.id)).hot).toBeNull();
  });

  it("goes to the target list, says that it is empty, and fills it from the suggestions", async () => {
    const { page } = open;
    await goTo("List");
    await page.getByText("No account is on the target list").waitFor();
    await open.view("home-list-empty.png");
    await page.getByRole("tab", { name: "Hygiene" }).click();
    await page.getByRole("row").filter({ hasText: hot.name }).getByRole("button", { name: "Add" }).first().click();
    await page.getByText(`${hot.name} is on the list.`).waitFor();
    await open.view("home-hygiene.png");
  });

  it("takes a pasted list, and says of each line what became of it", async () => {
    const { page } = open;
    await page.getByRole("tab", { name: "Add accounts" }).click();
    await page.getByLabel("Companies").fill(`${showcase.hot.name}\n${hot.id}\nnobody.example\nNobody we know`);
    await page.getByLabel("Where the list comes from").selectOption({ label: "Research" });
    await open.view("home-add.png");
    await page.getByRole("button", { name: "Add accounts" }).click();
    await page.getByText("New on the list: 1 · on it before: 1 · not taken: 2").waitFor();
    await page.getByText("no company of HubSpot has the domain nobody.example").waitFor();
    await open.view("home-added.png");
  });

  it("lets sales keep an account, and draws a spot check", async () => {
    const { page } = open;
    await page.getByRole("tab", { name: "Sales validation" }).click();
    const row = page.getByRole("row").filter({ hasText: hot.name });
    await row.getByRole("button", { name: "Review" }).click();
    // Closed by Escape, of which only HubSpot can tell, and opened again: nothing of it is left.
    await page.getByLabel("Note").fill("Never mind");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await row.getByRole("button", { name: "Review" }).click();
    await page.waitForFunction("document.querySelector('dialog textarea').value === ''");
    await page.getByRole("button", { name: "Save the verdict" }).click();
    await page.getByText(`${hot.name} is kept.`).waitFor();
    await row.getByText("Keep", { exact: true }).waitFor();
    await open.view("home-list.png");
    await page.getByRole("tab", { name: "Spot check" }).click();
    await page.getByRole("button", { name: "Draw the accounts" }).click();
    await page.getByRole("button", { name: "Answer" }).first().click();
    for (const question of ["Does its data", "Does it have", "Is it buying"]) {
      await page.getByLabel(question).selectOption({ label: "Yes" });
    }
    await page.getByRole("button", { name: "Keep the answers" }).click();
    await page.getByText(`The answers about ${hot.name} are kept.`).waitFor();
    await open.view("home-spot-check.png");
    await page.getByRole("button", { name: "Draw new accounts" }).click();
    await page.getByText("The answers that were given so far do not count for it").waitFor();
    await open.view("home-spot-check-again.png");
    await page.getByRole("button", { name: "Cancel" }).click();
  });

  it("reports whether the programme works, with what each figure is made of", async () => {
    const { page } = open;
    // As if the tiers of today had been kept for half a year.
    await askDatabase(
      world.databaseUrl,
      `INSERT INTO tier_days (portal_id, day, tier, accounts) SELECT portal_id, to_char(day::date - n, 'YYYY-MM-DD'), tier, accounts
       FROM tier_days CROSS JOIN generate_series(1, 180) n ON CONFLICT DO NOTHING`,
    );
    await goTo("Reports");
    await page.getByRole("heading", { name: "Are the accounts reached, and do they answer?" }).waitFor();
    await page.getByRole("img", { name: "Engaged accounts, week by week" }).waitFor();
    await page.getByRole("img", { name: "Accounts by stage" }).waitFor();
    await page.getByRole("heading", { name: "Does it bring pipeline and revenue?" }).waitFor();
    const kept = page.getByRole("row").filter({ hasText: "Kept by sales" });
    expect(await kept.textContent()).toContain("1 of 1 (100 %)95 % interval 21–100 %, fewer than 30");
    await open.picture("home-reports.png");
    await page.getByLabel("Period").selectOption({ label: "The last 30 days" });
    await page.getByText("Reached").first().waitFor();
  });

  it("takes what the programme cost, and has a return then", async () => {
    const { page } = open;
    await page.getByText("n/a (no cost is known").waitFor();
    await page.getByRole("button", { name: "Add a cost" }).click();
    await page.getByLabel("Kind").selectOption({ label: "People" });
    await page.getByLabel("What for").fill("Agency");
    await page.getByLabel("Amount in").fill("1200");
    await open.view("home-cost.png");
    await page.getByRole("button", { name: "Keep the cost" }).click();
    await page.getByText("Agency is kept.").waitFor();
    await page.getByRole("row").filter({ hasText: "Agency" }).getByText("1,200").waitFor();
    await page.getByText("n/a (no cost is known").waitFor({ state: "detached" });
    await open.picture("home-costs.png");
    await page.getByRole("button", { name: "Take back" }).click();
    await page.getByText("Agency is taken back.").waitFor();
    await page.getByText("No cost is known of the last 12 months").waitFor();
  });

  it("leads from a name to the record, and back to the same route", async () => {
    const { page } = open;
    await goTo("Today");
    await page.getByRole("link", { name: /Kestrelgate/ }).click();
    await page.getByText("What counts most").waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "Today" }).waitFor();
  });

  it("saw no error of the page itself", () => {
    expect(open.faults).toEqual([]);
  });

  const goTo = (name: string) => open.page.getByRole("main").getByRole("link", { name, exact: true }).click();
});
