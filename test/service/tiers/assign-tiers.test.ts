import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { dayOf } from "@touchstone/shared/day-of.ts";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { markDirty, priorities } from "../../../server/db/dirty-accounts.ts";
import { findPortalsToAssign, wantTiers } from "../../../server/db/tier-runs.ts";
import { assignTiers } from "../../../server/programme/tiers/assign-tiers.ts";
import { portalId } from "../small-context.ts";
import { day, startTiers, type TiersUnderTest } from "./tiers-under-test.ts";

const otherPortal = asPortalId(5_151);
let api: TiersUnderTest;
beforeAll(async () => {
  api = await startTiers();
  await api.ctx.install(otherPortal);
});
afterAll(() => api?.stop());

const scored = (score: number, from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: String(from + index), score }));
const outputs = async () => {
  const rows = await api.ctx.db
    .selectFrom("account_scores")
    .select(["account_id", "output"])
    .where("portal_id", "=", portalId)
    .execute();
  return new Map(rows.map((row) => [row.account_id, row.output]));
};

describe("a pass over a portal", () => {
  it("gives places, and hands only what changed to the writing of results", async () => {
    await api.setScores([
      ...scored(85, 1_000, 25),
      ...scored(83, 2_000, 5),
      ...scored(65, 3_000, 3),
      ...scored(20, 4_000, 50),
    ]);
    api.ctx.woken.length = 0;
    await api.pass();
    const view = await api.tiers();
    expect(view.tiers.map(({ members, waiting }) => [members, waiting])).toEqual([
      [25, 5],
      [8, 0],
      [0, 0],
    ]);
    expect([view.outOfProgramme, view.excluded, view.pending]).toEqual([50, 0, false]);
    expect(api.ctx.woken).toContainEqual(["rescore-batch", portalId]);
    const held = await outputs();
    expect(held.get("2000")).toMatchObject({
      touchstone_programme_tier: "tier_2",
      touchstone_waiting_for_tier: "tier_1",
    });
    // Who never was in the programme costs HubSpot nothing.
    expect(Object.keys(held.get("4000") ?? {})).toEqual(["touchstone_score"]);
  });

  it("again changes no row, and wakes nobody", async () => {
    const all = () =>
      api.ctx.db
        .selectFrom("tier_members")
        .selectAll()
        .where("portal_id", "=", portalId)
        .orderBy("account_id")
        .execute();
    const moves = () => api.ctx.db.selectFrom("tier_moves").select("kind").where("portal_id", "=", portalId).execute();
    const before = [await all(), await moves(), await outputs()];
    api.ctx.woken.length = 0;
    await api.pass();
    expect([await all(), await moves(), await outputs()]).toEqual(before);
    expect(api.ctx.woken).toEqual([]);
  });

  it("by two workers at once gives each place once", async () => {
    await api.setScores(scored(90, 5_000, 10));
    await Promise.all([api.pass(), api.pass(), api.pass()]);
    expect((await api.tiers()).tiers[0]?.members).toBe(25);
    const moves = await api.ctx.db
      .selectFrom("tier_moves")
      .select("account_id")
      .where("account_id", "=", "5000")
      .execute();
    expect(moves).toHaveLength(1);
  });

  it("does not see another portal, nor is seen by it", async () => {
    await api.setScores(scored(95, 1_000, 3), otherPortal);
    await api.pass(otherPortal);
    expect((await api.tiers(otherPortal)).tiers[0]?.members).toBe(3);
    expect((await api.tiers()).tiers[0]?.members).toBe(25);
  });

  it("forgets a company that is gone, and gives its place away", async () => {
    await api.ctx.db
      .deleteFrom("account_scores")
      .where("portal_id", "=", portalId)
      .where("account_id", "=", "1000")
      .execute();
    await api.pass();
    expect((await api.tierOf("1000")).tier).toBeNull();
    expect((await api.tiers()).tiers[0]?.members).toBe(25);
  });

  it("tells of a place again when the company was deleted and restored since the last pass", async () => {
    const before = await api.tierOf("1001");
    await api.ctx.db
      .deleteFrom("account_scores")
      .where("portal_id", "=", portalId)
      .where("account_id", "in", ["1001", "2001"])
      .execute();
    await api.setScores([
      { id: "1001", score: 85 },
      { id: "2001", score: 83 },
    ]);
    await api.pass();
    expect(await api.tierOf("1001")).toEqual(before);
    const held = await outputs();
    expect(held.get("1001")).toMatchObject({ touchstone_programme_tier: "tier_1" });
    expect(held.get("2001")).toMatchObject({ touchstone_waiting_for_tier: "tier_1" });
  });

  it("waits while a bulk of scores is under way, which would mix old scores with new ones", async () => {
    await wantTiers(api.ctx.db, portalId, "score");
    await api.setScores([{ id: "6000", score: 99 }]);
    await markDirty(api.ctx.db, portalId, ["6000"], priorities.backfill);
    await assignTiers(api.ctx, portalId);
    expect((await api.tierOf("6000")).tier).toBeNull();
    expect(await findPortalsToAssign(api.ctx.db, api.ctx.now())).not.toContain(portalId);
    await api.ctx.db.deleteFrom("dirty_accounts").execute();
    expect(await findPortalsToAssign(api.ctx.db, api.ctx.now())).toContain(portalId);
    await api.pass();
    expect((await api.tierOf("6000")).tier).toBe("tier_2");
    expect((await api.tierOf("6000")).waitingFor).toMatchObject({ key: "tier_1", rank: 1 });
  });

  it("is due again when an override ran out, or after an hour", async () => {
    const sent = { tier: "tier_3", reason: "Trial", expiresAt: api.ctx.now() + day };
    expect((await api.ask("POST", "/api/accounts/4000/tier/override", sent)).status).toBe(200);
    await api.pass();
    expect((await api.tierOf("4000")).tier).toBe("tier_3");
    expect(await findPortalsToAssign(api.ctx.db, api.ctx.now())).not.toContain(portalId);
    api.ctx.clock.now += day;
    expect(await findPortalsToAssign(api.ctx.db, api.ctx.now())).toContain(portalId);
    await api.pass();
    const view = await api.tierOf("4000");
    expect([view.tier, view.override]).toEqual(["out", null]);
    expect(view.history[0]).toMatchObject({ kind: "override ended", from: "tier_3", to: "out", by: null });
    expect((await outputs()).get("4000")).toMatchObject({ touchstone_programme_tier: "", touchstone_tier_since: "" });
  });

  it("keeps who was in which tier on a day, whatever happens later", async () => {
    const days = () =>
      api.ctx.db
        .selectFrom("tier_days")
        .selectAll()
        .where("portal_id", "=", portalId)
        .orderBy("day")
        .orderBy("tier")
        .execute();
    const before = await days();
    expect(new Set(before.map((one) => one.day)).size).toBe(2);
    expect(before[0]).toMatchObject({ tier: "tier_1" });
    expect(before[0]?.accounts).toHaveLength(25);
    const inTiers = before.flatMap(({ day, accounts }) => accounts.map((account) => `${day} ${account}`));
    const { rows: stages } = await sql<{ day: string; accounts: string[] }>`
      SELECT day, accounts FROM stage_days WHERE portal_id = ${portalId}`.execute(api.ctx.db);
    expect(stages.flatMap(({ day, accounts }) => accounts.map((account) => `${day} ${account}`)).sort()).toEqual(
      inTiers.sort(),
    );
    await api.setScores([{ id: "1001", score: 10 }]);
    await api.pass();
    expect(await days()).toEqual(before);
  });

  it("tells since when in days of the portal's clock, and writes nothing anew that it told before", async () => {
    const zone = (name: string) => api.ctx.db.updateTable("portals").set({ time_zone: name }).execute();
    const at = api.ctx.now();
    await api.setScores(scored(90, 7_000, 1));
    const before = await outputs();
    // Somewhere it is another day: fourteen hours ahead, or eleven behind.
    const far = ["Pacific/Kiritimati", "Pacific/Pago_Pago"].find((name) => dayOf(at, name) !== dayOf(at, "UTC")) ?? "";
    expect(far).not.toBe("");
    await zone(far);
    await api.pass();
    const after = await outputs();
    expect(after.get("7000")).toMatchObject({ touchstone_tier_since: dayOf(at, far) });
    before.delete("7000");
    after.delete("7000");
    expect(after).toEqual(before);
    await zone("UTC");
  });

  it("looks again at accounts out of the programme every 90 days", async () => {
    const first = (await api.tierOf("4001")).reassessAt ?? 0;
    expect((await api.tiers()).reassessDue).toBe(0);
    api.ctx.clock.now = first + day;
    expect((await api.tiers()).reassessDue).toBeGreaterThan(0);
    await api.pass();
    expect((await api.tierOf("4001")).reassessAt).toBe(first + 91 * day);
    expect((await api.tiers()).reassessDue).toBe(0);
  });
});
