import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { asAccountId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { settings } from "../../server/config.ts";
import { saveScores } from "../../server/db/account-scores.ts";
import { forgetOld } from "../../server/db/forget-old.ts";
import { needs, storeEvents } from "../../server/db/inbox.ts";
import { listPartitions } from "../../server/db/partitions.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

const day = 86_400_000;
const lives = { events: 30, history: 400, signals: 800, deadLetters: 90 };

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  ctx.clock.now = Date.parse("2026-11-22T10:00:00Z");
  await ctx.install();
});
afterAll(() => ctx?.stop());

const forget = () => forgetOld(ctx.db, ctx.clock.now, lives, performance.now() + 60_000);
let lastKey = 0;
async function deliver(occurredAt: number, key = ++lastKey): Promise<number> {
  const stale = [{ objectType: "contacts", objectId: String(key), needs: needs.properties }];
  return storeEvents(ctx.db, portalId, [{ occurredAt, dedupeKey: key, stale }]);
}
const placeOf = async (occurredAt: number) =>
  (
    await sql<{ place: string }>`
      SELECT DISTINCT tableoid::regclass::text AS place FROM inbox_events WHERE occurred_at = ${occurredAt}`.execute(
      ctx.db,
    )
  ).rows.map((row) => row.place);
const save = (snapshotNo: number) =>
  ctx.db.transaction().execute((trx) =>
    saveScores(trx, portalId, [
      {
        accountId: asAccountId("1001"),
        snapshotNo,
        proof: "[]",
        models: "",
        score: snapshotNo,
        tier: null,
        readiness: null,
        scoredAt: ctx.clock.now,
        nextChangeAt: null,
        fits: null,
        output: {},
        move: { replaces: true, scoreFrom: null, tierFrom: null, reasons: [] },
      },
    ]),
  );

describe("what has outlived its time", () => {
  it("waits in the rest until partitions are made, and moves in without being known twice", async () => {
    const at = ctx.clock.now;
    await deliver(at, 1_000_001);
    expect(await placeOf(at)).toEqual(["inbox_events_rest"]);
    const { made } = await forget();
    expect(made).toContain("inbox_events_20261122");
    expect(made).toContain("inbox_events_20261126");
    expect(await placeOf(at)).toEqual(["inbox_events_20261122"]);
    expect(await deliver(at, 1_000_001)).toBe(0);
    expect((await forget()).made).toEqual([]);
  });

  it("goes by whole partitions as the clock goes on, events after a month and history after its own time", async () => {
    const startedAt = ctx.clock.now;
    const seen = new Set<string>();
    for (let step = 0; step <= 500; step += 5) {
      ctx.clock.now = startedAt + step * day;
      const { dropped } = await forget();
      for (const name of dropped) seen.add(name);
      await deliver(ctx.clock.now);
      await save(step + 1);
    }
    expect(seen).toContain("inbox_events_20261122");
    expect([...seen].some((name) => name.startsWith("score_history_"))).toBe(true);
    const events = await listPartitions(ctx.db, "inbox_events");
    expect(Math.min(...events.map(({ from }) => from))).toBeGreaterThanOrEqual(ctx.clock.now - 32 * day);
    const { rows } = await sql<{ oldest: number; left: number }>`
      SELECT min(ended_at) AS oldest, count(*)::int AS left FROM score_history`.execute(ctx.db);
    expect(rows[0]?.oldest).toBeGreaterThan(ctx.clock.now - 431 * day);
    expect(rows[0]?.oldest).toBeLessThan(ctx.clock.now - 390 * day);
    expect(rows[0]?.left).toBeGreaterThan(75);
    expect(await ctx.db.selectFrom("account_scores").select("score").execute()).toEqual([{ score: 501 }]);
  });

  it("takes an event that comes later than its partition went: it marks its record, is counted, and goes at once", async () => {
    const late = ctx.clock.now - 200 * day;
    expect(await deliver(late, 2_000_001)).toBe(1);
    const stale = await ctx.db
      .selectFrom("stale_records")
      .select("object_id")
      .where("object_id", "=", "2000001")
      .execute();
    expect(stale).toHaveLength(1);
    expect((await forget()).strays).toBe(1);
    expect(await placeOf(late)).toEqual([]);
  });

  it("is never a signal that a model may still look at", async () => {
    const add = (key: string, age: number) =>
      sql`INSERT INTO signals (portal_id, signal_key, kind, account_id, at, source, origin)
        VALUES (${portalId}, ${key}, 'page_visit', '1001', ${ctx.clock.now - age}::bigint, 'feed', 'key:1')`.execute(
        ctx.db,
      );
    await add("still-counts", 730 * day - 1);
    await add("lives", 800 * day);
    await add("outlived", 800 * day + 1);
    expect(await forget()).toMatchObject({ signals: 1 });
    const left = await ctx.db.selectFrom("signals").select("signal_key").orderBy("signal_key").execute();
    expect(left.map((row) => row.signal_key)).toEqual(["lives", "still-counts"]);
    expect(settings.KEEP_SIGNALS_DAYS.safeParse(730).success).toBe(false);
    expect(settings.KEEP_SIGNALS_DAYS.safeParse(731).success).toBe(true);
  });

  it("goes a portion of each table at a time, and on in the next run when the time of this one is over", async () => {
    await sql`
      INSERT INTO signals (portal_id, signal_key, kind, account_id, at, source, origin)
      SELECT ${portalId}, 'old ' || n, 'page_visit', '1001', ${ctx.clock.now - 900 * day}::bigint, 'feed', 'key:1'
      FROM generate_series(1, 25000) n`.execute(ctx.db);
    const inNoTime = () => forgetOld(ctx.db, ctx.clock.now, lives, performance.now());
    expect([(await inNoTime()).signals, (await inNoTime()).signals]).toEqual([10_000, 10_000]);
    expect((await forget()).signals).toBe(5_000);
  });

  it("leaves partitions that another program's transaction uses for the next time", async () => {
    ctx.clock.now += 100 * day;
    const [oldest] = await listPartitions(ctx.db, "inbox_events");
    if (!oldest) throw new Error("there is no partition");
    await ctx.db.transaction().execute(async (trx) => {
      await sql`SELECT FROM ${sql.table(oldest.name)} LIMIT 1`.execute(trx);
      await expect(forget()).rejects.toMatchObject({ code: "55P03" });
    });
    expect((await forget()).dropped).toContain(oldest.name);
  });
});
