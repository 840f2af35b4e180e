import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type {
  AccountPlaysView,
  AccountSummaryView,
  DealCardView,
  QuestionsView,
  TrendView,
  VerdictView,
} from "@touchstone/shared/record-cards-api.ts";
import { sql } from "kysely";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { companyIdAt, personIdAt, plainPortal } from "../../support/plain-portal.ts";

const startAt = Date.UTC(2026, 10, 3, 9);
const company = companyIdAt(0);
const [ana, ben] = [personIdAt(0), personIdAt(1)];

describe("What the panels of the record cards ask", () => {
  let world: ClockedWorld;
  beforeAll(async () => {
    world = await startClockedWorld(
      plainPortal({ portalId: 4711, companies: 2, peopleEach: 3, nowAt: startAt }),
      startAt,
    );
    await world.install();
  });
  afterAll(() => world.stop());

  it("asks for answers that only a person has, as the next thing to do, and takes one", async () => {
    const before = await get<QuestionsView>("questions");
    const [first] = before.questions;
    if (!first) throw new Error("the model asks nothing");
    expect(first).toMatchObject({ answer: null, worth: expect.stringMatching(/^up to \d+ points of priority$/) });
    expect((await summary()).next).toMatchObject({
      text: `Answer ${before.questions.length} questions`,
      opens: { panel: "questions" },
    });
    const answer = { criterion: first.criterion, rung: first.answers[0]?.key };
    for (const _ of [1, 2]) expect((await world.ask(path("judgements"), "POST", answer)).status).toBe(200);
    const after = await get<QuestionsView>("questions");
    expect(after.questions.at(-1)).toMatchObject({ criterion: first.criterion, answer: { key: answer.rung } });
    expect((await summary()).next.text).toBe(`Answer ${before.questions.length - 1} questions`);
  });

  it("shows how the score went, the oldest first, with what moved it", async () => {
    world.step(3_600_000);
    world.crm.update("companies", company, { industry: "COMPUTER_SOFTWARE", numberofemployees: "700" });
    await world.until("two points", async () => (await get<TrendView>("trend")).points.length >= 2);
    const { points, max } = await get<TrendView>("trend");
    expect(max).toBe(100);
    expect(points[0]).toMatchObject({ change: null, reasons: ["First score"] });
    expect(points.at(-1)).toMatchObject({ change: expect.stringContaining(" → ") });
    expect(points.at(-1)?.reasons.length).toBeGreaterThan(0);
    expect(points.map(({ at }) => at)).toEqual(points.map(({ at }) => at).sort((a, b) => a - b));
  });

  it("keeps one verdict of a person on a score, changes it when they do, and nothing when it comes twice", async () => {
    expect(await get<VerdictView>("verdict")).toMatchObject({ own: null, tally: null });
    const wrong = { right: false, reason: "bad_data", note: "The size is old" };
    const first = await (await world.ask(path("verdict"), "POST", wrong)).json();
    const again = await (await world.ask(path("verdict"), "POST", wrong)).json();
    expect(first).toMatchObject({
      own: { right: false, reason: "bad_data" },
      tally: "0 of 1 person calls this score right",
    });
    expect(again).toEqual(first);
    await world.ask(path("verdict"), "POST", { right: true, reason: null });
    expect(await get<VerdictView>("verdict")).toMatchObject({ own: { right: true, reason: null } });
    const { rows } = await sql`SELECT FROM account_verdicts`.execute(world.server.ctx.db);
    expect(rows).toHaveLength(1);
    for (const body of [{ right: false, reason: null }, { right: true, reason: "other" }, { right: "yes" }]) {
      expect((await world.ask(path("verdict"), "POST", body)).status).toBe(400);
    }
    const unknown = await world.ask("/api/accounts/99/verdict", "POST", { right: true, reason: null });
    expect(unknown.status).toBe(404);
  });

  it("takes a verdict on the score that was shown, and refuses it when the score moved since", async () => {
    const shown = async () => (await get<TrendView>("trend")).points.at(-1)?.at ?? 0;
    const say = (body: object) => world.ask(path("verdict"), "POST", { right: true, reason: null, ...body });
    const seen = await shown();
    world.step(1_000);
    expect((await say({ scoredAt: seen })).status).toBe(200);
    world.crm.update("contacts", ben, { hs_email_last_reply_date: new Date(world.now()).toISOString() });
    await world.until("the score moves", async () => (await shown()) > seen);
    const before = await get<VerdictView>("verdict");
    const refused = await say({ right: false, reason: "bad_data", scoredAt: seen });
    expect([refused.status, await refused.json()]).toEqual([
      409,
      expect.objectContaining({ message: expect.stringMatching(/^The score moved .+ was not kept.+ say it again/) }),
    ]);
    expect(await get<VerdictView>("verdict")).toEqual(before);
    expect((await say({ scoredAt: await shown() })).status).toBe(200);
    expect((await say({ scoredAt: (await world.view(company)).scoredAt })).status).toBe(200);
    expect((await say({})).status).toBe(200);
    expect((await say({ scoredAt: "now" })).status).toBe(400);
  });

  it("tells a play's next steps, and puts one that is due before everything that can wait", async () => {
    const steps = [
      {
        day: 0,
        channel: "phone",
        side: "sales",
        role: null,
        what: "Call about the report",
        personalisation: "strategic",
      },
      { day: 7, channel: "email", side: "sales", role: null, what: "Send the case", personalisation: "strategic" },
    ];
    const play = { name: "Autumn", tier: "tier_3", steps, handoff: { trigger: "a reply", responseHours: 24 } };
    const made = await world.ask("/api/plays", "POST", { requestId: "panel-test-1", play });
    const { playId } = (await made.json()) as { playId: string };
    await post(`/api/plays/${playId}/approve`, {});
    await post(`/api/plays/${playId}/accounts`, { companyIds: [company] });
    expect(await get<AccountPlaysView>("plays")).toMatchObject({ plays: [{ state: "Not launched yet", next: [] }] });
    await post(`/api/plays/${playId}/launch`, {});
    const { plays } = await get<AccountPlaysView>("plays");
    expect(plays).toMatchObject([
      {
        name: "Autumn",
        state: "Running",
        progress: "0 of 2 steps done",
        next: [
          { step: 0, text: "Phone: Call about the report", isDue: true },
          { step: 1, isDue: false },
        ],
      },
    ]);
    expect((await summary()).next).toMatchObject({ text: "Phone: Call about the report", opens: { panel: "plays" } });
    await post(`/api/plays/${playId}/touches`, { companyId: company, step: 0, status: "done" });
    expect(await get<AccountPlaysView>("plays")).toMatchObject({ plays: [{ progress: "1 of 2 steps done" }] });
  });

  it("says whom to reach out to and how long there is once the account is hot, and who is missing", async () => {
    const at = new Date(world.now()).toISOString();
    world.crm.update("companies", company, { hs_is_target_account: "true" });
    world.crm.update("contacts", ana, {
      firstname: "Ana",
      lastname: "Ruiz",
      jobtitle: "CTO",
      recent_conversion_event_name: "Demo request",
      recent_conversion_date: at,
    });
    await world.until("the clock runs", async () => (await summary()).next.timeLeft !== null);
    expect(await summary()).toMatchObject({
      next: { text: "Reach out to Ana Ruiz, CTO", timeLeft: "23 h left", late: false, opens: { panel: "committee" } },
      missingRoles: expect.arrayContaining(["Economic buyer"]),
      evidence: expect.arrayContaining([
        { text: expect.stringContaining("Ana Ruiz, CTO, asked for a demo"), at: expect.any(Number) },
      ]),
    });
  });

  it("counts for a deal only the people who are linked to it, and warns while it hangs by one", async () => {
    const links = [
      { type: "companies", id: company, primary: true },
      { type: "contacts", id: ana },
    ] as const;
    const deal = world.crm.create("deals", { dealname: "First", dealstage: "qualifiedtobuy" }, [...links]);
    const card = async () => (await (await world.ask(`/api/deals/${deal}`)).json()) as DealCardView;
    await world.until("the deal's people are read", async () => (await card()).people?.length === 1);
    await post(path("committee/people"), { personId: ana, roles: ["economic_buyer"] });
    await post(path("committee/people"), { personId: ben, roles: ["champion"] });
    expect(await card()).toMatchObject({
      state: "known",
      isOpen: true,
      account: { companyId: company },
      people: [{ personId: ana, roles: [{ key: "economic_buyer" }] }],
      coverage: { covered: 1, required: 5 },
      accountCoverage: "2 of 5 roles",
      warnings: ["Single thread: 1 person of this deal is engaged."],
    });
    world.crm.update("deals", deal, { dealstage: "closedlost" });
    await world.until("the deal is closed", async () => !(await card()).isOpen);
    expect((await card()).warnings).toEqual([]);
  });

  it("says of a deal without a company, or not read yet, what that means", async () => {
    const deal = world.crm.create("deals", { dealname: "Alone", dealstage: "qualifiedtobuy" });
    const card = async (id: string) => (await (await world.ask(`/api/deals/${id}`)).json()) as DealCardView;
    await world.until("the deal is read", async () => (await card(deal)).state === "alone");
    expect(await card("999")).toMatchObject({ state: "waiting", account: null });
    expect((await world.ask("/api/deals/x")).status).toBe(404);
  });

  const path = (what: string) => `/api/accounts/${company}/${what}`;
  const get = async <T>(what: string) => (await (await world.ask(path(what))).json()) as T;
  const summary = () => get<AccountSummaryView>("summary");

  async function post(where: string, body: object): Promise<void> {
    const answer = await world.ask(where, "POST", body);
    if (!answer.ok) throw new Error(`${where} answered ${answer.status}: ${await answer.text()}`);
  }
});
