import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import { readLivingCompanies } from "./living-companies.ts";
import type { Schema } from "./schema.ts";

/** Keeps in which stage the accounts of the tiers stand on a day, as they were last judged; once a day, as `keepTierDay`. */
export async function keepStageDay(trx: Transaction<Schema>, portalId: PortalId, day: string): Promise<void> {
  await sql`
    INSERT INTO stage_days (portal_id, day, stage, accounts)
    SELECT m.portal_id, ${day}, coalesce(nullif(s.output ->> 'touchstone_stage', ''), 'awareness'), array_agg(m.account_id ORDER BY m.account_id)
    FROM tier_members m JOIN account_scores s ON s.portal_id = m.portal_id AND s.account_id = m.account_id
    WHERE m.portal_id = ${portalId} AND m.tier NOT IN ('out', 'excluded')
      AND NOT EXISTS (SELECT FROM stage_days d WHERE d.portal_id = ${portalId} AND d.day = ${day})
    GROUP BY 1, 3`.execute(trx);
}

/** Which stage each account stood in on a day, or on the newest day of the week up to it; empty: none of them was kept. */
export async function readStageDay(db: Database, portalId: PortalId, day: string): Promise<Map<string, string>> {
  const [{ rows }, living] = await Promise.all([
    sql<{ stage: string; accounts: string[] }>`
      SELECT stage, accounts FROM stage_days WHERE portal_id = ${portalId} AND day = (
        SELECT max(day) FROM stage_days WHERE portal_id = ${portalId} AND day <= ${day}
          AND day >= to_char(${day}::date - 6, 'YYYY-MM-DD'))`.execute(db),
    readLivingCompanies(db, portalId),
  ]);
  return new Map(rows.flatMap(({ stage, accounts }) => accounts.map((id) => [living.get(id) ?? id, stage] as const)));
}
