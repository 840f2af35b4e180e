import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

/** Results on their way to HubSpot: what it should hold, what it holds, and what it refused. */
export interface PendingOutput {
  readonly accountId: AccountId;
  readonly snapshotNo: number;
  readonly output: Record<string, string>;
  readonly written: Record<string, string> | null;
}

/** Accounts whose results are not yet in HubSpot, at most `limit`. Values that HubSpot refused wait until they change. */
export async function readPendingOutputs(db: Database, portalId: PortalId, limit: number): Promise<PendingOutput[]> {
  const { rows } = await sql<PendingOutput>`
    SELECT account_id AS "accountId", snapshot_no AS "snapshotNo", output, written FROM account_scores
    WHERE portal_id = ${portalId} AND output IS DISTINCT FROM written AND output IS DISTINCT FROM refused
    ORDER BY account_id LIMIT ${limit}`.execute(db);
  return rows;
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
  await sql`
    SELECT FROM account_scores WHERE portal_id = ${portalId} AND account_id = ANY(${ids}::text[])
    ORDER BY account_id FOR UPDATE`.execute(trx);
  await sql`
    UPDATE account_scores s SET ${sql.ref(column)} = t.output::jsonb
    FROM unnest(${ids}::text[], ${outputs.map((o) => JSON.stringify(o.output))}::text[]) AS t(account_id, output)
    WHERE s.portal_id = ${portalId} AND s.account_id = t.account_id`.execute(trx);
}

/** What HubSpot holds is not known any more: everything is written again. */
export async function forgetWrites(db: Database, portalId: PortalId): Promise<void> {
  await db
    .updateTable("account_scores")
    .set({ written: null, refused: null })
    .where("portal_id", "=", portalId)
    .execute();
}
