import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import { type OutputType, outputTables } from "./output-tables.ts";
import type { Schema } from "./schema.ts";

/** Results on their way to HubSpot: what it should hold, what it holds, and what it refused. */
export interface PendingOutput {
  /** Of the company or contact in HubSpot. */
  readonly id: string;
  readonly output: Record<string, string>;
  readonly written: Record<string, string> | null;
  /** Why HubSpot refused it the last time; null: it took it, or was never asked. */
  readonly refusedAs: string | null;
}

/** A result that was sent: what of it, and the number of the sending (`markSending`). */
export interface SentOutput extends Pick<PendingOutput, "id" | "output" | "written"> {
  readonly names: readonly string[];
  /** Undefined: the record was not there any more. */
  readonly sending: number | undefined;
}

export const tableOf = (type: OutputType) => ({
  table: sql.table(outputTables[type].table),
  id: sql.ref(outputTables[type].id),
});

/**
 * Records whose results are not yet in HubSpot, at most `limit`, the `urgent` ones first. Values that HubSpot refused wait
 * until they change.
 */
export async function readPendingOutputs(
  db: Database,
  portalId: PortalId,
  type: OutputType,
  limit: number,
  urgent: readonly string[] = [],
): Promise<PendingOutput[]> {
  // Two reads and not one sort: after a backfill a whole portal is pending.
  const { table, id } = tableOf(type);
  const pending = (place: number, which: ReturnType<typeof sql>) => sql`(
    SELECT ${place}::int AS place, ${id} AS id, output, written FROM ${table}
    WHERE portal_id = ${portalId} AND output IS DISTINCT FROM written AND output IS DISTINCT FROM refused AND ${which}
    ORDER BY ${id} LIMIT ${limit})`;
  const { rows } = await sql<PendingOutput>`
    SELECT id, output, written, (SELECT category FROM write_failures f WHERE f.portal_id = ${portalId}
      AND f.object_type = ${type} AND f.object_id = p.id) AS "refusedAs" FROM (
      ${pending(0, sql`${id} = ANY(${[...urgent]}::text[])`)} UNION ALL
      ${pending(1, sql`${id} <> ALL(${[...urgent]}::text[])`)}
    ) p ORDER BY place, id LIMIT ${limit}`.execute(db);
  return rows;
}

/** Of a row `s` and what is sent of it, `t`. */
const withoutSent = sql`s.written - ARRAY(SELECT jsonb_array_elements_text(t.names::jsonb))`;

/**
 * About to be sent: until HubSpot's answer is noted, nobody knows which of the two values it holds. Without this a crash in
 * between would leave the new one there for good when the score goes back to what it was. Returns the number of each sending.
 */
export async function markSending(
  db: Database,
  portalId: PortalId,
  type: OutputType,
  sent: readonly { readonly id: string; readonly names: readonly string[] }[],
): Promise<Map<string, number>> {
  const ids = sent.map(({ id }) => id);
  const names = sent.map((one) => JSON.stringify(one.names));
  const { table, id } = tableOf(type);
  return db.transaction().execute(async (trx) => {
    await lockOutputs(trx, portalId, type, ids);
    const { rows } = await sql<{ id: string; sending: number }>`
      UPDATE ${table} s SET written = ${withoutSent}, sendings = s.sendings + 1
      FROM unnest(${ids}::text[], ${names}::text[]) AS t(id, names)
      WHERE s.portal_id = ${portalId} AND s.${id} = ANY(${ids}::text[]) AND s.${id} = t.id
      RETURNING s.${id} AS id, s.sendings AS sending`.execute(trx);
    return new Map(rows.map((row) => [row.id, row.sending]));
  });
}

/**
 * HubSpot holds these values now. A score that moved on meanwhile stays pending, because its output differs. Where somebody else began
 * to send in between (a worker that slept, and the one that took over), nobody knows whose value came last: neither notes his, and
 * it is sent again.
 */
export async function markWritten(
  db: Database,
  portalId: PortalId,
  type: OutputType,
  outputs: readonly SentOutput[],
): Promise<void> {
  if (outputs.length === 0) return;
  const ids = outputs.map((o) => o.id);
  const { table, id } = tableOf(type);
  const isLast = sql`s.sendings = t.sending`;
  await db.transaction().execute(async (trx) => {
    await lockOutputs(trx, portalId, type, ids);
    // A value that was refused before may come back, and its refusal has no row any more that would have it tried again.
    await sql`
      UPDATE ${table} s SET refused = NULL,
        written = CASE WHEN ${isLast} THEN t.output::jsonb ELSE ${withoutSent} END,
        sendings = CASE WHEN ${isLast} THEN s.sendings ELSE s.sendings + 1 END
      FROM unnest(${ids}::text[], ${outputs.map((o) => JSON.stringify(o.output))}::text[],
        ${outputs.map((o) => JSON.stringify(o.names))}::text[], ${outputs.map((o) => o.sending ?? null)}::int[])
        AS t(id, output, names, sending)
      WHERE s.portal_id = ${portalId} AND s.${id} = t.id`.execute(trx);
    await trx
      .deleteFrom("write_failures")
      .where("portal_id", "=", portalId)
      .where("object_type", "=", type)
      .where("object_id", "in", ids)
      .execute();
  });
}

/**
 * HubSpot refused these values: they are kept and shown, and not sent again until they change. Of a record that went meanwhile
 * nothing is kept: its refusal would stand for good.
 */
export async function markRefused(
  db: Database,
  portalId: PortalId,
  type: OutputType,
  refusals: readonly (Pick<PendingOutput, "id" | "output"> & { category: string; message: string })[],
): Promise<void> {
  if (refusals.length === 0) return;
  const { table, id } = tableOf(type);
  const ids = refusals.map((r) => r.id);
  await db.transaction().execute(async (trx) => {
    const there = await lockOutputs(trx, portalId, type, ids);
    await sql`
      UPDATE ${table} s SET refused = t.output::jsonb
      FROM unnest(${ids}::text[], ${refusals.map((r) => JSON.stringify(r.output))}::text[]) AS t(id, output)
      WHERE s.portal_id = ${portalId} AND s.${id} = t.id`.execute(trx);
    const kept = refusals.filter(({ id }) => there.has(id));
    if (kept.length === 0) return;
    await trx
      .insertInto("write_failures")
      .values(
        kept.map((r) => ({
          portal_id: portalId,
          object_type: type,
          object_id: r.id,
          category: r.category,
          message: r.message.slice(0, 500),
        })),
      )
      .onConflict((c) =>
        c.columns(["portal_id", "object_type", "object_id"]).doUpdateSet((eb) => ({
          category: eb.ref("excluded.category"),
          message: eb.ref("excluded.message"),
          failed_at: sql`now()`,
        })),
      )
      .execute();
  });
}

/** In key order, so that two writers cannot deadlock. Returns the ids that are there. */
export async function lockOutputs(
  trx: Transaction<Schema>,
  portalId: PortalId,
  type: OutputType,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { table, id } = tableOf(type);
  const { rows } = await sql<{ id: string }>`
    SELECT ${id} AS id FROM ${table} WHERE portal_id = ${portalId} AND ${id} = ANY(${[...ids]}::text[])
    ORDER BY ${id} FOR UPDATE`.execute(trx);
  return new Set(rows.map((row) => row.id));
}

/** What HubSpot holds is not known any more: everything is written again. */
export async function forgetWrites(db: Database, portalId: PortalId, type: OutputType): Promise<void> {
  const { table, id } = tableOf(type);
  // In one statement, and in the order of their keys.
  await sql`
    WITH all_of_them AS MATERIALIZED (
      SELECT ${id} AS id FROM ${table} WHERE portal_id = ${portalId} ORDER BY ${id} FOR UPDATE)
    UPDATE ${table} s SET written = NULL, refused = NULL, sendings = s.sendings + 1 FROM all_of_them a
    WHERE s.portal_id = ${portalId} AND s.${id} = a.id`.execute(db);
}
