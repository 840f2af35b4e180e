import type { PortalId } from "@touchstone/shared/ids.ts";
import type { EnrolmentStatus } from "@touchstone/shared/plays-api.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** A company that may come into a play, with what speaks for and against it. */
export interface EnrolFacts {
  readonly accountId: string;
  readonly name: string | null;
  /** Where it stands in this play; null: it never was in it. */
  readonly status: EnrolmentStatus | null;
  readonly enrolledBy: string | null;
  readonly enrolledAt: number | null;
  readonly isExcluded: boolean;
  /** Names of the plays that were launched for the same tier in this month and that it is in; at most two. */
  readonly rivals: readonly string[];
}

/** Of the given companies those that HubSpot has, in one statement. */
export async function readEnrolFacts(
  db: Database,
  portalId: PortalId,
  { playId, tier, month }: { readonly playId: string; readonly tier: string; readonly month: string },
  accountIds: readonly string[],
): Promise<Map<string, EnrolFacts>> {
  const { rows } = await sql<EnrolFacts>`
    SELECT r.object_id AS "accountId", r.properties ->> 'name' AS name, a.status, a.enrolled_by AS "enrolledBy",
      a.enrolled_at AS "enrolledAt",
      coalesce(s.tier = 'excluded', false) AS "isExcluded",
      ARRAY(SELECT p.document ->> 'name' FROM play_accounts o JOIN plays p ON p.portal_id = o.portal_id AND p.play_id = o.play_id
        WHERE o.portal_id = r.portal_id AND o.account_id = r.object_id AND o.play_id <> ${playId}::uuid AND o.status <> 'left'
          AND p.launch_month = ${month} AND p.document ->> 'tier' = ${tier} ORDER BY p.launched_at, p.play_id LIMIT 2) AS rivals
    FROM crm_records r
    LEFT JOIN play_accounts a ON a.portal_id = r.portal_id AND a.play_id = ${playId}::uuid AND a.account_id = r.object_id
    LEFT JOIN account_scores s ON s.portal_id = r.portal_id AND s.account_id = r.object_id
    WHERE r.portal_id = ${portalId} AND r.object_type = 'companies' AND NOT r.archived
      AND r.object_id = ANY(${[...accountIds]}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.accountId, row]));
}
