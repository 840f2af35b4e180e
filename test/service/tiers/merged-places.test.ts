import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { lockScores } from "../../../server/db/account-scores.ts";
import { markDirty, priorities } from "../../../server/db/dirty-accounts.ts";
import { moveRecords } from "../../../server/db/merges.ts";
import { nextReadNo } from "../../../server/db/records.ts";
import { findPortalsToAssign } from "../../../server/db/tier-runs.ts";
import { assignTiers } from "../../../server/programme/tiers/assign-tiers.ts";
import { untilLockWaits } from "../../support/until-lock-waits.ts";
import { portalId } from "../small-context.ts";
import { day, startTiers, type TiersUnderTest } from "./tiers-under-test.ts";

let api: TiersUnderTest;
beforeAll(async () => {
  api = await startTiers();
  // Tier 1 takes 25: all of the first, none of the second.
  await api.setScores([
    ...scored(85, 1_000, 25),
    ...scored(83, 2_000, 3),
    ...scored(65, 3_000, 3),
    ...scored(20, 4_000, 9),
  ]);
  await api.pass();
});
afterAll(() => api?.stop());

const scored = (score: number, from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: String(from + index), score }));

/** As a reading saves it that came upon a merge. */
const merge = (from: string, to: string) =>
  api.ctx.db.transaction().execute(async (trx) => {
    const readNo = await nextReadNo(trx);
    await markDirty(
      trx,
      portalId,
      await moveRecords(trx, portalId, "companies", new Map([[from, to]]), readNo),
      priorities.live,
    );
  });
/** What a merge made dirty is scored. */
const score = async (id: string, points: number) => {
  await api.setScores([{ id, score: points }]);
  await api.ctx.db.deleteFrom("dirty_accounts").execute();
  await assignTiers(api.ctx, portalId);
};
const override = async (id: string, tier: string, reason: string) => {
  const expiresAt = api.ctx.now() + 30 * day;
  const { status, text } = await api.ask("POST", `/api/accounts/${id}/tier/override`, { tier, reason, expiresAt });
  expect([status, text]).toEqual([200, expect.anything()]);
  await api.pass();
  return { tier, reason, expiresAt };
};
const outputOf = async (id: string) =>
  (await api.ctx.db.selectFrom("account_scores").select("output").where("account_id", "=", id).executeTakeFirst())
    ?.output;
const placeOf = (id: string) =>
  api.ctx.db.selectFrom("tier_members").select("tier").where("account_id", "=", id).executeTakeFirst();
const membersOfTop = async () => (await api.tiers()).tiers[0]?.members;

describe("the place of a company that was merged into a new one", () => {
  it("is given to nobody else before the new one is scored", async () => {
    const { since, history } = await api.tierOf("1000");
    await merge("1000", "1900");
    await api.pass();
    expect(await findPortalsToAssign(api.ctx.db, api.ctx.now())).not.toContain(portalId);
    expect([await membersOfTop(), (await api.tierOf("2000")).tier]).toEqual([25, "tier_2"]);
    await score("1900", 90);
    expect(await api.tierOf("1900")).toMatchObject({ tier: "tier_1", since, history });
    expect([await membersOfTop(), (await api.tierOf("2000")).tier]).toEqual([25, "tier_2"]);
  });

  it("is told to HubSpot again, of whose new record nothing is known", async () => {
    expect(await outputOf("1900")).toMatchObject({ touchstone_programme_tier: "tier_1" });
    // Whoever asks for the old id is told of the new one.
    expect((await api.tierOf("1000")).tier).toBe("tier_1");
    expect(await placeOf("1000")).toBeUndefined();
  });

  it("stays with its state: who was asked to move down is still asked", async () => {
    await api.setScores([{ id: "3000", score: 40 }]);
    await api.pass();
    const { demotion } = await api.tierOf("3000");
    expect(demotion?.state).toBe("asked");
    await merge("3000", "3900");
    await score("3900", 40);
    expect((await api.tierOf("3900")).demotion).toEqual(demotion);
  });

  it("is one place when both had one, and the other is given away", async () => {
    await merge("1001", "1901");
    await merge("1002", "1901");
    await score("1901", 90);
    expect(await membersOfTop()).toBe(25);
    const waited = await Promise.all(["2000", "2001", "2002"].map(api.tierOf));
    expect(waited.map(({ tier }) => tier).sort()).toEqual(["tier_1", "tier_2", "tier_2"]);
  });
});

describe("what a person decided about a company that was merged", () => {
  it("goes along with its reason and its end", async () => {
    const decided = await override("4000", "tier_3", "Reference customer");
    await merge("4000", "4900");
    await api.pass();
    await score("4900", 20);
    expect(await api.tierOf("4900")).toMatchObject({ tier: "tier_3", override: decided });
    expect(await outputOf("4900")).toMatchObject({ touchstone_programme_tier: "tier_3" });
  });

  it("goes along to one that stays, which the rule had in no tier", async () => {
    const decided = await override("4001", "tier_3", "Partner");
    await merge("4001", "4002");
    await score("4002", 20);
    expect(await api.tierOf("4002")).toMatchObject({ tier: "tier_3", override: decided });
    expect(await outputOf("4002")).toMatchObject({ touchstone_programme_tier: "tier_3" });
  });

  it("ends where another decision stands about the one that stays", async () => {
    await override("4003", "tier_3", "Hers");
    const decided = await override("4004", "tier_2", "His");
    await merge("4003", "4004");
    await score("4004", 20);
    expect(await api.tierOf("4004")).toMatchObject({ tier: "tier_2", override: decided });
  });
});

describe("a merge", () => {
  it("of one with a place into one without keeps the place, although what stays scored little before", async () => {
    await merge("1003", "4005");
    await api.pass();
    expect(await api.tierOf("4005")).toMatchObject({ tier: "tier_1", demotion: null });
    await score("4005", 90);
    expect(await api.tierOf("4005")).toMatchObject({ tier: "tier_1", demotion: null });
    expect(await membersOfTop()).toBe(25);
  });

  it("waits for whoever tells HubSpot of the places, and does not lock them out", async () => {
    let merging: Promise<void> | undefined;
    await api.ctx.db.transaction().execute(async (trx) => {
      await sql`SELECT FROM tier_members WHERE portal_id = ${portalId} AND account_id = '1004' FOR UPDATE`.execute(trx);
      merging = merge("1004", "1904");
      await untilLockWaits(api.ctx.db);
      await lockScores(trx, portalId, ["1004"]);
    });
    await merging;
    await score("1904", 90);
    expect((await api.tierOf("1904")).tier).toBe("tier_1");
  });
});
