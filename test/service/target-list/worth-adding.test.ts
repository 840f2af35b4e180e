import { expect, it } from "@jest/globals";
import { sql } from "kysely";
import { mostCounted } from "../../../server/db/list-hygiene.ts";
import { readHygieneLines } from "../../../server/programme/target-list/read-hygiene-lines.ts";
import { createSmallContext, portalId } from "../small-context.ts";

it("proposes the 100 highest scores of all that fit and show intent, and counts no more than 1,000", async () => {
  const ctx = await createSmallContext();
  try {
    await ctx.install();
    // Every fifth is on the list, every seventh shows no intent, the last thousand do not fit: more than 1,000 are left.
    await sql`
      INSERT INTO crm_records (portal_id, object_type, object_id, properties, read_no)
      SELECT ${portalId}::bigint, 'companies', n::text, '{}', 1 FROM generate_series(1, 2505) n`.execute(ctx.db);
    await sql`
      INSERT INTO account_scores (portal_id, account_id, snapshot_no, models, score, scored_at, output, fits, fits_since)
      SELECT ${portalId}::bigint, n::text, 1, 'playbook-100 v1', n / 30.0, 1,
        jsonb_build_object('touchstone_intent', CASE WHEN n % 7 = 0 THEN '0' ELSE '12' END), n <= 1505, 1
      FROM generate_series(1, 2505) n`.execute(ctx.db);
    await sql`
      INSERT INTO target_accounts (portal_id, account_id, sources, added_by, added_at)
      SELECT ${portalId}::bigint, n::text, '{sales}', '77', 0 FROM generate_series(5, 2505, 5) n`.execute(ctx.db);
    const proposed = async () => {
      const { lines, counts } = await readHygieneLines(ctx, portalId);
      return { ids: lines.filter(({ kind }) => kind === "add").map(({ companyId }) => Number(companyId)), counts };
    };
    const fitting = Array.from({ length: 1505 }, (_, n) => 1505 - n).filter((n) => n % 5 !== 0 && n % 7 !== 0);
    expect(fitting.length).toBeGreaterThan(mostCounted);
    const { ids, counts } = await proposed();
    expect(ids).toEqual(fitting.slice(0, 100));
    expect(counts.add).toBe("1000 or more");
    await sql`UPDATE account_scores SET fits = false WHERE portal_id = ${portalId} AND account_id::int <= 500`.execute(
      ctx.db,
    );
    expect((await proposed()).counts.add).toBe(String(fitting.filter((n) => n > 500).length));
  } finally {
    await ctx.stop();
  }
});
