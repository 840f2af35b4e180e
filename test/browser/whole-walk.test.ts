import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Locator, Page } from "playwright-core";
import { demoPortal } from "../../hubspot-stand-in/seed/demo-portal.ts";
import { showcase } from "../../hubspot-stand-in/seed/showcase.ts";
import { startWorld, type World } from "../support/world.ts";
import { type OpenBrowser, openBrowser } from "./open-browser.ts";

/** The account that the walk is about. */
const account = showcase.justUnderTier2;
/** Nothing happens to it, so that its score tells of the model alone. */
const witness = showcase.headOffice;

/** One portal, one order, by screens only: what a person does from the installation to a model that was taken back. */
describe("a portal's first weeks, walked in a browser", () => {
  let world: World;
  let open: OpenBrowser;
  let page: Page;
  let firstScore: string | null = null;

  beforeAll(async () => {
    world = await startWorld({ seed: demoPortal({ nowAt: Date.now(), companies: 60, contacts: 400 }) });
    open = await openBrowser(world, "whole-walk");
    page = open.page;
  });
  afterAll(async () => {
    await open?.close();
    await world?.stop();
  });

  it("installs on the consent page", async () => {
    await page.goto(`${world.appUrl}/oauth/install`);
    await open.picture("install.png");
    await page.click("#allow");
    await page.getByRole("heading", { name: "Touchstone is installed" }).waitFor();
    await world.settled();
    firstScore = world.property(witness.id, "touchstone_score");
    expect(Number(firstScore)).toBeGreaterThan(0);
  });

  it("finds on the checklist what is done and what is left, and ticks a card that was placed", async () => {
    await openPage("home page");
    await goTo("Onboarding checklist");
    await step("Score every company").getByText("60 of 60 are scored").waitFor();
    await step("Choose the scoring model").getByText("To do").waitFor();
    const card = step("Place Account score");
    await card.getByRole("button", { name: "Mark as done" }).click();
    await card.getByRole("button", { name: "Not done" }).waitFor();
    await open.picture("home-onboarding.png");
    await page.reload();
    await card.getByRole("button", { name: "Not done" }).waitFor();
  });

  it("picks a template and previews it: who moves, by name, before anything changes", async () => {
    await openPage("settings");
    await page.getByRole("heading", { name: "Active now" }).waitFor();
    await open.picture("settings-models.png");
    await page.getByRole("button", { name: "Try Two axes of 100" }).click();
    await page.getByRole("button", { name: "Preview impact" }).click();
    await page.getByText("Who moves", { exact: true }).waitFor();
    await page.setViewportSize({ width: 1360, height: 1500 });
    await open.view("settings-preview.png");
    await page.setViewportSize({ width: 1360, height: 1000 });
    expect(world.property(witness.id, "touchstone_score")).toBe(firstScore);
    expect(world.property(witness.id, "touchstone_model")).toMatch(/playbook-100/);
  });

  it("publishes it, watches the accounts being scored again, and HubSpot holds the new scores", async () => {
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByLabel(/Note for those/).fill("Two axes for the autumn");
    await open.picture("settings-publish.png");
    await page.getByRole("button", { name: "Publish version 1" }).click();
    await page.getByText("Two axes of 100, version 1 is active now").waitFor();
    await page.getByRole("progressbar").waitFor();
    await open.picture("settings-progress.png");
    await page.getByText("All accounts are up to date").waitFor({ timeout: 45_000 });
    await openRecord(witness.name);
    await written("touchstone_model", /two-axis-100/);
    expect(world.property(witness.id, "touchstone_score")).not.toBe(firstScore);
    await openPage("home page");
    await goTo("Onboarding checklist");
    await step("Choose the scoring model").getByText("Done", { exact: true }).waitFor();
  });

  it("sees the account become hot within seconds of a demo request, with the time left and who did what", async () => {
    await openRecord(account.name);
    await card().getByText("What counts most").waitFor();
    await press("A CTO books a demo");
    await card()
      .getByText(/^Hot: reach out by /)
      .waitFor();
    await card().getByText("asked for a demo").first().waitFor();
    await card().getByText("23 h left").waitFor();
  });

  it("finds the owner's task in HubSpot, due in time, which quotes the evidence", async () => {
    const tasks = () =>
      world.crm
        .linked({ type: "companies", id: account.id }, "tasks")
        .flatMap((id) => world.crm.get("tasks", id) ?? []);
    await world.until("the task is made", () => tasks().length > 0);
    expect(tasks()).toHaveLength(1);
    const task = tasks()[0]?.properties ?? {};
    expect(task.hs_task_subject).toMatch(`Reach out to ${account.name} by `);
    expect(task.hs_task_body).toMatch(/Ana Ruiz.*asked for a demo/s);
    expect(task).toMatchObject({
      hs_task_status: "NOT_STARTED",
      hubspot_owner_id: world.property(account.id, "hubspot_owner_id"),
    });
    const dueInHours = (Date.parse(task.hs_timestamp ?? "") - Date.now()) / 3_600_000;
    expect(Math.ceil(dueInHours)).toBe(24);
  });

  it("finds the account at the top of today's list, with the same clock", async () => {
    await openPage("home page");
    const row = page.getByRole("row").filter({ hasText: account.name });
    await row.getByText("23 h left").waitFor();
    expect(await row.textContent()).toMatch(/^1.*Ana Ruiz, CTO/);
  });

  it("stops the clock when the owner's call is logged, on the card and on today's list", async () => {
    await openRecord(account.name);
    await card()
      .getByText(/^Hot: reach out by /)
      .waitFor();
    await press("The owner calls someone");
    await card().getByText("Somebody reached out in time.").waitFor();
    await card()
      .getByText(/^Hot: reach out by /)
      .waitFor({ state: "detached" });
    await card()
      .getByText(/^Next: /)
      .waitFor();
    await open.part("clock-met.png", card());
    await openPage("home page");
    await page.getByText("in work: somebody reached out").waitFor();
    expect(await page.getByRole("row").filter({ hasText: account.name }).count()).toBe(0);
    await open.picture("home-today-met.png");
  });

  it("maps the committee from the card: a missing role is covered, and the coverage says so", async () => {
    await openRecord(account.name);
    await card().getByRole("tab", { name: "Committee" }).click();
    const missing = card().getByText("Missing: Champion", { exact: true });
    await missing.waitFor();
    const before = await card()
      .getByText(/roles covered$/)
      .textContent();
    await open.part("committee.png", card());
    const holloway = card().getByRole("row").filter({ hasText: "Marcus Holloway" });
    await holloway.getByRole("button", { name: /Change|Give a role/ }).click();
    await page.getByLabel("Champion").check();
    await page.getByRole("button", { name: "Save role" }).click();
    await missing.waitFor({ state: "detached" });
    await holloway.getByText("Champion").waitFor();
    expect(
      await card()
        .getByText(/roles covered$/)
        .textContent(),
    ).not.toBe(before);
    await open.part("committee-mapped.png", card());
  });

  it("launches a play after sales approved its messages, and takes the account into it", async () => {
    await openPage("home page");
    await goTo("Plays");
    await page.getByText("No play is made yet").waitFor();
    await makeDraft("Autumn wave");
    await openPlay("Autumn wave");
    await answer("Launch", "Launch");
    await page.getByRole("dialog").getByText("Sales has not approved the messages. Nothing was launched.").waitFor();
    await open.view("home-play-refused.png");
    await page.getByRole("button", { name: "Cancel" }).click();
    await answer("Sales approves the messages", "Approve");
    await page.getByText("Autumn wave is approved.").waitFor();
    await openPlay("Autumn wave");
    await answer("Launch", "Launch");
    await page.getByText("Running: 1").waitFor();
    await openPlay("Autumn wave");
    await page.getByLabel("Company ids").fill(`${account.id}, 999999999`);
    await page.getByRole("button", { name: "Add accounts" }).click();
    await page.getByText("New in the play: 1 of 2").waitFor();
    await page.getByText("999999999: no such company is known here (yet)").waitFor();
    await open.view("home-play-accounts.png");
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  });

  it("is refused a second play of the tier in the month, with the reason", async () => {
    await makeDraft("Second wave");
    await openPlay("Second wave");
    await answer("Sales approves the messages", "Approve");
    await page.getByText("Second wave is approved.").waitFor();
    await openPlay("Second wave");
    await answer("Launch", "Launch");
    await page.getByRole("dialog").getByText("Give a reason to launch it all the same.").waitFor();
    await open.view("home-play-guard.png");
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).first().click();
    await page.getByText("Running: 1").waitFor();
    await open.picture("home-plays.png");
  });

  it("shows the weekly meeting what runs, and the account's card the play that it is in", async () => {
    await goTo("This week");
    await page.getByText("Running: 1 play", { exact: true }).waitFor();
    await open.picture("home-week.png");
    await openRecord(account.name);
    await card().getByRole("tab", { name: "Plays" }).click();
    await card().getByRole("heading", { name: "Autumn wave" }).waitFor();
    await open.part("plays.png", card());
  });

  it("takes the model back, and the scores return", async () => {
    await openPage("settings");
    const former = page.getByRole("row").filter({ hasText: "Playbook 100" });
    await former.getByRole("button", { name: /Compare version/ }).click();
    await page.getByRole("button", { name: "Roll back" }).waitFor();
    await open.picture("settings-version.png");
    await page.getByRole("button", { name: "Roll back" }).click();
    await page.getByRole("button", { name: "Go back to version 1" }).click();
    await page.getByText("Playbook 100, version 2 is active now").waitFor();
    await page.getByText("All accounts are up to date").waitFor({ timeout: 45_000 });
    await openRecord(witness.name);
    await written("touchstone_model", /playbook-100/);
    expect(world.property(witness.id, "touchstone_score")).toBe(firstScore);
    await card()
      .getByText(firstScore ?? "", { exact: false })
      .first()
      .waitFor();
  });

  it("saw no error of the page itself", () => {
    expect(open.faults).toEqual([]);
  });

  const card = () => page.locator("[data-card=touchstone_account_card]");
  const step = (title: string): Locator => page.getByRole("row").filter({ hasText: title });
  const press = (event: string) => page.getByRole("button", { name: event }).click();
  const goTo = (name: string) => page.getByRole("main").getByRole("link", { name, exact: true }).click();

  async function openPage(name: "home page" | "settings"): Promise<void> {
    await page.goto(world.standIn.url);
    await page.getByRole("link", { name: `Touchstone: ${name}` }).click();
  }
  async function openRecord(name: string): Promise<void> {
    await page.goto(world.standIn.url);
    await page.getByRole("searchbox").fill(name);
    await page.getByRole("link", { name, exact: true }).click();
  }
  /** What the stand-in's record shows of the property, as Touchstone wrote it. */
  async function written(property: string, value: RegExp): Promise<void> {
    const label = property.replace("touchstone_", "");
    const row = page.locator("[data-written] .property").filter({ hasText: new RegExp(`^${label}`, "i") });
    await row.getByText(value).waitFor();
  }
  const openPlay = (name: string) =>
    page.getByRole("row").filter({ hasText: name }).getByRole("button", { name: "Open" }).click();
  /** A button of a play's panel, then the one inside the question that it asks. */
  async function answer(label: string, yes: string): Promise<void> {
    await page.getByRole("dialog").getByRole("button", { name: label }).click();
    await page.locator("dialog").last().getByRole("button", { name: yes, exact: true }).click();
  }
  async function makeDraft(name: string): Promise<void> {
    await page.getByRole("button", { name: "New draft" }).click();
    await page.getByRole("textbox", { name: /Name/ }).fill(name);
    await page.getByRole("combobox", { name: /Tier/ }).selectOption({ label: "Tier 2" });
    await page.getByLabel("When does marketing hand over to sales?").fill("A reply or a booked meeting");
    await page.getByRole("button", { name: "Make the draft" }).click();
    await page.getByText(`${name} is a draft.`).waitFor();
  }
});
