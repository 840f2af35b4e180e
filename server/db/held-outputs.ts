import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import { readBarredOutputs } from "./definition-faults.ts";
import type { OutputType } from "./output-tables.ts";
import { lockOutputs, tableOf } from "./pending-outputs.ts";
import type { Schema } from "./schema.ts";

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
