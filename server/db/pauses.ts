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
