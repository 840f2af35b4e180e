import { asPortalId } from "@touchstone/shared/ids.ts";
import { loadModels } from "../../../server/accounts/load-models.ts";
import { scoreBatch } from "../../../server/accounts/score-batch.ts";
import { openDatabase } from "../../../server/db/database.ts";
import { claimDirty, priorities } from "../../../server/db/dirty-accounts.ts";
import { markAllAccounts } from "../../../server/db/records.ts";
import { createLogger } from "../../../server/logger.ts";
import { createMetrics } from "../../../server/metrics.ts";
import { fillPortal } from "../recompute/fill-portals.ts";
import { query } from "../support/bench-database.ts";
import { askSigned } from "../support/start-web.ts";

const accounts = 100;
const everyMs = 50;
const log = createLogger("error");

/** Accounts of 8 people and 50 signals with their scores, as cards read them. Returns their ids. */
export async function fillCards(databaseUrl: string, portal: number): Promise<string[]> {
  const portalId = asPortalId(portal);
  const { db, close } = openDatabase(databaseUrl, log, 2);
  await fillPortal(db, portalId, { accounts, peopleEach: 8, signalsEach: 50 });
  await markAllAccounts(db, portalId, priorities.backfill);
  const queue = {
    wake: async () => undefined,
    work: () => undefined,
    isReachable: async () => true,
    close: async () => undefined,
  };
  const claims = await claimDirty(db, portalId, accounts, 60_000);
  const parts = { db, queue, now: Date.now, log, metrics: createMetrics() };
  await scoreBatch(parts, portalId, await loadModels(db, portalId), claims);
  await close();
  const rows = await query<{ id: string }>(databaseUrl, "SELECT account_id AS id FROM account_scores");
  return rows.map((row) => row.id);
}

export interface CardTarget {
  readonly url: string;
  readonly portalId: number;
  readonly ids: readonly string[];
}

/** Opens cards, twenty a second, for as long as `during` takes. Milliseconds of each. */
export async function readCards(target: CardTarget, during: Promise<unknown>): Promise<number[]> {
  const times: Promise<number>[] = [];
  let n = 0;
  const timer = setInterval(() => {
    const reading = readCard(target, target.ids[n++ % target.ids.length] ?? "");
    // Told at the end, when what was started is stopped.
    reading.catch(() => undefined);
    times.push(reading);
  }, everyMs);
  await during.finally(() => clearInterval(timer));
  return Promise.all(times);
}

const readCard = async (target: CardTarget, id: string): Promise<number> =>
  (await askSigned(target, target.portalId, `/api/accounts/${id}`)).ms;
