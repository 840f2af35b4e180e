import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

export interface PlayMeetings {
  readonly playId: string;
  /** Engaged accounts with a held meeting soon after a person first engaged in the play. */
  readonly met: number;
  /** Engaged accounts that are in another of these plays too, and count in both. */
  readonly shared: number;
}

const soonMs = 30 * 86_400_000;

/** For each play that has accounts what its engagement led to (metric 14). Who is engaged, `countPlays` says: a person, since launch and coming in. */
export async function countPlayMeetings(
  db: Database,
  portalId: PortalId,
  playIds: readonly string[],
  notKinds: readonly string[],
): Promise<PlayMeetings[]> {
  if (playIds.length === 0) return [];
  const people = sql`
    FROM crm_links l CROSS JOIN LATERAL (
      SELECT at, kind FROM signals
      WHERE portal_id = ${portalId} AND person_id = l.from_id AND at >= greatest(p.launched_at, a.enrolled_at)
        AND NOT (kind = ANY(${[...notKinds]}::text[]))
        AND source <> ALL (ARRAY(SELECT source FROM muted_sources WHERE portal_id = ${portalId})) OFFSET 0) s
    WHERE l.portal_id = ${portalId} AND l.to_type = 'companies' AND l.to_id = a.account_id AND l.from_type = 'contacts'`;
  const { rows } = await sql<PlayMeetings>`
    WITH engaged AS MATERIALIZED (
      SELECT a.play_id, a.account_id, e.first_at, e.met_at FROM play_accounts a JOIN plays p USING (portal_id, play_id)
      CROSS JOIN LATERAL (
        SELECT min(s.at) AS first_at, array_agg(s.at) FILTER (WHERE s.kind = 'meeting_held') AS met_at ${people}) e
      WHERE a.portal_id = ${portalId} AND a.play_id = ANY(${[...playIds]}::uuid[]) AND e.first_at IS NOT NULL)
    SELECT e.play_id AS "playId",
      (count(*) FILTER (WHERE EXISTS (
        SELECT FROM unnest(e.met_at || ARRAY(SELECT at FROM signals o WHERE o.portal_id = ${portalId} AND o.person_id IS NULL
          AND o.account_id = e.account_id AND o.kind = 'meeting_held' AND o.at >= e.first_at)) AS m(at)
        WHERE m.at <= e.first_at + ${soonMs}::bigint)))::int AS met,
      (count(*) FILTER (WHERE EXISTS (
        SELECT FROM engaged x WHERE x.account_id = e.account_id AND x.play_id <> e.play_id)))::int AS shared
    FROM engaged e GROUP BY e.play_id`.execute(db);
  return rows;
}
