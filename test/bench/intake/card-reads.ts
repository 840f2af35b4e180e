import { createHmac } from "node:crypto";
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
  readonly publicUrl: string;
  readonly secret: string;
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

async function readCard({ url, publicUrl, secret, portalId }: CardTarget, id: string): Promise<number> {
  const path = `/api/accounts/${id}?portalId=${portalId}&userId=77&userEmail=rep%40example.com`;
  const timestamp = String(Date.now());
  // HubSpot signs the address with its query decoded (hubspot-api.md §3.6).
  const signed = `GET${publicUrl}${path.replaceAll("%40", "@")}${timestamp}`;
  const signature = createHmac("sha256", secret).update(signed).digest("base64");
  const headers = { "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": timestamp };
  const startedAt = performance.now();
  const answer = await fetch(`${url}${path}`, { headers });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`a card was answered ${answer.status} ${text}`);
  return performance.now() - startedAt;
}
