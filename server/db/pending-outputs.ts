import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import { readBarredOutputs } from "./definition-faults.ts";
import type { Schema } from "./schema.ts";

/** Results on their way to HubSpot: what it should hold, what it holds, and what it refused. */
export interface PendingOutput {
  readonly accountId: AccountId;
  readonly snapshotNo: number;
  readonly output: Record<string, string>;
  readonly written: Record<string, string> | null;
}

/**
 * Accounts whose results are not yet in HubSpot, at most `limit`, the `urgent` ones first. Values that HubSpot refused wait
 * until they change.
 */
export async function readPendingOutputs(
  db: Database,
  portalId: PortalId,
  limit: number,
  urgent: readonly string[] = [],
): Promise<PendingOutput[]> {
  // Two reads and not one sort: after a backfill a whole portal is pending.
  const pending = (place: number, which: ReturnType<typeof sql>) => sql`(
    SELECT ${place}::int AS place, account_id, snapshot_no, output, written FROM account_scores
    WHERE portal_id = ${portalId} AND output IS DISTINCT FROM written AND output IS DISTINCT FROM refused AND ${which}
    ORDER BY account_id LIMIT ${limit})`;
  const { rows } = await sql<PendingOutput>`
    SELECT account_id AS "accountId", snapshot_no AS "snapshotNo", output, written FROM (
      ${pending(0, sql`account_id = ANY(${[...urgent]}::text[])`)} UNION ALL
      ${pending(1, sql`account_id <> ALL(${[...urgent]}::text[])`)}
    ) p ORDER BY place, account_id LIMIT ${limit}`.execute(db);
  return rows;
}

/**
 * About to be sent: until HubSpot's answer is noted, nobody knows which of the two values it holds. Without this a crash in
 * between would leave the new one there for good when the score goes back to what it was.
 */
export async function markSending(
  db: Database,
  portalId: PortalId,
  sent: readonly { readonly id: string; readonly properties: Readonly<Record<string, string>> }[],
): Promise<void> {
  const ids = sent.map(({ id }) => id);
  const names = sent.map(({ properties }) => JSON.stringify(Object.keys(properties)));
  await db.transaction().execute(async (trx) => {
    await lockScores(trx, portalId, ids);
    await sql`
      UPDATE account_scores s SET written = s.written - ARRAY(SELECT jsonb_array_elements_text(t.names::jsonb))
      FROM unnest(${ids}::text[], ${names}::text[]) AS t(account_id, names)
      WHERE s.portal_id = ${portalId} AND s.account_id = ANY(${ids}::text[]) AND s.account_id = t.account_id
        AND s.written IS NOT NULL`.execute(trx);
  });
}

/** HubSpot holds these values now. A score that moved on meanwhile stays pending, because its output differs. */
export async function markWritten(db: Database, portalId: PortalId, outputs: readonly PendingOutput[]): Promise<void> {
  if (outputs.length === 0) return;
  await db.transaction().execute(async (trx) => {
    await setOutputs(trx, portalId, "written", outputs);
    await trx
      .deleteFrom("write_failures")
      .where("portal_id", "=", portalId)
      .where(
        "account_id",
        "in",
        outputs.map((o) => o.accountId),
      )
      .execute();
  });
}

/** HubSpot refused these values: they are kept and shown, and not sent again until they change. */
export async function markRefused(
  db: Database,
  portalId: PortalId,
  refusals: readonly (PendingOutput & { category: string; message: string })[],
): Promise<void> {
  if (refusals.length === 0) return;
  await db.transaction().execute(async (trx) => {
    await setOutputs(trx, portalId, "refused", refusals);
    await trx
      .insertInto("write_failures")
      .values(
        refusals.map((r) => ({
          portal_id: portalId,
          account_id: r.accountId,
          category: r.category,
          message: r.message.slice(0, 500),
        })),
      )
      .onConflict((c) =>
        c.columns(["portal_id", "account_id"]).doUpdateSet((eb) => ({
          category: eb.ref("excluded.category"),
          message: eb.ref("excluded.message"),
          failed_at: sql`now()`,
        })),
      )
      .execute();
  });
}

async function setOutputs(
  trx: Transaction<Schema>,
  portalId: PortalId,
  column: "written" | "refused",
  outputs: readonly PendingOutput[],
): Promise<void> {
  const ids = outputs.map((o) => o.accountId);
  await lockScores(trx, portalId, ids);
  await sql`
    UPDATE account_scores s SET ${sql.ref(column)} = t.output::jsonb
    FROM unnest(${ids}::text[], ${outputs.map((o) => JSON.stringify(o.output))}::text[]) AS t(account_id, output)
    WHERE s.portal_id = ${portalId} AND s.account_id = t.account_id`.execute(trx);
}

/** In key order, so that two writers cannot deadlock. */
const lockScores = (trx: Transaction<Schema>, portalId: PortalId, ids: readonly string[]) =>
  sql`
    SELECT FROM account_scores WHERE portal_id = ${portalId} AND account_id = ANY(${[...ids]}::text[])
    ORDER BY account_id FOR UPDATE`.execute(trx);

/** What HubSpot holds is not known any more: everything is written again. */
export async function forgetWrites(db: Database, portalId: PortalId): Promise<void> {
  await db
    .updateTable("account_scores")
    .set({ written: null, refused: null })
    .where("portal_id", "=", portalId)
    .execute();
}

/** What HubSpot holds of our results, as it was just read there. */
export interface HeldOutput {
  readonly accountId: string;
  readonly values: Readonly<Record<string, string>>;
}

export async function readWrites(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
): Promise<Map<string, Readonly<Record<string, string>>>> {
  if (accountIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; written: Record<string, string> }>`
    SELECT account_id AS id, written FROM account_scores
    WHERE portal_id = ${portalId} AND account_id = ANY(${[...accountIds]}::text[]) AND written IS NOT NULL`.execute(db);
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
    return held === value.trim() || (held !== "" && value !== "" && Number(held) === Number(value));
  });

/**
 * Somebody changed a result by hand, or what we remember is older than HubSpot (a restored database): what HubSpot holds is
 * taken for written, so that it is written again where it differs (hubspot-api.md §6.1). Returns how many differed.
 */
export async function correctWrites(
  trx: Transaction<Schema>,
  portalId: PortalId,
  held: readonly HeldOutput[],
): Promise<number> {
  const ids = held.map(({ accountId }) => accountId).sort();
  const written = await readWrites(trx, portalId, ids);
  const barred = await readBarredOutputs(trx, portalId);
  const wrong = held.flatMap(({ accountId, values }) => {
    const ours = written.get(accountId);
    if (!ours || holdsWrites(ours, values, barred)) return [];
    const now = Object.fromEntries(Object.keys(ours).map((name) => [name, values[name] ?? ""]));
    return [{ accountId, before: JSON.stringify(ours), now: JSON.stringify(now) }];
  });
  if (wrong.length === 0) return 0;
  await sql`
    SELECT FROM account_scores WHERE portal_id = ${portalId} AND account_id = ANY(${wrong.map((w) => w.accountId)}::text[])
    ORDER BY account_id FOR UPDATE`.execute(trx);
  // Only over what was compared: a write that went through meanwhile is newer.
  await sql`
    UPDATE account_scores s SET written = t.now::jsonb
    FROM unnest(${wrong.map((w) => w.accountId)}::text[], ${wrong.map((w) => w.before)}::text[], ${wrong.map((w) => w.now)}::text[])
      AS t(account_id, before, now)
    WHERE s.portal_id = ${portalId} AND s.account_id = t.account_id AND s.written = t.before::jsonb`.execute(trx);
  return wrong.length;
}
