import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { CommitteeCardView } from "@touchstone/shared/record-cards-api.ts";
import { judgeShowcase } from "../../hubspot-stand-in/demo/judge-showcase.ts";
import { demoPortal } from "../../hubspot-stand-in/seed/demo-portal.ts";
import { showcase } from "../../hubspot-stand-in/seed/showcase.ts";
import { startWorld, type World } from "../support/world.ts";
import { type OpenBrowser, openBrowser } from "./open-browser.ts";

const company = showcase.justUnderTier2;

describe("the cards on records in a browser", () => {
  let world: World;
  let open: OpenBrowser;

  beforeAll(async () => {
    world = await startWorld({ seed: demoPortal({ nowAt: Date.now(), companies: 60, contacts: 400 }) });
    open = await openBrowser(world, "record-cards");
    await world.install();
    await judgeShowcase(world.standIn, world.appUrl, world.portalId);
    await world.settled();
  });
  afterAll(async () => {
    await open?.close();
    await world?.stop();
  });

  const recordOf = (typeId: string, id: string) =>
    `${world.standIn.url}/contacts/${world.portalId}/record/${typeId}/${id}`;

  const committee = async () =>
    (await (await world.ask(`/api/accounts/${company.id}/committee`)).json()) as CommitteeCardView;

  it("opens a person from the company, gives them a role, and reads what to say to them", async () => {
    const { page } = open;
    const person = (await committee()).people.find(({ roles, gone }) => roles.length === 0 && gone === null);
    if (!person) throw new Error("everybody of the company has a role");
    await page.goto(recordOf("0-2", company.id));
    await page.locator("[data-related]").getByRole("link", { name: person.name }).click();
    const card = page.locator("[data-card=touchstone_contact_card]");
    await card.getByText("Give this person a role to see what to say to them.").waitFor();
    await open.picture("contact-card-without-role.png");
    await card.getByRole("button", { name: "Give a role" }).click();
    await page.getByLabel("Economic buyer").check();
    await open.picture("contact-card-role.png");
    await page.getByRole("button", { name: "Save role" }).click();
    await page.getByText(/Saved what part/).waitFor();
    await card.getByRole("heading", { name: "Economic buyer" }).waitFor();
    await card.getByText("Give this person a role").waitFor({ state: "detached" });
    await open.picture("contact-card.png");
  });

  it("answers a question that only a person can, and the account is scored again", async () => {
    const { page } = open;
    await page.goto(recordOf("0-2", company.id));
    const card = page.locator("[data-card=touchstone_account_card]");
    await card.getByText(/^Next: /).waitFor();
    await open.picture("company-cards.png");
    await card.getByRole("tab", { name: "Questions" }).click();
    const first = card.getByRole("tabpanel").getByRole("combobox").first();
    await first.waitFor();
    expect(await first.locator("option:checked").textContent()).toBe("Not known");
    await open.picture("questions.png");
    await first.selectOption({ index: 1 });
    await card.getByRole("tabpanel").getByRole("button", { name: "Save" }).first().click();
    await page.getByText(/Kept your answer on/).waitFor();
    await card
      .getByText(/Answered on/)
      .first()
      .waitFor();
    await card.getByRole("tab", { name: "Plays" }).click();
    await card.getByText("In no play").waitFor();
    await open.picture("plays-empty.png");
  });

  it("opens every tab and panel by keyboard alone, and comes back to where it was", async () => {
    const { page } = open;
    const card = page.locator("[data-card=touchstone_account_card]");
    const tab = (name: string) => card.getByRole("tab", { name });
    await tab("Plays").focus();
    await page.keyboard.press("ArrowLeft");
    await card.getByText(/roles covered/).waitFor();
    expect(await page.locator("[role=tab]:focus").textContent()).toBe("Committee");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Save role" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Save role" }).waitFor({ state: "detached" });
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("ArrowRight");
    await card.getByText("In no play").waitFor();
  });

  it("draws how the score went, and takes a verdict with its reason", async () => {
    const { page } = open;
    const card = page.locator("[data-card=touchstone_history_card]");
    await card.getByRole("img").waitFor();
    await card.getByRole("button", { name: "Wrong, because…" }).click();
    await page.getByLabel("Reason").selectOption({ label: "The data is wrong" });
    await open.picture("verdict.png");
    await page.getByRole("button", { name: "Say it is wrong" }).click();
    await card.getByText("You say: The data is wrong.").waitFor();
    await card.getByText("0 of 1 person calls this score right").waitFor();
    await open.picture("history-card.png");
  });

  it("shows on a deal who stands behind it, and that it hangs by too few", async () => {
    const { page } = open;
    const deal = world.crm.create("deals", { dealname: "Brightmere: first contract", dealstage: "qualifiedtobuy" }, [
      { type: "companies", id: company.id, primary: true },
    ]);
    await page.goto(recordOf("0-3", deal));
    const card = page.locator("[data-card=touchstone_deal_card]");
    await card.getByText("Single thread: nobody is linked to this deal.").waitFor();
    await open.picture("deal-card-alone.png");
    const person = (await committee()).people[0];
    if (!person) throw new Error("the company has nobody");
    world.crm.associate({ type: "deals", id: deal }, { type: "contacts", id: person.personId });
    await card.getByText(person.name).waitFor();
    await open.picture("deal-card.png");
  });

  it("says where the account stands, sets its tier by hand until a day, and takes that back", async () => {
    const { page } = open;
    await page.goto(recordOf("0-2", company.id));
    const card = page.locator("[data-card=touchstone_tier_card]");
    await card.getByText(/^Since /).waitFor();
    await open.part("tier-card.png", card);
    await card.getByRole("button", { name: "Set the tier by hand" }).click();
    await page.getByLabel("Tier", { exact: true }).selectOption({ index: 0 });
    await page.getByLabel("Reason").fill("Opens a market");
    await open.view("tier-form.png");
    await page.getByRole("button", { name: "Set the tier", exact: true }).click();
    await card.getByText(/Set to Tier 1 by user \d+ until .*: Opens a market/).waitFor();
    await card.getByRole("heading", { name: "Tier 1" }).waitFor();
    await open.part("tier-card-set.png", card);
    await card.getByRole("button", { name: "Back to the rule" }).click();
    await open.view("tier-end.png");
    await page.getByRole("dialog").getByRole("button", { name: "Back to the rule" }).click();
    await card.getByText("Set by hand", { exact: true }).waitFor({ state: "detached" });
  });

  it("says every gate and action, takes what is thought of a person, and a role that is known by title", async () => {
    const { page } = open;
    await page.goto(recordOf("0-2", company.id));
    const card = page.locator("[data-card=touchstone_account_card]");
    await card.getByRole("button", { name: "Show every point" }).click();
    await page.getByRole("tab", { name: /^Readiness/ }).click();
    await page.getByText(/^Hand off to sales: /).waitFor();
    await open.view("every-gate.png");
    await page.keyboard.press("Escape");
    await card.getByRole("tab", { name: "Committee" }).click();
    await card.getByRole("button", { name: "Known by title" }).click();
    await page.getByLabel("What it is called").fill("VP Finance");
    await open.view("committee-place.png");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await card.getByText("known by title, VP Finance").waitFor();
    await card
      .getByRole("button", { name: /Change|Give a role/ })
      .first()
      .click();
    await page.getByLabel("Influence on the decision").selectOption({ label: "4 of 5: others follow" });
    await page.getByLabel("What they think of us").selectOption({ label: "−1: doubts" });
    await open.view("committee-person.png");
    await page.getByRole("button", { name: "Save role" }).click();
    await card.getByText("influence 4 of 5, −1: doubts").waitFor();
    await open.part("committee-judged.png", card);
  });

  it("saw no error of the page itself", () => {
    expect(open.faults).toEqual([]);
  });
});
