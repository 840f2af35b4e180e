import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { holdPages } from "./backfills.ts";
import type { Database } from "./database.ts";
import { holdPortal } from "./portals.ts";

export interface StoredSource {
  readonly source: string;
  readonly muted: boolean;
  readonly lastAt: number | null;
  readonly signals: number;
}

/** More than so many signals of a source are not counted: there may be millions. */
const mostCounted = 1_000;

/** Sources of a portal's signals and those that are muted, the muted and the most recent first, at most `limit`. */
export async function readSources(db: Database, portalId: PortalId, limit: number): Promise<StoredSource[]> {
  // From one source to the next by the index: their signals are not walked.
  const { rows } = await sql<StoredSource>`
    WITH RECURSIVE next (source) AS (
      SELECT min(source) FROM signals WHERE portal_id = ${portalId}
      UNION ALL
      SELECT (SELECT min(s.source) FROM signals s WHERE s.portal_id = ${portalId} AND s.source > next.source) FROM next
      WHERE next.source IS NOT NULL
    ), named AS (
      (SELECT source FROM next WHERE source IS NOT NULL LIMIT ${limit})
      UNION SELECT source FROM muted_sources WHERE portal_id = ${portalId}
    )
    SELECT n.source, EXISTS (SELECT FROM muted_sources m WHERE m.portal_id = ${portalId} AND m.source = n.source) AS muted,
      (SELECT max(s.at) FROM signals s WHERE s.portal_id = ${portalId} AND s.source = n.source) AS "lastAt",
      (SELECT count(*) FROM (SELECT FROM signals s WHERE s.portal_id = ${portalId} AND s.source = n.source LIMIT ${mostCounted}) c)::int
        AS signals
    FROM named n ORDER BY muted DESC, "lastAt" DESC NULLS LAST, n.source LIMIT ${limit}`.execute(db);
  return rows;
}

/**
 * Mutes a source or takes the mute back, and marks the accounts whose people or selves have its signals since a time.
 * False when it stood so already, or `most` sources are muted.
 */
export async function setSourceMuted(
  db: Database,
  portalId: PortalId,
  mute: { source: string; muted: boolean; by: string; since: number; priority: number; most: number },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    await holdPortal(trx, portalId, true);
    const changed = mute.muted
      ? await sql`
          INSERT INTO muted_sources (portal_id, source, muted_by) SELECT ${portalId}::bigint, ${mute.source}, ${mute.by}
          WHERE (SELECT count(*) FROM muted_sources WHERE portal_id = ${portalId}) < ${mute.most}
          ON CONFLICT DO NOTHING RETURNING 1`.execute(trx)
      : await sql`
          DELETE FROM muted_sources WHERE portal_id = ${portalId} AND source = ${mute.source} RETURNING 1`.execute(trx);
    if (changed.rows.length === 0) return false;
    await holdPages(trx, portalId);
    await sql`
      INSERT INTO dirty_accounts (portal_id, account_id, priority)
      SELECT ${portalId}::bigint, account_id, ${mute.priority}::smallint FROM (
        SELECT account_id FROM signals
        WHERE portal_id = ${portalId} AND source = ${mute.source} AND at >= ${mute.since} AND person_id IS NULL
        UNION
        SELECT l.to_id FROM signals s
        JOIN crm_links l ON l.portal_id = s.portal_id AND l.from_type = 'contacts' AND l.from_id = s.person_id AND l.to_type = 'companies'
        WHERE s.portal_id = ${portalId} AND s.source = ${mute.source} AND s.at >= ${mute.since}
      ) touched WHERE account_id IS NOT NULL ORDER BY account_id
      ON CONFLICT (portal_id, account_id) DO UPDATE
      SET version = dirty_accounts.version + 1, priority = least(dirty_accounts.priority, excluded.priority)`.execute(
      trx,
    );
    return true;
  });
}
