import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { TodayView } from "@touchstone/shared/home-api.ts";
import type { EnrolledView } from "@touchstone/shared/plays-api.ts";
import type {
  AccountPlaysView,
  AccountSummaryView,
  CommitteeCardView,
  DealCardView,
  PersonCardView,
  TrendView,
} from "@touchstone/shared/record-cards-api.ts";
import { runWorkflowAction } from "../../../hubspot-stand-in/workflows/run-workflow-action.ts";
import type { ClockedWorld } from "../../support/clocked-world.ts";
import { alertOf, askForDemo, company, person, running, startPortal, tasksOf } from "../hot/hot-world.ts";
import { playFor } from "./play-for.ts";

const exclusion = expect.stringMatching(/^Excluded: .+\. No outreach until the reason is gone\.$/);

const dayMs = 86_400_000;

describe("An account that is excluded while much is under way", () => {
  let world: ClockedWorld;
  let deal = "";
  let playId = "";
  beforeAll(async () => {
    world = await startPortal();
    const links = [
      { type: "companies", id: company, primary: true },
      { type: "contacts", id: person },
    ] as const;
    deal = world.crm.create("deals", { dealname: "First", dealstage: "qualifiedtobuy" }, [...links]);
    await askForDemo(world);
    await running(world);
    await post("committee/people", { personId: person, roles: ["economic_buyer"] });
    playId = await playFor(world, { name: "Autumn", tier: "tier_3", launched: true });
    await post("plays", { playId });
    await world.until("the deal's people are read", async () => (await dealCard()).people.length === 1);
    expect((await committee()).people[0]?.message).not.toBeNull();
    expect((await dealCard()).warnings).not.toEqual([]);
    expect((await plays()).plays[0]?.next).not.toEqual([]);
    // HubSpot does not tell of the type itself: it is read with the next change that it tells of.
    await world.until("the tasks of its clock and its first step", () => tasksOf(world.crm).length === 2);
    world.crm.update("companies", company, { type: "PARTNER", numberofemployees: "31" });
    await world.until("it is excluded", async () => (await world.view(company)).state === "excluded");
  });
  afterAll(() => world.stop());

  it("says so on the company's card, and no clock, cold spell or action any more", async () => {
    expect(await world.view(company)).toMatchObject({
      headline: expect.stringMatching(/^Excluded: /),
      hot: null,
      hotAnswer: null,
      cold: null,
      actions: [],
    });
    expect((await get<AccountSummaryView>("summary")).next).toMatchObject({ text: "Leave it alone", opens: null });
  });

  it("gives no message to anybody of its committee, names nobody as missing, and still says who plays which part", async () => {
    const view = await committee();
    expect(view).toMatchObject({ exclusion, warnings: [], coverage: { missing: [] } });
    expect(view.people).toMatchObject([{ personId: person, message: null, roles: [{ key: "economic_buyer" }] }]);
  });

  it("says so on its deals and its people, with no message and no warning to widen the contact", async () => {
    const card = await dealCard();
    expect(card).toMatchObject({ exclusion, warnings: [], coverage: { missing: [] }, account: { state: "excluded" } });
    expect(card.people[0]?.message).toBeNull();
    const contact = (await (await world.ask(`/api/people/${person}`)).json()) as PersonCardView;
    expect(contact).toMatchObject({ message: null, messageGap: exclusion });
  });

  it("asks for no step of its plays, and comes into no other", async () => {
    expect(await plays()).toMatchObject({ exclusion, plays: [{ name: "Autumn", next: [] }], choices: [] });
    const other = await playFor(world, { name: "Winter", tier: "tier_1", launched: false });
    const refused = await world.ask(`/api/accounts/${company}/plays`, "POST", { playId: other });
    expect([refused.status, await refused.json()]).toEqual([
      400,
      expect.objectContaining({ message: expect.stringMatching(/^Excluded: .+ Nothing was changed\.$/) }),
    ]);
    expect((await plays()).plays).toHaveLength(1);
  });

  it("comes into no other play by a list of companies or a workflow either, and says so", async () => {
    const other = await playFor(world, { name: "Spring", tier: "tier_2", launched: false });
    const enrol = async (id: string) => {
      const answer = await world.ask(`/api/plays/${id}/accounts`, "POST", { companyIds: [company] });
      return (await answer.json()) as EnrolledView;
    };
    const message = "it is excluded: no outreach until the reason is gone";
    const refused = { enrolled: 0, lines: [{ companyId: company, status: "rejected", message }] };
    expect([await enrol(other), await enrol(other)]).toEqual([refused, refused]);
    const order = { uid: "touchstone_enrol_in_play", objectType: "COMPANY", objectId: company } as const;
    expect(await runWorkflowAction(world.standIn, 4711, { ...order, inputFields: { playId: other } })).toEqual({
      status: 200,
      outputFields: { message: `Nothing was changed: ${message}.`, hs_execution_state: "FAIL_CONTINUE" },
    });
    expect((await plays()).plays).toHaveLength(1);
    expect(await enrol(playId)).toMatchObject({ lines: [{ status: "known", message: "in the play already" }] });
  });

  it("has no score on which anybody could give a verdict", async () => {
    expect(await get<TrendView>("trend")).toMatchObject({ gap: exclusion });
    const refused = await world.ask(`/api/accounts/${company}/verdict`, "POST", { right: true, reason: null });
    expect([refused.status, await refused.json()]).toEqual([
      404,
      expect.objectContaining({ message: expect.stringContaining("has no score now") }),
    ]);
  });

  it("leaves the list of today, and its clock ends with the reason and is never missed", async () => {
    const note = expect.stringMatching(/^Excluded: .+/);
    const ended = { state: "excused", excuse: { reason: "Another reason", note } };
    expect(await alertOf(world)).toMatchObject(ended);
    expect(await today()).toEqual([]);
    world.step(2 * dayMs);
    await world.wake("tend-hot-accounts");
    await world.settled();
    expect(await alertOf(world)).toMatchObject(ended);
    expect(await today()).toEqual([]);
  });

  it("is given no task any more, neither of its clock nor of its plays, and those that were made stay", async () => {
    const { db } = world.server.ctx;
    await db.updateTable("tasks").set({ state: "wanted" }).where("kind", "=", "hot").execute();
    world.step(7 * dayMs);
    await world.wake("make-tasks");
    await world.until("nothing waits", async () => {
      const waiting = db.selectFrom("tasks").select("marker").where("state", "<>", "made");
      return (await waiting.execute()).length === 0;
    });
    expect(tasksOf(world.crm)).toHaveLength(2);
  });

  const today = async () => ((await (await world.ask("/api/home/today")).json()) as TodayView).lines;
  const get = async <T>(what: string) => (await (await world.ask(`/api/accounts/${company}/${what}`)).json()) as T;
  const committee = () => get<CommitteeCardView>("committee");
  const plays = () => get<AccountPlaysView>("plays");
  const dealCard = async () => (await (await world.ask(`/api/deals/${deal}`)).json()) as DealCardView;

  async function post(what: string, body: object): Promise<void> {
    const answer = await world.ask(`/api/accounts/${company}/${what}`, "POST", body);
    if (!answer.ok) throw new Error(`${what} answered ${answer.status}: ${await answer.text()}`);
  }
});
