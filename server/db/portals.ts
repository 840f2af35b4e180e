import type { PortalId } from "@touchstone/shared/ids.ts";
import { contactSchemaScope } from "@touchstone/shared/person-properties.ts";
import { sql, type Transaction } from "kysely";
import { PortalDisconnected } from "../errors.ts";
import type { Database } from "./database.ts";
import { viewOnlySetting } from "./portal-settings.ts";
import type { Schema } from "./schema.ts";

export type PortalStatus = "preparing" | "backfilling" | "ready" | "disconnected";

export interface Portal {
  readonly portalId: PortalId;
  readonly status: PortalStatus;
  /** One that days can be counted in: checked where it comes in. */
  readonly timeZone: string;
  /** What HubSpot named instead, when that is not known here. */
  readonly unknownTimeZone: string | null;
  readonly currency: string | null;
  /** HubSpot user id of who allowed the app; null when HubSpot did not say. */
  readonly installedBy: number | null;
  readonly scopes: readonly string[];
  readonly installedAt: Date;
  /** Where links to records begin; null before HubSpot has said it. */
  readonly uiDomain: string | null;
}

export async function findPortal(db: Database, portalId: PortalId): Promise<Portal | undefined> {
  const row = await db
    .selectFrom("portals")
    .select([
      "portal_id as portalId",
      "status",
      "time_zone as timeZone",
      "unknown_time_zone as unknownTimeZone",
      "currency",
      "installed_by as installedBy",
      "scopes",
      "installed_at as installedAt",
      "ui_domain as uiDomain",
    ])
    .where("portal_id", "=", portalId)
    .executeTakeFirst();
  return row;
}

/** What decides on what a signed caller may do. */
export async function findCaller(
  db: Database,
  portalId: PortalId,
  userId: string,
): Promise<{ status: PortalStatus; isInstaller: boolean; isViewOnly: boolean } | undefined> {
  const { rows } = await sql<{ status: PortalStatus; isInstaller: boolean; isViewOnly: boolean }>`
    SELECT p.status, coalesce(p.installed_by = ${userId}::bigint, false) AS "isInstaller",
      coalesce(s.document ? ${userId}, false) AS "isViewOnly"
    FROM portals p LEFT JOIN portal_settings s ON s.portal_id = p.portal_id AND s.name = ${viewOnlySetting.name}
    WHERE p.portal_id = ${portalId}`.execute(db);
  return rows[0];
}

export interface StoredTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: Date;
}

/** Installs a portal, or installs it again: the newest grant replaces the one before (hubspot-api.md §2.2). */
export async function savePortal(
  db: Database,
  portal: {
    portalId: PortalId;
    hubDomain: string | null;
    installedBy: number | null;
    scopes: readonly string[];
    tokens: StoredTokens;
  },
): Promise<void> {
  const values = {
    status: "preparing" as const,
    hub_domain: portal.hubDomain,
    installed_by: portal.installedBy,
    scopes: [...portal.scopes],
    unreadable: [],
    access_token: portal.tokens.accessToken,
    refresh_token: portal.tokens.refreshToken,
    token_expires_at: portal.tokens.expiresAt,
    notice: null,
    removal_wanted: false,
    uninstall_due_at: null,
    disconnected_at: null,
  };
  await db
    .insertInto("portals")
    .values({ portal_id: portal.portalId, ...values })
    .onConflict((c) => c.column("portal_id").doUpdateSet({ ...values, installed_at: sql`clock_timestamp()` }))
    .execute();
}

export async function describePortal(
  db: Database,
  portalId: PortalId,
  details: { timeZone: string; unknownTimeZone: string | null; currency: string | null; uiDomain: string | null },
): Promise<void> {
  await db
    .updateTable("portals")
    .set({
      time_zone: details.timeZone,
      unknown_time_zone: details.unknownTimeZone,
      currency: details.currency,
      ui_domain: details.uiDomain,
    })
    .where("portal_id", "=", portalId)
    .execute();
}

export async function setPortalStatus(
  db: Database,
  portalId: PortalId,
  status: Exclude<PortalStatus, "disconnected">,
): Promise<void> {
  await db
    .updateTable("portals")
    .set({ status })
    .where("portal_id", "=", portalId)
    .where("status", "<>", "disconnected")
    .execute();
}

/**
 * Stops all work for a portal and forgets its tokens at once. Its data waits for `remove-portal` for 30 days. A portal that was installed
 * again within the last `atWorkMs` stays: what failed for so long began with the grant before.
 */
export async function disconnectPortal(db: Database, portalId: PortalId, notice: string, atWorkMs = 0): Promise<void> {
  await db
    .updateTable("portals")
    .set({
      status: "disconnected",
      access_token: null,
      refresh_token: null,
      token_expires_at: null,
      notice,
      disconnected_at: sql`now()`,
    })
    .where("portal_id", "=", portalId)
    // Late work finds out once more; an admin's wish, and since when the portal is gone, must stay.
    .where("status", "<>", "disconnected")
    .where(sql<boolean>`installed_at <= clock_timestamp() - ${atWorkMs} * interval '1 millisecond'`)
    .execute();
}

export async function listPortalIds(db: Database, statuses: readonly PortalStatus[]): Promise<PortalId[]> {
  const rows = await db
    .selectFrom("portals")
    .select("portal_id")
    .where("status", "in", [...statuses])
    .orderBy("portal_id")
    .execute();
  return rows.map((row) => row.portal_id);
}

/**
 * Keeps the portal's removal, and the erasure of a person, waiting until the transaction ends, so that late work leaves
 * nothing behind of what is gone. Throws when the portal is gone already. Locks nobody else out, save those who also come `alone`:
 * what is counted before it is added to is counted by one at a time. Returns how many people were erased so far: who saves
 * what was read before compares it with `beginReading`.
 */
export async function holdPortal(trx: Transaction<Schema>, portalId: PortalId, alone = false): Promise<number> {
  const row = trx.selectFrom("portals").select(["status", "erasures"]).where("portal_id", "=", portalId);
  const portal = await (alone ? row.forNoKeyUpdate() : row.forKeyShare()).executeTakeFirst();
  if (!portal || portal.status === "disconnected") throw new PortalDisconnected(`portal ${portalId} is not connected`);
  return portal.erasures;
}

/** Takes the number of a reading of the mirror; whoever read later wins. */
export async function beginReading(
  db: Database,
  portalId: PortalId,
): Promise<{ snapshotNo: number; erasures: number }> {
  const { rows } = await sql<{ snapshotNo: number; erasures: number }>`
    SELECT nextval('read_numbers') AS "snapshotNo", erasures FROM portals WHERE portal_id = ${portalId}`.execute(db);
  const row = rows[0];
  if (!row) throw new PortalDisconnected(`portal ${portalId} is not connected`);
  return row;
}

/** As many rows are removed at once: a whole portal in one transaction would hold up the others and the disk for minutes. */
const rowsAtOnce = 10_000;

/**
 * Removes everything that we hold of a disconnected portal, in steps: "more" when `endAt` (`performance.now()`) came first,
 * "kept" when it was installed again meanwhile, or its row waits for HubSpot to be told. Tables are listed by the database itself, so that a new one is never
 * forgotten.
 */
export async function erasePortal(db: Database, portalId: PortalId, endAt: number): Promise<"gone" | "kept" | "more"> {
  const { rows: tables } = await sql<{ name: string }>`
    SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'portal_id'
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY c.relname = 'portals', c.relname`.execute(
    db,
  );
  for (const { name } of tables) {
    for (let removed = rowsAtOnce; removed === rowsAtOnce; ) {
      if (performance.now() > endAt) return "more";
      const done = await eraseRows(db, portalId, name);
      if (done === "kept") return "kept";
      removed = done;
    }
  }
  return "gone";
}

/** Work that is under way holds the portal and is waited for; what comes later finds it disconnected and saves nothing. */
async function eraseRows(db: Database, portalId: PortalId, table: string): Promise<number | "kept"> {
  return db.transaction().execute(async (trx) => {
    const portal = await trx
      .selectFrom("portals")
      .select(["status", "uninstall_due_at as uninstallDueAt"])
      .where("portal_id", "=", portalId)
      .forUpdate()
      .executeTakeFirst();
    if (portal && portal.status !== "disconnected") return "kept";
    if (table === "portals" && portal?.uninstallDueAt) return "kept";
    const { numAffectedRows } = await sql`
      DELETE FROM ${sql.table(table)} WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM ${sql.table(table)} WHERE portal_id = ${portalId} LIMIT ${rowsAtOnce}))`.execute(trx);
    return Number(numAffectedRows ?? 0);
  });
}

/**
 * Portals that have something waiting, whoever should have done it. Read by the sweeper. While HubSpot wants nothing from us
 * only what needs none of its answers counts.
 */
export async function findWaitingPortals(
  db: Database,
): Promise<{ portalId: PortalId; refresh: boolean; rescore: boolean }[]> {
  const { rows } = await sql<{ portalId: PortalId; refresh: boolean; rescore: boolean }>`
    SELECT p.portal_id AS "portalId",
      EXISTS (SELECT FROM stale_records s WHERE s.portal_id = p.portal_id AND s.due_at <= clock_timestamp()
        AND (s.lease_until IS NULL OR s.lease_until < clock_timestamp()) AND (NOT b.paused OR s.needs & 4 > 0)) AS refresh,
      EXISTS (SELECT FROM dirty_accounts d WHERE d.portal_id = p.portal_id AND d.due_at <= clock_timestamp()
        AND (d.lease_until IS NULL OR d.lease_until < clock_timestamp()))
      OR NOT b.paused AND (SELECT a.account_id FROM account_scores a WHERE a.portal_id = p.portal_id
        AND a.output IS DISTINCT FROM a.written AND a.output IS DISTINCT FROM a.refused
        ORDER BY a.account_id LIMIT 1) IS NOT NULL
      OR NOT b.paused AND ${contactSchemaScope} = ANY(p.scopes) AND (SELECT o.person_id FROM person_outputs o WHERE o.portal_id = p.portal_id
        AND o.output IS DISTINCT FROM o.written AND o.output IS DISTINCT FROM o.refused
        ORDER BY o.person_id LIMIT 1) IS NOT NULL AS rescore
    FROM portals p CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM request_budgets
      WHERE portal_id = p.portal_id AND kind = 'general'
        AND paused_until > extract(epoch FROM clock_timestamp()) * 1000) AS paused) b
    WHERE p.status IN ('backfilling', 'ready')`.execute(db);
  return rows.filter((row) => row.refresh || row.rescore);
}

/** Portals whose data is to be removed: at request, or 30 days after they went (hubspot-api.md §6.8, our own term). */
export async function listPortalsToRemove(db: Database): Promise<PortalId[]> {
  const { rows } = await sql<{ portalId: PortalId }>`
    SELECT portal_id AS "portalId" FROM portals
    WHERE status = 'disconnected' AND (removal_wanted OR disconnected_at < now() - interval '30 days')`.execute(db);
  return rows.map((row) => row.portalId);
}
