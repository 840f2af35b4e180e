import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { EnrolledView, PlayAccountsView, PlaysView, PlayView } from "@touchstone/shared/plays-api.ts";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { companyIdAt, personIdAt, plainPortal } from "../../support/plain-portal.ts";

const dayMs = 86_400_000;
/** The first of the month, in Madrid. */
const startAt = Date.UTC(2026, 8, 1, 9);
const handoff = { trigger: "two people engaged", responseHours: 24 };

describe("A play", () => {
  let world: ClockedWorld;
  beforeEach(async () => {
    world = await startClockedWorld(
      plainPortal({ portalId: 4711, companies: 3, peopleEach: 1, nowAt: startAt }),
      startAt,
    );
    await world.install();
  });
  afterEach(() => world.stop());

  it("is refused as the second of its tier and calendar month, and launched with a reason (T23)", async () => {
    const [first, second, other] = [await approved("One"), await approved("Two"), await approved("Three", "tier_2")];
    expect((await launch(first)).body).toMatchObject({ status: "running" });
    const refused = await launch(second);
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("One was launched for this tier in September 2026");
    expect(refused.text).toContain("Give a reason to launch it all the same. Nothing was launched.");
    expect((await launch(other)).body).toMatchObject({ status: "running", overrideReason: null });
    const launched = await launch(second, { overrideReason: "The fair is in two weeks" });
    expect(launched.body).toMatchObject({ status: "running", overrideReason: "The fair is in two weeks" });
    world.step(30 * dayMs);
    expect((await launch(await approved("Four"))).body).toMatchObject({ status: "running", overrideReason: null });
  });

  it("runs at 90 days without an engaged account, is to be retired at 91, and runs on with one (T22)", async () => {
    const playId = await approved("Long");
    await launch(playId);
    const enrolled = await post<EnrolledView>(`/api/plays/${playId}/accounts`, {
      companyIds: [companyIdAt(0), companyIdAt(1), "9"],
    });
    expect(enrolled).toMatchObject({
      enrolled: 2,
      lines: [{ status: "enrolled" }, { status: "enrolled" }, { status: "rejected" }],
    });
    world.step(90 * dayMs);
    expect(await read<PlayView>(`/api/plays/${playId}`)).toMatchObject({ status: "running", suggestion: null });
    world.step(dayMs);
    expect((await read<PlayView>(`/api/plays/${playId}`)).suggestion).toEqual({
      text: "Retire it: 91 days, and not one account has engaged.",
      instead: ["Try another channel", "Try another angle", "Try another offer"],
    });
    world.crm.update("contacts", personIdAt(0), { hs_email_last_open_date: new Date(world.now()).toISOString() });
    await world.until("the account is engaged", async () => {
      const { results } = await read<PlayView>(`/api/plays/${playId}`);
      return results.engaged.numerator === 1;
    });
    expect(await read<PlayView>(`/api/plays/${playId}`)).toMatchObject({
      suggestion: null,
      results: { enrolled: 2, engaged: { numerator: 1, denominator: 2, rate: 0.5 } },
    });
    expect(await post(`/api/plays/${playId}/retire`, {})).toMatchObject({ status: "retired" });
  });

  it("is not launched before steps, hand-over and approval stand, and names all that is missing", async () => {
    const { playId } = await make({ name: "Empty", tier: "tier_1", steps: [], handoff: null });
    const refused = await launch(playId);
    for (const text of ["It has no steps.", "Nobody has said when marketing hands over", "Sales has not approved"]) {
      expect(refused.text).toContain(text);
    }
    expect(refused.text).not.toContain("Give a reason");
    const steps = [{ day: 0, channel: "email", side: "sales", role: null, what: "Hello", personalisation: "surface" }];
    await post(`/api/plays/${playId}`, { name: "Shallow", tier: "tier_1", steps, handoff });
    await post(`/api/plays/${playId}/approve`, {});
    expect((await launch(playId)).text).toContain("A step of sales for Tier 1 must be at least contextual.");
    const changed = await post<PlayView>(`/api/plays/${playId}`, { name: "Again", tier: "tier_2", steps, handoff });
    expect(changed).toMatchObject({ status: "draft", approval: null });
    const again = await post<PlayView>(`/api/plays/${playId}/approve`, {});
    expect(again).toMatchObject({ status: "approved", approval: { by: "1", at: expect.any(Number) } });
    world.step(dayMs);
    expect(await post<PlayView>(`/api/plays/${playId}/approve`, {})).toEqual(again);
  });

  it("is blocked while sales keeps no account of the list (row 12)", async () => {
    const playId = await approved("Blocked");
    await post("/api/list/add", { source: "sales", accounts: [companyIdAt(0)] });
    await post(`/api/accounts/${companyIdAt(0)}/review`, { verdict: "reject", reason: "constrained" });
    expect((await launch(playId, { overrideReason: "all the same" })).text).toContain(
      "the ideal customer profile is wrong",
    );
    await post(`/api/accounts/${companyIdAt(0)}/review`, { verdict: "keep" });
    expect((await launch(playId)).body).toMatchObject({ status: "running" });
  });

  it("has its touches from a calendar template, due by the day, and notes what was done", async () => {
    const playId = await approved("Calendar");
    await launch(playId);
    await post(`/api/plays/${playId}/accounts`, { companyIds: [companyIdAt(0)] });
    world.step(11 * dayMs);
    const { touches } = await read<PlayAccountsView>(`/api/plays/${playId}/touches`);
    expect(touches).toHaveLength(10);
    expect(touches.filter((touch) => touch.status === "due").map((touch) => touch.step)).toEqual([0, 1, 2]);
    const done = { companyId: companyIdAt(0), step: 1, status: "done" };
    for (let times = 0; times < 2; times++) await post(`/api/plays/${playId}/touches`, done);
    expect(await read<PlayView>(`/api/plays/${playId}`)).toMatchObject({ results: { stepsDone: 1, stepsDue: 9 } });
    const bad = await world.ask(`/api/plays/${playId}/touches`, "POST", { ...done, step: 10 });
    expect(bad.status).toBe(400);
  });

  it("is made once however often the request comes, and another portal's play is not found", async () => {
    const body = { requestId: randomUUID(), template: "16-week", play: { name: "Once", tier: "tier_1", handoff } };
    const [a, b] = [await post<PlayView>("/api/plays", body), await post<PlayView>("/api/plays", body)];
    expect(a.playId).toBe(b.playId);
    expect((await read<PlaysView>("/api/plays")).plays).toHaveLength(1);
    expect((await world.ask(`/api/plays/${randomUUID()}`)).status).toBe(404);
    const wrong = await world.ask("/api/plays", "POST", { ...body, requestId: randomUUID(), template: "52-week" });
    expect(await wrong.text()).toContain('There is no template \\"52-week\\": 12-week, 16-week. Nothing was made.');
  });

  async function approved(name: string, tier = "tier_1"): Promise<string> {
    const { playId } = await make({ name, tier, handoff }, "12-week");
    await post(`/api/plays/${playId}/approve`, {});
    return playId;
  }

  const make = (play: object, template?: string) =>
    post<PlayView>("/api/plays", { requestId: randomUUID(), ...(template && { template }), play });

  async function launch(playId: string, body: object = {}): Promise<{ status: number; text: string; body: unknown }> {
    const answer = await world.ask(`/api/plays/${playId}/launch`, "POST", body);
    const text = await answer.text();
    return { status: answer.status, text, body: JSON.parse(text) };
  }

  const read = async <T>(path: string) => (await (await world.ask(path)).json()) as T;

  async function post<T = object>(path: string, body: object): Promise<T> {
    const answer = await world.ask(path, "POST", body);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }
});
