import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { readWeekEngaged } from "../../../server/db/week-lists.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 22);
const weeks = { before: now - 14 * dayMs, from: now - 7 * dayMs, now };

/** Ids against the order of the places: who holds a place in a tier counts first, whatever the id. */
const [placed, playing, listed, rejected] = ["9", "5", "1", "0"];

describe("Who of the programme engaged in the week", () => {
  let ctx: SmallContext;
  beforeAll(async () => {
    ctx = await createSmallContext();
    await ctx.install();
    const { db } = ctx;
    await sql`
      INSERT INTO tier_members (portal_id, account_id, tier, since, by_override, reason, told)
      VALUES (${portalId}, ${placed}, 'tier_1', 0, false, '', true), (${portalId}, ${listed}, 'out', 0, false, '', true)`.execute(
      db,
    );
    await sql`
      INSERT INTO plays (portal_id, play_id, request_id, document, status, made_by, made_at)
      VALUES (${portalId}, '00000000-0000-4000-8000-000000000001', 'r', '{}', 'running', '1', 0)`.execute(db);
    await sql`
      INSERT INTO play_accounts (portal_id, play_id, account_id, enrolled_by, enrolled_at)
      VALUES (${portalId}, '00000000-0000-4000-8000-000000000001', ${playing}, '1', 0)`.execute(db);
    await sql`
      INSERT INTO target_accounts (portal_id, account_id, sources, added_by, added_at, verdict)
      VALUES (${portalId}, ${placed}, '{crm}', '1', 0, NULL), (${portalId}, ${listed}, '{crm}', '1', 0, 'keep'),
        (${portalId}, ${rejected}, '{crm}', '1', 0, 'reject')`.execute(db);
    for (const [account, days] of [
      [placed, 1],
      [playing, 9],
      [listed, 2],
      [rejected, 3],
    ] as const) {
      await sql`
        INSERT INTO crm_links (portal_id, from_type, from_id, to_type, to_id)
        VALUES (${portalId}, 'contacts', ${`p${account}`}, 'companies', ${account})`.execute(db);
      await sql`
        INSERT INTO signals (portal_id, signal_key, kind, person_id, at, source, origin)
        VALUES (${portalId}, ${`open ${account}`}, 'email_open', ${`p${account}`}, ${now - days * dayMs}, 'email', 'x')`.execute(
        db,
      );
    }
  });
  afterAll(() => ctx.stop());

  it("is asked of every account once, however it came into the programme, and not of those that sales rejected", async () => {
    const { accounts, looked, total } = await readWeekEngaged(ctx.db, portalId, weeks, [], 10);
    expect([looked, total]).toEqual([3, 3]);
    expect(accounts.map(({ accountId, people, peopleBefore }) => [accountId, people, peopleBefore]).sort()).toEqual([
      [listed, 1, 0],
      [playing, 0, 1],
      [placed, 1, 0],
    ]);
  });

  it("leaves the rest of the list out of a programme that is too large, and tells how many", async () => {
    const { accounts, looked, total } = await readWeekEngaged(ctx.db, portalId, weeks, [], 2);
    expect([looked, total]).toEqual([2, 3]);
    expect(accounts.map(({ accountId }) => accountId).sort()).toEqual([playing, placed]);
  });
});
