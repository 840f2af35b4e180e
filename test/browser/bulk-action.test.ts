import { randomUUID } from "node:crypto";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { EnrolmentsView, PlayView } from "@touchstone/shared/plays-api.ts";
import type { AccountTierView } from "@touchstone/shared/tiers-api.ts";
import { judgeShowcase } from "../../hubspot-stand-in/demo/judge-showcase.ts";
import { nameOnlooker } from "../../hubspot-stand-in/demo/name-onlooker.ts";
import { demoPortal } from "../../hubspot-stand-in/seed/demo-portal.ts";
import { showcase } from "../../hubspot-stand-in/seed/showcase.ts";
import { startWorld, type World } from "../support/world.ts";
import { type OpenBrowser, openBrowser } from "./open-browser.ts";

const { justUnderTier2: known, excluded } = showcase;

describe("the bulk action in a browser", () => {
  let world: World;
  let open: OpenBrowser;
  let second: string;

  beforeAll(async () => {
    world = await startWorld({ seed: demoPortal({ nowAt: Date.now(), companies: 40, contacts: 300 }) });
    open = await openBrowser(world, path.join("bulk-action"));
    await world.install();
    await judgeShowcase(world.standIn, world.appUrl, world.portalId);
    await world.settled();
    const first = await launched("Autumn wave");
    second = await launched("Second wave", { overrideReason: "A fair of this sector is next week" });
    await post(`/api/plays/${first}/accounts`, { companyIds: [known.id] });
  });
  afterAll(async () => {
    await open?.close();
    await world?.stop();
  });

  it("opens for the companies that are ticked in the list, and says how many they are", async () => {
    const { page } = open;
    await page.goto(world.standIn.url);
    await page.getByRole("checkbox", { name: "All companies" }).check();
    await page.getByText("40 selected").waitFor();
    await page.getByRole("checkbox", { name: "All companies" }).uncheck();
    const rows = await page.getByRole("row").all();
    for (const row of rows.slice(1, 9)) await row.getByRole("checkbox").check();
    for (const { name } of [known, excluded]) await page.getByRole("checkbox", { name: `Choose ${name}` }).check();
    await press("Touchstone: Enrol in play or set tier");
    await page.getByRole("heading", { name: /^(9|10) companies chosen$/ }).waitFor();
    await open.view("bulk-form.png");
  });

  it("says before anything is changed who can be enrolled and who cannot, and lets one in with a reason (T23)", async () => {
    const { page } = open;
    await page.getByRole("combobox", { name: /Play/ }).selectOption({ label: "Second wave (Tier 2, running)" });
    await press("Check who can be enrolled");
    const refused = dialogRow(known.name);
    await refused.getByText("In Autumn wave, launched for the same tier this month").waitFor();
    await dialogRow(excluded.name).getByText("It is excluded: no outreach until the reason is gone.").waitFor();
    await open.view("bulk-enrol.png");
    expect((await enrolments()).length).toBe(0);
    await page.getByLabel("Why 1 of them comes in all the same").fill("They asked for both");
    await page.getByRole("button", { name: "Check again with this reason" }).click();
    await refused.getByText("Also in Autumn wave").waitFor();
  });

  it("enrols those that can be, and answers line by line", async () => {
    const { page } = open;
    await page.getByRole("button", { name: /^Enrol \d compan/ }).click();
    await page.getByRole("heading", { name: /are enrolled in Second wave/ }).waitFor();
    await open.view("bulk-result.png");
    const accounts = await enrolments();
    expect(accounts.find(({ companyId }) => companyId === known.id)?.statusWhy).toBe("They asked for both");
    expect(accounts.length).toBeGreaterThan(5);
  });

  it("sets a tier with a reason and an end, after the same look", async () => {
    const { page } = open;
    await page.getByRole("button", { name: "Do something else with these" }).click();
    await page.getByRole("tab", { name: "Set a tier" }).click();
    await page.getByRole("combobox", { name: /^Tier/ }).selectOption({ index: 1 });
    await page.getByRole("combobox", { name: /It holds for/ }).selectOption({ index: 2 });
    await page.getByLabel(/Reason/).fill("Accounts of the autumn fair");
    await page.getByRole("button", { name: "Check whose tier can be set" }).click();
    await page.getByRole("heading", { name: /can be set to Tier 1/ }).waitFor();
    await open.view("bulk-tier.png");
    await page.getByRole("button", { name: /^Set the tier of \d compan/ }).click();
    await page.getByRole("heading", { name: /are set to Tier 1/ }).waitFor();
    await world.until("the tier holds", async () => {
      const { tier, override } = await read<AccountTierView>(`/api/accounts/${known.id}/tier`);
      return tier === "tier_1" && override?.reason === "Accounts of the autumn fair";
    });
  });

  it("is closed to who may only look, and says so", async () => {
    const { page } = open;
    await nameOnlooker(world.standIn, world.appUrl, world.portalId);
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
    await page.getByRole("link", { name: /Oona/ }).click();
    await page.getByRole("checkbox", { name: `Choose ${known.name}` }).check();
    await press("Touchstone: Enrol in play or set tier");
    await page.getByText("You may only look").waitFor();
    await open.view("bulk-view-only.png");
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  });

  it("tells plainly when the server does not answer", async () => {
    for (const one of world.processes) await one.stop();
    const before = open.faults.length;
    await press("Touchstone: Enrol in play or set tier");
    await open.page.getByText("Touchstone could not read plays and tiers").waitFor();
    open.faults.length = before;
  });

  it("saw no error of the page itself", () => {
    expect(open.faults).toEqual([]);
  });

  const press = (name: string | RegExp) => open.page.getByRole("button", { name }).click();
  const dialogRow = (name: string) => open.page.getByRole("dialog").getByRole("row").filter({ hasText: name });
  const enrolments = async () => (await read<EnrolmentsView>(`/api/plays/${second}/accounts`)).accounts;

  async function launched(name: string, body: object = {}): Promise<string> {
    const play = { name, tier: "tier_2", handoff: { trigger: "A reply", responseHours: 24 } };
    const { playId } = await post<PlayView>("/api/plays", { requestId: randomUUID(), template: "12-week", play });
    await post(`/api/plays/${playId}/approve`, {});
    await post(`/api/plays/${playId}/launch`, body);
    return playId;
  }

  const read = async <T>(at: string) => (await (await world.ask(at)).json()) as T;

  async function post<T = object>(at: string, body: object): Promise<T> {
    const answer = await world.ask(at, "POST", body);
    if (!answer.ok) throw new Error(`${at} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }
});
