import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** Of the given accounts those that are excluded: nobody reaches out to them. */
export async function readExcluded(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    SELECT account_id AS id FROM account_scores
    WHERE portal_id = ${portalId} AND account_id = ANY(${[...accountIds]}::text[]) AND tier = 'excluded'`.execute(db);
  return new Set(rows.map((row) => row.id));
}
