import type { PortalId } from "@touchstone/shared/ids.ts";
import { contactSchemaScope } from "@touchstone/shared/person-properties.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

/** An account of which stage, and whose people's levels and roles, are to be looked at. */
export interface ProgrammeDue {
  readonly accountId: string;
  /** Never the same twice, also when the mark was settled in between. */
  readonly version: number;
}

/** At once. Rows by account id, so that two who mark never wait for each other crosswise. */
export async function markProgramme(db: Database, portalId: PortalId, accountIds: readonly string[]): Promise<void> {
  if (accountIds.length === 0) return;
  await sql`
    INSERT INTO programme_due AS d (portal_id, account_id)
    SELECT DISTINCT ${portalId}::bigint, id FROM unnest(${[...accountIds]}::text[]) AS t(id) ORDER BY id
    ON CONFLICT (portal_id, account_id) DO UPDATE SET version = excluded.version, due_at = 0`.execute(db);
}

export async function readProgrammeDue(
  db: Database,
  portalId: PortalId,
  now: number,
  limit: number,
): Promise<ProgrammeDue[]> {
  const { rows } = await sql<ProgrammeDue>`
    SELECT account_id AS "accountId", version FROM programme_due WHERE portal_id = ${portalId} AND due_at <= ${now}
    ORDER BY due_at, account_id LIMIT ${limit}`.execute(db);
  return rows;
}

/** Holds the marks until the transaction ends. False when one of them moved since it was read: what it was judged by is old. */
export async function holdProgrammeDue(
  trx: Transaction<Schema>,
  portalId: PortalId,
  due: readonly ProgrammeDue[],
): Promise<boolean> {
  const { rows } = await sql<ProgrammeDue>`
    SELECT account_id AS "accountId", version FROM programme_due
    WHERE portal_id = ${portalId} AND account_id = ANY(${due.map(({ accountId }) => accountId)}::text[])
    ORDER BY account_id FOR UPDATE`.execute(trx);
  const versions = new Map(rows.map(({ accountId, version }) => [accountId, version]));
  return due.every(({ accountId, version }) => versions.get(accountId) === version);
}

/** Looked at, and to be looked at again then; null: when something happens. The marks are held (`holdProgrammeDue`). */
export async function settleProgrammeDue(
  trx: Transaction<Schema>,
  portalId: PortalId,
  done: readonly (ProgrammeDue & { readonly nextAt: number | null })[],
): Promise<void> {
  const rows = [...done].sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
  const ids = rows.map(({ accountId }) => accountId);
  const settled = sql`unnest(${ids}::text[], ${rows.map((row) => row.version)}::bigint[],
    ${rows.map((row) => row.nextAt)}::bigint[]) AS t(id, version, next_at)
    WHERE d.portal_id = ${portalId} AND d.account_id = t.id AND d.version = t.version`;
  await sql`DELETE FROM programme_due d USING ${settled} AND t.next_at IS NULL`.execute(trx);
  await sql`UPDATE programme_due d SET due_at = t.next_at FROM ${settled} AND t.next_at IS NOT NULL`.execute(trx);
}

export async function findPortalsToTell(db: Database, now: number): Promise<PortalId[]> {
  const { rows } = await sql<{ portalId: PortalId }>`
    SELECT p.portal_id AS "portalId" FROM portals p WHERE p.status = 'ready'
      AND EXISTS (SELECT FROM programme_due d WHERE d.portal_id = p.portal_id AND d.due_at <= ${now})
    ORDER BY p.portal_id`.execute(db);
  return rows.map((row) => row.portalId);
}

/** Stages, levels or roles are to be looked at, or those of people do not stand in HubSpot yet. */
export async function isProgrammeWaiting(db: Database, portalId: PortalId, now: number): Promise<boolean> {
  const { rows } = await sql`
    SELECT WHERE EXISTS (SELECT FROM programme_due WHERE portal_id = ${portalId} AND due_at <= ${now})
      OR EXISTS (SELECT FROM person_outputs JOIN portals p USING (portal_id)
        WHERE portal_id = ${portalId} AND ${contactSchemaScope} = ANY(p.scopes) AND output IS DISTINCT FROM written AND output IS DISTINCT FROM refused)`.execute(
    db,
  );
  return rows.length > 0;
}
