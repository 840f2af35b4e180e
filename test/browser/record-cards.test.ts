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

  it("saw no error of the page itself", () => {
    expect(open.faults).toEqual([]);
  });
});
