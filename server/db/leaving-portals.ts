import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/**
 * An admin takes the app away: all work stops at once and everything is to be removed. The tokens stay until HubSpot was told, and only
 * for that. A portal that was gone already has none, and HubSpot need not be told.
 */
export async function leavePortal(db: Database, portalId: PortalId, notice: string): Promise<void> {
  await sql`
    UPDATE portals SET status = 'disconnected', notice = ${notice}, removal_wanted = true,
      disconnected_at = CASE WHEN status = 'disconnected' THEN disconnected_at ELSE now() END,
      uninstall_due_at = CASE WHEN refresh_token IS NULL THEN NULL ELSE coalesce(uninstall_due_at, now()) END
    WHERE portal_id = ${portalId}`.execute(db);
}

/** Since when the portal is gone, when HubSpot is to be told of it now; then nobody else does within `againMs`. Else null. */
export async function claimUninstall(db: Database, portalId: PortalId, againMs: number): Promise<Date | null> {
  const { rows } = await sql<{ since: Date }>`
    UPDATE portals SET uninstall_due_at = clock_timestamp() + ${againMs} * interval '1 millisecond'
    WHERE portal_id = ${portalId} AND status = 'disconnected' AND uninstall_due_at <= clock_timestamp()
    RETURNING disconnected_at AS since`.execute(db);
  return rows[0]?.since ?? null;
}

/** HubSpot knows, or cannot be told at all: the tokens go. Not when the portal was installed again meanwhile. */
export async function endUninstall(db: Database, portalId: PortalId): Promise<void> {
  await sql`
    UPDATE portals SET uninstall_due_at = NULL, access_token = NULL, refresh_token = NULL, token_expires_at = NULL
    WHERE portal_id = ${portalId} AND status = 'disconnected'`.execute(db);
}
