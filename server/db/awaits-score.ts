import { sql } from "kysely";

/**
 * Of a row `m` of `tier_members`: a place came to it by a merge (`moveTier`), and what the two of them score together is not known
 * yet. Until then no place is given away: the account would be missing among those that have one, or stand there with an old score.
 */
export const awaitsScore = sql`(NOT m.told
  AND EXISTS (SELECT FROM dirty_accounts d WHERE d.portal_id = m.portal_id AND d.account_id = m.account_id)
  AND EXISTS (SELECT FROM crm_records o
    WHERE o.portal_id = m.portal_id AND o.object_type = 'companies' AND o.merged_into = m.account_id))`;
