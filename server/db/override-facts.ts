import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { StoredOverride } from "./tier-overrides.ts";

/** A company whose tier a person may set, with what decides whether it can be. */
export interface OverrideFacts {
  readonly accountId: string;
  readonly name: string | null;
  readonly hasOwner: boolean;
  readonly score: number | null;
  /** The tier in which it has its place, "out" or "excluded"; null: not looked at yet. */
  readonly tier: string | null;
  /** Its move down is approved and not yet carried out. */
  readonly isLeaving: boolean;
  readonly override: StoredOverride | null;
}

/** Of the given companies those that HubSpot has, in one statement. */
export async function readOverrideFacts(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
): Promise<Map<string, OverrideFacts>> {
  const { rows } = await sql<OverrideFacts>`
    SELECT r.object_id AS "accountId", r.properties ->> 'name' AS name,
      coalesce(r.properties ->> 'hubspot_owner_id', '') <> '' AS "hasOwner", s.score, m.tier,
      coalesce(m.demotion_state = 'approved', false) AS "isLeaving",
      CASE WHEN o.account_id IS NULL THEN NULL ELSE jsonb_build_object('accountId', o.account_id, 'tier', o.tier, 'reason', o.reason,
        'by', o.set_by, 'setAt', o.set_at, 'expiresAt', o.expires_at) END AS override
    FROM crm_records r
    LEFT JOIN account_scores s ON s.portal_id = r.portal_id AND s.account_id = r.object_id
    LEFT JOIN tier_members m ON m.portal_id = r.portal_id AND m.account_id = r.object_id
    LEFT JOIN tier_overrides o ON o.portal_id = r.portal_id AND o.account_id = r.object_id AND o.ended_at IS NULL
    WHERE r.portal_id = ${portalId} AND r.object_type = 'companies' AND NOT r.archived
      AND r.object_id = ANY(${[...accountIds]}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.accountId, row]));
}
