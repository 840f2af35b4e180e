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
    event?.play(world.crm, { companyId: hot.id, nowAt: Date.now(), countersFire: true });
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

  it("lets sales keep an account, and draws a spot check", async () => {
    const { page } = open;
    await page.getByRole("tab", { name: "Sales validation" }).click();
    const row = page.getByRole("row").filter({ hasText: hot.name });
    await row.getByRole("button", { name: "Review" }).click();
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
  });

  it("makes a draft of a play, and shows why it may not be launched yet", async () => {
    const { page } = open;
    await goTo("Plays");
    await page.getByText("No play is made yet").waitFor();
    await makeDraft("Autumn wave");
    await page.getByText("Drafts: 1").waitFor();
    await page.getByRole("button", { name: "Open" }).click();
    await press("Launch", "Launch");
    await page.getByRole("dialog").getByText("Sales has not approved the messages. Nothing was launched.").waitFor();
    await open.view("home-play-refused.png");
    await page.getByRole("button", { name: "Cancel" }).click();
    await press("Sales approves the messages", "Approve");
    await page.getByText("Autumn wave is approved.").waitFor();
    await page.getByRole("button", { name: "Open" }).click();
    await press("Launch", "Launch");
    await page.getByText("Running: 1").waitFor();
  });

  it("is refused a second play of the tier in the month, and launches it with a reason", async () => {
    const { page } = open;
    await makeDraft("Second wave");
    const row = page.getByRole("row").filter({ hasText: "Second wave" });
    await row.getByRole("button", { name: "Open" }).click();
    await press("Sales approves the messages", "Approve");
    await page.getByText("Second wave is approved.").waitFor();
    await row.getByRole("button", { name: "Open" }).click();
    await press("Launch", "Launch");
    await page.getByRole("dialog").getByText("Give a reason to launch it all the same.").waitFor();
    await open.view("home-play-guard.png");
    await page.getByLabel("Why it goes out all the same").fill("A fair of this sector is next week");
    await page.locator("dialog").last().getByRole("button", { name: "Launch" }).click();
    await page.getByText("Running: 2").waitFor();
    await open.picture("home-plays.png");
  });

  it("takes an account into a play by its company id, and says what became of it", async () => {
    const { page } = open;
    await page.getByRole("row").filter({ hasText: "Second wave" }).getByRole("button", { name: "Open" }).click();
    await page.getByLabel("Company ids").fill(`${hot.id}, 999999999`);
    await page.getByRole("button", { name: "Add accounts" }).click();
    await page.getByText("New in the play: 1 of 2").waitFor();
    await page.getByText("999999999: no such company is known here (yet)").waitFor();
    await open.view("home-play-accounts.png");
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  });

  it("shows the week with its three lists and what changed", async () => {
    await goTo("This week");
    await open.page.getByText("Running: 2 plays").waitFor();
    await open.page.getByText("Nothing has to be paused or changed.").waitFor();
    await open.picture("home-week.png");
  });

  it("keeps what a person says is done on the checklist", async () => {
    const { page } = open;
    await goTo("Onboarding checklist");
    const row = page.getByRole("row").filter({ hasText: "Place Account score" });
    await row.getByRole("button", { name: "Mark as done" }).click();
    await row.getByRole("button", { name: "Not done" }).waitFor();
    await open.picture("home-onboarding.png");
    await page.reload();
    await row.getByRole("button", { name: "Not done" }).waitFor();
  });

  it("leads from a name to the record, and back to the same route", async () => {
    const { page } = open;
    await goTo("Today");
    await page.getByRole("link", { name: /Kestrelgate/ }).click();
    await page.getByText("What counts most").waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "Today" }).waitFor();
  });

  it("tells plainly when the server does not answer", async () => {
    for (const one of world.processes) await one.stop();
    const before = open.faults.length;
    await goTo("This week");
    await open.page.getByText("Touchstone could not read this week").waitFor();
    await open.view("home-error.png");
    open.faults.length = before;
  });

  it("saw no error of the page itself", () => {
    expect(open.faults).toEqual([]);
  });

  const goTo = (name: string) => open.page.getByRole("main").getByRole("link", { name, exact: true }).click();
  /** A button of a play's panel, then the one inside the question that it asks. */
  async function press(label: string, yes: string): Promise<void> {
    await open.page.getByRole("dialog").getByRole("button", { name: label }).click();
    await open.page.locator("dialog").last().getByRole("button", { name: yes, exact: true }).click();
  }
  async function makeDraft(name: string): Promise<void> {
    const { page } = open;
    await page.getByRole("button", { name: "New draft" }).click();
    await page.getByRole("textbox", { name: /Name/ }).fill(name);
    await page.getByRole("combobox", { name: /Tier/ }).selectOption({ label: "Tier 2" });
    await page.getByLabel("When does marketing hand over to sales?").fill("A reply or a booked meeting");
    await page.getByRole("button", { name: "Make the draft" }).click();
    await page.getByText(`${name} is a draft.`).waitFor();
  }
});
