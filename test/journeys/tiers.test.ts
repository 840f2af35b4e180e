import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { TierCardView } from "@touchstone/shared/record-cards-api.ts";
import type { PublishedTiersView, TiersView } from "@touchstone/shared/tiers-api.ts";
import { modelOfSize } from "../support/model-of-size.ts";
import { companyIdAt, plainPortal } from "../support/plain-portal.ts";
import { startWorld, type World } from "../support/world.ts";

const portalId = 4_711_301;
const companies = 45;
const day = 86_400_000;

describe("the tiers of a programme", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({
      seed: plainPortal({ portalId, companies, peopleEach: 0, nowAt: Date.now() }),
      env: { SETTLE_MS: "100" },
    });
    // 40 accounts at 80 and more, then five below every line.
    for (let index = 0; index < companies; index++) setScore(index, index < 40 ? 80 + (index % 3) : 20);
    await world.install();
    expect((await post("/api/models/publish", { model: modelOfSize([20, 30, 65, 79, 80, 81, 82, 95]) })).status).toBe(
      200,
    );
    await assigned("the first places", async () => (await tiers()).tiers[0]?.members === 25);
  });
  afterAll(() => world?.stop());

  const setScore = (index: number, score: number) =>
    world.crm.update("companies", companyIdAt(index), { numberofemployees: String(score) });
  const post = (path: string, body: object) => world.ask(path, "POST", body);
  const read = async <T>(asked: Promise<Response>): Promise<T> => {
    const answer = await asked;
    if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const tiers = () => read<TiersView>(world.ask("/api/tiers"));
  const tierOf = (index: number) => read<TierCardView>(world.ask(`/api/accounts/${companyIdAt(index)}/tier`));
  const held = (index: number, name: string) => world.property(companyIdAt(index), name) ?? "";
  const indexes = Array.from({ length: companies }, (_, index) => index);
  const holding = (tier: string) => indexes.filter((index) => held(index, "touchstone_programme_tier") === tier);

  /** Until what is asked for stands, nothing is on its way, and HubSpot holds what the database says. */
  async function assigned(what: string, check: () => Promise<boolean>): Promise<void> {
    await world.until(what, async () => (await check()) && !(await tiers()).pending);
    await world.settled();
    await world.until("HubSpot holds every place", async () => {
      const view = await tiers();
      return view.tiers.every(({ key, members }) => holding(key).length === members);
    });
  }

  it("T14: of 40 accounts at 80 and more, 25 hold Tier 1 in HubSpot and 15 hold Tier 2, waiting for Tier 1", async () => {
    expect([holding("tier_1").length, holding("tier_2").length, holding("tier_3").length]).toEqual([25, 15, 0]);
    const waiting = indexes.filter((index) => held(index, "touchstone_waiting_for_tier") === "tier_1");
    expect(waiting).toEqual(holding("tier_2"));
    for (const index of waiting) {
      expect(held(index, "touchstone_tier")).toBe("tier_1");
      expect(held(index, "touchstone_tier_reason")).toBe(
        `Entered Tier 2: score ${held(index, "touchstone_score")}. Waits for Tier 1: its 25 places are taken.`,
      );
      expect(held(index, "touchstone_tier_since")).toMatch(/^\d{4}-\d\d-\d\d/);
    }
    const [waiter = 0] = waiting;
    expect((await world.view(companyIdAt(waiter))).place).toMatchObject({
      tier: { key: "tier_2", label: "Tier 2" },
      waitingFor: { key: "tier_1", label: "Tier 1" },
      reason: held(waiter, "touchstone_tier_reason"),
    });
    const view = await tiers();
    expect(view.tiers[0]).toMatchObject({ members: 25, waiting: 15, cap: { template: 25, effective: 25 } });
    expect(view.waiting.map(({ companyId }) => companyId).sort()).toEqual(waiting.map(companyIdAt).sort());
    // The best by score are in, and of equals those whose name comes first.
    const scoreOf = (index: number) => Number(held(index, "touchstone_score"));
    expect(Math.min(...holding("tier_1").map(scoreOf))).toBeGreaterThanOrEqual(Math.max(...waiting.map(scoreOf)));
  });

  it("T26: an account of Tier 1 or 2 without an owner is on the red list", async () => {
    expect((await tiers()).withoutOwner).toHaveLength(40);
    const [first = 0] = holding("tier_1");
    expect((await tierOf(first)).ownerMissing).toBe(true);
    world.crm.update("companies", companyIdAt(first), { hubspot_owner_id: "1" });
    await world.until("one less on the list", async () => (await tiers()).withoutOwner.length === 39);
    expect((await tierOf(first)).ownerMissing).toBe(false);
  });

  it("costs nothing while nothing changes: another pass writes to no record", async () => {
    await world.settled();
    world.standIn.requestLog.reset();
    const [first = 0] = holding("tier_1");
    world.crm.update("companies", companyIdAt(first), { phone: "+34 600 000 009" });
    await post("/api/tiers/people", { personId: "1", side: "sales", places: { tier_1: 25, tier_2: 75 } });
    await assigned("the pass", async () => true);
    const writes = Object.keys(world.standIn.requestLog.counts(portalId)).filter((path) => path.includes("update"));
    expect(writes).toEqual([]);
  });

  it("moves an account up when its score and a free place allow it, and says since when the place was free", async () => {
    const [first = 0] = holding("tier_1");
    const before = holding("tier_2");
    setScore(first, 20);
    await world.until("it asks to move down", async () => (await tiers()).demotions.length === 1);
    expect((await tiers()).demotions[0]).toMatchObject({ companyId: companyIdAt(first), to: "out" });
    expect(holding("tier_1")).toContain(first);
    const approve = () => post(`/api/accounts/${companyIdAt(first)}/tier/demotion`, { approve: true });
    expect([(await approve()).status, (await approve()).status]).toEqual([200, 200]);
    await assigned("somebody moved up", async () => (await tiers()).demotions.length === 0);
    const [up = 0] = holding("tier_1").filter((index) => before.includes(index));
    expect(held(up, "touchstone_tier_reason")).toMatch(
      /^Moved up from Tier 2 to Tier 1: score 8[0-2], place free since \d+ \w+ \d{4}\.$/,
    );
    expect(held(up, "touchstone_waiting_for_tier")).toBe("");
    expect(held(first, "touchstone_programme_tier")).toBe("");
    const { history } = await tierOf(first);
    expect(history.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["left", "move down approved", "asks to move down", "entered"]),
    );
  });

  it("lets a person's override win until it ends, and refuses one into a full tier unless room is made", async () => {
    const index = 44;
    const path = `/api/accounts/${companyIdAt(index)}/tier/override`;
    const override = { tier: "tier_1", reason: "Opens a market", expiresAt: Date.now() + 30 * day };
    const refused = await post(path, override);
    expect([refused.status, await refused.text()]).toEqual([409, expect.stringMatching(/Tier 1 is full \(25 of 25\)/)]);
    // What the card sends is what its form says at first, with what a person changes in it.
    const { form, endForm } = await tierOf(index);
    expect([Object.keys(form?.values ?? {}).toSorted(), endForm]).toEqual([
      ["expiresAt", "makeRoom", "reason", "tier"],
      null,
    ]);
    const set = () => post(path, { ...override, makeRoom: true });
    expect([(await set()).status, (await set()).status]).toEqual([200, 200]);
    await assigned("the override holds", async () => (await tierOf(index)).tier === "tier_1");
    const card = await tierOf(index);
    expect(card.lines[0]).toMatch(/^Since .*: Set to Tier 1 by user 1 until .*: Opens a market$/);
    expect([card.form?.values.reason, card.endForm?.fields]).toEqual(["Opens a market", []]);
    expect(holding("tier_1")).toHaveLength(25);
    expect(held(index, "touchstone_tier_reason")).toMatch(
      /^Set to Tier 1 by user 1 until \d+ \w+ \d{4}: Opens a market$/,
    );
    expect((await post(path, { end: true })).status).toBe(200);
    await assigned("the override is over", async () => (await tierOf(index)).tier === "out");
    expect(holding("tier_1")).toHaveLength(25);
    expect((await tierOf(index)).override).toBeNull();
  });

  it("gives no more places than people can work, and shows who bounds them", async () => {
    await post("/api/tiers/people", { personId: "1", side: "sales", places: { tier_1: 20, tier_2: 75 } });
    await world.until("five ask to move down", async () => (await tiers()).demotions.length === 5);
    expect((await tiers()).tiers[0]).toMatchObject({
      cap: { template: 25, capacity: 20, effective: 20, limitedBy: "sales" },
      effort: { hours: [400, 800], pieces: [100, 200], touches: [300, 500] },
      askingDown: 5,
    });
    await post("/api/tiers/people", { personId: "1", side: "sales", places: null });
    await world.until("nobody asks any more", async () => (await tiers()).demotions.length === 0);
  });

  it("T17: with ACV bands, 100,000 / 100,001 / 20,000 / 19,999 / 5,000 / 4,999 are in tier 2 / 1 / 2 / 3 / 3 / none", async () => {
    const published = await read<PublishedTiersView>(post("/api/tiers/programme", { template: "acv-bands" }));
    expect(published).toMatchObject({
      version: 1,
      unchanged: false,
      readingNow: ["touchstone_acv_potential"],
      toFill: [{ name: "touchstone_acv_potential", label: "ACV potential" }],
    });
    const again = await read<PublishedTiersView>(post("/api/tiers/programme", { template: "acv-bands" }));
    expect(again).toMatchObject({ version: 1, unchanged: true });
    const values = [100_000, 100_001, 20_000, 19_999, 5_000, 4_999];
    // The upload cannot subscribe to a portal's own property: a change beside it has the company read.
    for (const [index, value] of values.entries())
      world.crm.update("companies", companyIdAt(index), {
        touchstone_acv_potential: String(value),
        numberofemployees: "30",
      });
    const expected = ["mid_market", "enterprise", "mid_market", "scaled", "scaled", "out"];
    await assigned("the values count", async () => {
      const views = await Promise.all(values.map((_, index) => tierOf(index)));
      return views.every(({ tier }, index) => tier === expected[index]);
    });
    expect(values.map((_, index) => held(index, "touchstone_programme_tier"))).toEqual([...expected.slice(0, 5), ""]);
    expect(held(1, "touchstone_tier_reason")).toMatch(/ACV potential 100,001/);
  });
});
