import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { StoredTokens } from "./portals.ts";

/**
 * Encrypted tokens as they stand in the row; null when the portal is not installed. Those of a portal whose admin took the app away
 * are for whoever tells HubSpot, and for nothing else.
 */
export async function readTokens(db: Database, portalId: PortalId, isLeaving = false): Promise<StoredTokens | null> {
  const row = await db
    .selectFrom("portals")
    .select(["access_token", "refresh_token", "token_expires_at"])
    .where("portal_id", "=", portalId)
    .where(isLeaving ? sql<boolean>`uninstall_due_at IS NOT NULL` : sql<boolean>`status <> 'disconnected'`)
    .executeTakeFirst();
  return toTokens(row);
}

type TokenRow =
  | { access_token: string | null; refresh_token: string | null; token_expires_at: Date | null }
  | undefined;

function toTokens(row: TokenRow): StoredTokens | null {
  if (!row?.access_token || !row.refresh_token || !row.token_expires_at) return null;
  return { accessToken: row.access_token, refreshToken: row.refresh_token, expiresAt: row.token_expires_at };
}

/**
 * Runs `refresh` while holding the portal's row, so that of many processes one refreshes and the others read what it
 * brought. `refresh` gets the tokens as they are once the lock is held and returns new ones, or null to leave them. Webhooks of the
 * portal are stored meanwhile: their key-share lock passes this one.
 */
export async function refreshUnderLock(
  db: Database,
  portalId: PortalId,
  refresh: (current: StoredTokens) => Promise<StoredTokens | null>,
): Promise<StoredTokens | null> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom("portals")
      .select(["access_token", "refresh_token", "token_expires_at"])
      .where("portal_id", "=", portalId)
      .forNoKeyUpdate()
      .executeTakeFirst();
    const current = toTokens(row);
    if (!current) return null;
    const fresh = await refresh(current);
    if (!fresh) return current;
    await trx
      .updateTable("portals")
      .set({ access_token: fresh.accessToken, refresh_token: fresh.refreshToken, token_expires_at: fresh.expiresAt })
      .where("portal_id", "=", portalId)
      .execute();
    return fresh;
  });
}

/** Portals with a token that another key than `keyId` sealed; the id of the key is the second part of what is stored. */
export async function listSealedTokens(db: Database, keyId: string, limit: number): Promise<PortalId[]> {
  const { rows } = await sql<{ portalId: PortalId }>`
    SELECT portal_id AS "portalId" FROM portals
    WHERE refresh_token IS NOT NULL
      AND (split_part(refresh_token, '.', 2) <> ${keyId} OR split_part(access_token, '.', 2) <> ${keyId})
    ORDER BY portal_id LIMIT ${limit}`.execute(db);
  return rows.map((row) => row.portalId);
}
