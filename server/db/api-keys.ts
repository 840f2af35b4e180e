import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

export interface StoredApiKey {
  readonly keyId: string;
  readonly label: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

const columns = sql`key_id AS "keyId", label, created_by AS "createdBy", created_at AS "createdAt",
  last_used_at AS "lastUsedAt", revoked_at AS "revokedAt"`;

/**
 * Adds a key, unless the portal has `most` that hold. The same request again gives its key a new secret as long as nobody
 * used it: the answer to the first one was lost on the way. Null when neither is possible.
 */
export async function addApiKey(
  db: Database,
  portalId: PortalId,
  key: { keyId: string; label: string; secretHash: Buffer; requestId: string; createdBy: string },
  most: number,
): Promise<StoredApiKey | null> {
  return db.transaction().execute(async (trx) => {
    // One at a time for a portal, so that two requests cannot both take the last place.
    await sql`SELECT FROM portals WHERE portal_id = ${portalId} FOR NO KEY UPDATE`.execute(trx);
    const { rows } = await sql<StoredApiKey>`
      INSERT INTO api_keys AS k (portal_id, key_id, label, secret_hash, request_id, created_by)
      SELECT ${portalId}::bigint, ${key.keyId}, ${key.label}, ${key.secretHash}, ${key.requestId}, ${key.createdBy}
      WHERE (SELECT count(*) FROM api_keys
        WHERE portal_id = ${portalId} AND revoked_at IS NULL AND request_id <> ${key.requestId}) < ${most}
      ON CONFLICT (portal_id, request_id) DO UPDATE SET secret_hash = excluded.secret_hash, label = excluded.label
      WHERE k.last_used_at IS NULL AND k.revoked_at IS NULL
      RETURNING ${columns}`.execute(trx);
    return rows[0] ?? null;
  });
}

export async function listApiKeys(db: Database, portalId: PortalId): Promise<StoredApiKey[]> {
  const { rows } = await sql<StoredApiKey>`
    SELECT ${columns} FROM api_keys WHERE portal_id = ${portalId} ORDER BY created_at DESC, key_id LIMIT 200`.execute(
    db,
  );
  return rows;
}

/** The key stays in the list with the time of its end. Null when the portal has no such key. */
export async function revokeApiKey(db: Database, portalId: PortalId, keyId: string): Promise<StoredApiKey | null> {
  const { rows } = await sql<StoredApiKey>`
    UPDATE api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE portal_id = ${portalId} AND key_id = ${keyId}
    RETURNING ${columns}`.execute(db);
  return rows[0] ?? null;
}

/**
 * Whose key this is, and how many requests it has made in the present window of `windowMs`, this one counted. In one
 * statement on the database's clock, so that all processes count together. Null for a key that does not hold.
 */
export async function countKeyRequest(
  db: Database,
  secretHash: Buffer,
  windowMs: number,
): Promise<{ portalId: PortalId; keyId: string; requests: number; windowLeftMs: number } | null> {
  const over = sql`window_started_at <= clock_timestamp() - ${windowMs} * interval '1 millisecond'`;
  const { rows } = await sql<{ portalId: PortalId; keyId: string; requests: number; windowLeftMs: number }>`
    UPDATE api_keys SET last_used_at = clock_timestamp(),
      window_requests = CASE WHEN ${over} THEN 1 ELSE window_requests + 1 END,
      window_started_at = CASE WHEN ${over} THEN clock_timestamp() ELSE window_started_at END
    WHERE secret_hash = ${secretHash} AND revoked_at IS NULL
    RETURNING portal_id AS "portalId", key_id AS "keyId", window_requests AS requests,
      ceil(${windowMs} - extract(epoch FROM clock_timestamp() - window_started_at) * 1000)::int AS "windowLeftMs"`.execute(
    db,
  );
  return rows[0] ?? null;
}
