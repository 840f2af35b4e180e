import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** One row a portal, so that nothing grows: enough for a median and for the slowest of twenty. */
const mostKept = 200;

/**
 * From the moment a live change was read, which made the account dirty, to its result standing in HubSpot; the newest first. Of a portal
 * that left meanwhile nothing is kept.
 */
export async function saveWriteDelays(db: Database, portalId: PortalId, delaysMs: readonly number[]): Promise<void> {
  if (delaysMs.length === 0) return;
  const delays = delaysMs.slice(0, mostKept).map((ms) => Math.round(ms));
  await sql`
    INSERT INTO write_delays AS w (portal_id, delays_ms)
    SELECT portal_id, ${delays}::int[] FROM portals WHERE portal_id = ${portalId} AND status <> 'disconnected' FOR KEY SHARE
    ON CONFLICT (portal_id) DO UPDATE
    SET delays_ms = (excluded.delays_ms || w.delays_ms)[1:${mostKept}::int], measured_at = now()`.execute(db);
}

export interface WriteDelays {
  readonly results: number;
  readonly medianMs: number;
  /** Nineteen of twenty were quicker. */
  readonly slowMs: number;
  readonly measuredAt: Date;
}

/** Null before the first live change. */
export async function readWriteDelays(db: Database, portalId: PortalId): Promise<WriteDelays | null> {
  const { rows } = await sql<WriteDelays>`
    SELECT cardinality(delays_ms) AS results, measured_at AS "measuredAt", p.marks[1] AS "medianMs", p.marks[2] AS "slowMs"
    FROM write_delays CROSS JOIN LATERAL (
      SELECT percentile_disc(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY ms) AS marks FROM unnest(delays_ms) AS ms) p
    WHERE portal_id = ${portalId}`.execute(db);
  return rows[0] ?? null;
}
