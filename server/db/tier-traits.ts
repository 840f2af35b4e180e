import type { PortalId } from "@touchstone/shared/ids.ts";
import { defaultTierTraits, type TierTraits } from "@touchstone/shared/tier-traits.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** The portal's tiers in their order; those that ship until somebody chose others. */
export async function readTierTraits(db: Database, portalId: PortalId): Promise<readonly TierTraits[]> {
  const { rows } = await sql<TierTraits>`
    SELECT tier ->> 'key' AS key, tier ->> 'name' AS name, tier ->> 'mappingDepth' AS "mappingDepth",
      (tier ->> 'touchDays')::int AS "touchDays", (tier ->> 'ownerRequired')::boolean AS "ownerRequired"
    FROM tier_programmes p CROSS JOIN LATERAL jsonb_array_elements(p.document -> 'tiers') WITH ORDINALITY AS t(tier, place)
    WHERE p.portal_id = ${portalId} AND p.active ORDER BY place`.execute(db);
  return rows.length > 0 ? rows : defaultTierTraits;
}
