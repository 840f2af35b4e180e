import type { PortalId } from "@touchstone/shared/ids.ts";
import { type RawBuilder, sql } from "kysely";

/**
 * Every engagement of an account within a span, by one of its people or by somebody of whom only the company is known: what reports
 * and the list mean by it (market.md §5). Kinds by which nobody engages and muted sources are left out. From the id outwards, row by
 * row, as in `readCompanies`, so that a question whether there is any stops at the first.
 */
export function engagementOf(
  portalId: PortalId,
  account: RawBuilder<unknown>,
  { within, notKinds }: { readonly within: RawBuilder<unknown>; readonly notKinds: readonly string[] },
) {
  const counts = sql`${within} AND NOT (kind = ANY(${[...notKinds]}::text[]))
    AND source <> ALL (ARRAY(SELECT source FROM muted_sources WHERE portal_id = ${portalId}))`;
  return sql`
    SELECT p.* FROM crm_links k CROSS JOIN LATERAL (
      SELECT person_id, kind, at FROM signals WHERE portal_id = ${portalId} AND person_id = k.from_id AND ${counts} OFFSET 0) p
    WHERE k.portal_id = ${portalId} AND k.to_type = 'companies' AND k.to_id = ${account} AND k.from_type = 'contacts'
    UNION ALL
    SELECT person_id, kind, at FROM signals
    WHERE portal_id = ${portalId} AND person_id IS NULL AND account_id = ${account} AND ${counts}`;
}
