import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Play } from "@touchstone/shared/play-shape.ts";
import type { PlayStatus } from "@touchstone/shared/plays-api.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

export interface StoredPlay {
  readonly playId: string;
  readonly play: Play;
  readonly status: PlayStatus;
  readonly approvedBy: string | null;
  readonly approvedAt: number | null;
  readonly launchedAt: number | null;
  readonly overrideReason: string | null;
}

const columns = sql`play_id AS "playId", document AS play, status, approved_by AS "approvedBy", approved_at AS "approvedAt", launched_at AS "launchedAt",
  override_reason AS "overrideReason"`;

/** Newest first. */
export async function listPlays(db: Database, portalId: PortalId, limit: number): Promise<StoredPlay[]> {
  const { rows } = await sql<StoredPlay>`
    SELECT ${columns} FROM plays WHERE portal_id = ${portalId} ORDER BY made_at DESC, play_id LIMIT ${limit}`.execute(
    db,
  );
  return rows;
}

export async function readPlay(db: Database, portalId: PortalId, playId: string): Promise<StoredPlay | null> {
  const { rows } = await sql<StoredPlay>`
    SELECT ${columns} FROM plays WHERE portal_id = ${portalId} AND play_id = ${playId}::uuid`.execute(db);
  return rows[0] ?? null;
}

export async function readPlays(db: Database, portalId: PortalId, playIds: readonly string[]): Promise<StoredPlay[]> {
  const { rows } = await sql<StoredPlay>`
    SELECT ${columns} FROM plays WHERE portal_id = ${portalId} AND play_id = ANY(${[...playIds]}::uuid[])`.execute(db);
  return rows;
}

export interface NewPlay {
  readonly playId: string;
  /** Made up by the caller: the same request twice makes one play. */
  readonly requestId: string;
  readonly play: Play;
  readonly by: string;
  readonly at: number;
}

/** Returns the id of the play: the new one, or the one that the same request made before. */
export async function addPlay(db: Database, portalId: PortalId, given: NewPlay): Promise<string> {
  const { rows } = await sql<{ playId: string }>`
    INSERT INTO plays AS p (portal_id, play_id, request_id, document, status, made_by, made_at)
    VALUES (${portalId}, ${given.playId}::uuid, ${given.requestId}, ${JSON.stringify(given.play)}::jsonb, 'draft', ${given.by}, ${given.at})
    ON CONFLICT (portal_id, request_id) DO UPDATE SET request_id = excluded.request_id
    RETURNING play_id AS "playId"`.execute(db);
  const row = rows[0];
  if (!row) throw new Error("a play was neither made nor found");
  return row.playId;
}

/** A draft or an approved play; what runs is changed by making another. Changing takes the approval back. */
export async function changePlay(db: Database, portalId: PortalId, playId: string, play: Play): Promise<boolean> {
  const { rows } = await sql`
    UPDATE plays SET document = ${JSON.stringify(play)}::jsonb, status = 'draft', approved_by = NULL, approved_at = NULL
    WHERE portal_id = ${portalId} AND play_id = ${playId}::uuid AND status IN ('draft', 'approved') RETURNING 1`.execute(
    db,
  );
  return rows.length > 0;
}

export async function approvePlay(
  db: Database,
  portalId: PortalId,
  playId: string,
  approved: { readonly by: string; readonly at: number },
): Promise<void> {
  await sql`
    UPDATE plays SET status = 'approved', approved_by = ${approved.by}, approved_at = ${approved.at}
    WHERE portal_id = ${portalId} AND play_id = ${playId}::uuid AND status = 'draft'`.execute(db);
}

/** Only one at a time launches a play of a portal. */
export async function lockPlays(trx: Transaction<Schema>, portalId: PortalId): Promise<void> {
  await sql`SELECT FROM portals WHERE portal_id = ${portalId} FOR NO KEY UPDATE`.execute(trx);
}

export interface LaunchedPlay {
  readonly playId: string;
  readonly tier: string;
  readonly name: string;
}

/** What is read of a play now stays true until the transaction ends. */
export async function holdPlay(trx: Transaction<Schema>, portalId: PortalId, playId: string): Promise<void> {
  await sql`SELECT FROM plays WHERE portal_id = ${portalId} AND play_id = ${playId}::uuid FOR SHARE`.execute(trx);
}

/** The plays that were launched in a month, in the order of their launch. */
export async function listLaunched(db: Database, portalId: PortalId, month: string): Promise<LaunchedPlay[]> {
  const { rows } = await sql<LaunchedPlay>`
    SELECT play_id AS "playId", document ->> 'tier' AS tier, document ->> 'name' AS name FROM plays
    WHERE portal_id = ${portalId} AND launch_month = ${month} ORDER BY launched_at LIMIT 200`.execute(db);
  return rows;
}

export async function launchPlay(
  trx: Transaction<Schema>,
  portalId: PortalId,
  playId: string,
  launch: { readonly by: string; readonly at: number; readonly month: string; readonly overrideReason: string | null },
): Promise<void> {
  await sql`
    UPDATE plays SET status = 'running', launched_by = ${launch.by}, launched_at = ${launch.at}, launch_month = ${launch.month},
      override_reason = ${launch.overrideReason}
    WHERE portal_id = ${portalId} AND play_id = ${playId}::uuid AND status = 'approved'`.execute(trx);
}

/** False when the play is in none of the states that it may be moved from. */
export async function movePlay(
  db: Database,
  portalId: PortalId,
  playId: string,
  from: readonly PlayStatus[],
  to: PlayStatus,
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE plays SET status = ${to} WHERE portal_id = ${portalId} AND play_id = ${playId}::uuid
      AND status = ANY(${[...from, to]}::text[]) RETURNING 1`.execute(db);
  return rows.length > 0;
}
