import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import { readBarredOutputs } from "./definition-faults.ts";
import { type OutputType, outputTables } from "./output-tables.ts";
import type { Schema } from "./schema.ts";

/** Results on their way to HubSpot: what it should hold, what it holds, and what it refused. */
export interface PendingOutput {
  /** Of the company or contact in HubSpot. */
  readonly id: string;
  readonly output: Record<string, string>;
  readonly written: Record<string, string> | null;
}

/** A result that was sent: what of it, and the number of the sending (`markSending`). */
export interface SentOutput extends PendingOutput {
  readonly names: readonly string[];
  /** Undefined: the record was not there any more. */
  readonly sending: number | undefined;
}

const tableOf = (type: OutputType) => ({
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
    SELECT id, output, written FROM (
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
  refusals: readonly (PendingOutput & { category: string; message: string })[],
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
async function lockOutputs(
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

/** What HubSpot holds of our results, as it was just read there. */
export interface HeldOutput {
  readonly id: string;
  readonly values: Readonly<Record<string, string>>;
}

export async function readWrites(
  db: Database,
  portalId: PortalId,
  type: OutputType,
  ids: readonly string[],
): Promise<Map<string, Readonly<Record<string, string>>>> {
  if (ids.length === 0) return new Map();
  const { table, id } = tableOf(type);
  const { rows } = await sql<{ id: string; written: Record<string, string> }>`
    SELECT ${id} AS id, written FROM ${table}
    WHERE portal_id = ${portalId} AND ${id} = ANY(${[...ids]}::text[]) AND written IS NOT NULL`.execute(db);
  return new Map(rows.map((row) => [row.id, row.written]));
}

/** HubSpot may write a number in another way; an empty value and none are alike. */
export const holdsWrites = (
  written: Readonly<Record<string, string>>,
  values: Readonly<Record<string, string | null>>,
  barred: ReadonlySet<string>,
): boolean =>
  Object.entries(written).every(([name, value]) => {
    if (barred.has(name)) return true;
    const held = (values[name] ?? "").trim();
    if (held === value.trim() || (held !== "" && value !== "" && Number(held) === Number(value))) return true;
    return value.includes(";") && choicesOf(held) === choicesOf(value);
  });

/** A list of choices has no order, and sometimes begins with its semicolon (hubspot-api.md §5.5). */
const choicesOf = (list: string): string => list.split(";").filter(Boolean).sort().join(";");

/**
 * Somebody changed a result by hand, or what we remember is older than HubSpot (a restored database): what HubSpot holds is
 * taken for written, so that it is written again where it differs (hubspot-api.md §6.1). Returns how many differed.
 */
export async function correctWrites(
  trx: Transaction<Schema>,
  portalId: PortalId,
  type: OutputType,
  held: readonly HeldOutput[],
): Promise<number> {
  const written = await readWrites(
    trx,
    portalId,
    type,
    held.map(({ id }) => id),
  );
  const barred = await readBarredOutputs(trx, portalId);
  const wrong = held.flatMap(({ id, values }) => {
    const ours = written.get(id);
    if (!ours || holdsWrites(ours, values, barred)) return [];
    const now = Object.fromEntries(Object.keys(ours).map((name) => [name, values[name] ?? ""]));
    return [{ id, before: JSON.stringify(ours), now: JSON.stringify(now) }];
  });
  if (wrong.length === 0) return 0;
  const ids = wrong.map((one) => one.id);
  await lockOutputs(trx, portalId, type, ids);
  const { table, id } = tableOf(type);
  // Only over what was compared: a write that went through meanwhile is newer.
  await sql`
    UPDATE ${table} s SET written = t.now::jsonb
    FROM unnest(${ids}::text[], ${wrong.map((w) => w.before)}::text[], ${wrong.map((w) => w.now)}::text[]) AS t(id, before, now)
    WHERE s.portal_id = ${portalId} AND s.${id} = t.id AND s.written = t.before::jsonb`.execute(trx);
  return wrong.length;
}
