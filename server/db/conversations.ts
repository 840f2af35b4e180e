import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** A call that is shorter is no conversation (metric 5). */
const shortestCallMs = 600_000;

/** Of these people, those with whom a meeting was held or a call of ten minutes and more was connected within a span. */
export async function readTalkedWith(
  db: Database,
  portalId: PortalId,
  personIds: readonly string[],
  { since, now }: { readonly since: number; readonly now: number },
): Promise<Set<string>> {
  if (personIds.length === 0) return new Set();
  // A call signal names the call that it was made from; its length stands there.
  const { rows } = await sql<{ id: string }>`
    SELECT i.id FROM unnest(${[...personIds]}::text[]) AS i(id) WHERE EXISTS (
      SELECT FROM signals s WHERE s.portal_id = ${portalId} AND s.person_id = i.id AND s.at >= ${since}::bigint AND s.at <= ${now}::bigint
        AND (s.kind = 'meeting_held' OR s.kind = 'call_connected' AND EXISTS (
          SELECT FROM crm_records c WHERE c.portal_id = ${portalId} AND c.object_type = 'calls'
            AND c.object_id = substr(s.origin, length('calls:') + 1) AND NOT c.archived
            AND CASE WHEN c.properties ->> 'hs_call_duration' ~ '^[0-9]{1,12}$'
              THEN (c.properties ->> 'hs_call_duration')::bigint >= ${shortestCallMs} ELSE false END)))`.execute(db);
  return new Set(rows.map(({ id }) => id));
}
