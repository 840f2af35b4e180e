import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** Why nothing may be asked of HubSpot for a portal right now; null when it may. */
export async function readPauseReason(db: Database, portalId: PortalId): Promise<string | null> {
  const { rows } = await sql<{ reason: string | null }>`
    SELECT pause_reason AS reason FROM request_budgets
    WHERE portal_id = ${portalId} AND kind = 'general' AND paused_until > extract(epoch FROM clock_timestamp()) * 1000`.execute(
    db,
  );
  return rows[0]?.reason ?? null;
}

/** Why everything of a portal waits until its next grant. */
export const scopeMissing = "a scope is missing: install the app again";
/** A 403 may pass. One that comes again after the pause does not: HubSpot wants such calls stopped (hubspot-project.md §6.1). */
const firstMs = 15 * 60_000;
const againMs = 86_400_000;
/** So long after a pause nobody was refused: what was missing then was given, or passed. */
const isOverMs = 3 * againMs;

/**
 * HubSpot forbids what we cannot do without: nothing is sent for the portal until it is installed again, but for a look a quarter of
 * an hour later, and then one a day. Whoever was under way meanwhile, and was refused too, does not make it longer.
 */
export async function holdUntilGrant(db: Database, portalId: PortalId): Promise<void> {
  await sql`
    INSERT INTO request_budgets AS b (portal_id, kind, paused_until, pause_reason)
    SELECT ${portalId}::bigint, kind, now_ms + ${firstMs}::bigint, ${scopeMissing}
    FROM (VALUES ('general'), ('search')) k(kind), (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now_ms) c
    ORDER BY kind
    ON CONFLICT (portal_id, kind) DO UPDATE SET pause_reason = excluded.pause_reason,
      paused_until = CASE
        WHEN b.pause_reason IS DISTINCT FROM excluded.pause_reason OR b.paused_until < excluded.paused_until - ${isOverMs}::bigint
          THEN greatest(b.paused_until, excluded.paused_until)
        WHEN b.paused_until > excluded.paused_until - ${firstMs}::bigint THEN b.paused_until
        ELSE excluded.paused_until + ${againMs - firstMs}::bigint END`.execute(db);
}
