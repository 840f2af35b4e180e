import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { asPortalId, type PortalId } from "@touchstone/shared/ids.ts";
import { lanesOf, mostClaimed } from "../../../server/accounts/score-claims.ts";
import { openDatabase } from "../../../server/db/database.ts";
import { claimDirty, markDirty, priorities, settleDirty } from "../../../server/db/dirty-accounts.ts";
import { createLogger } from "../../../server/logger.ts";
import { openQueue } from "../../../server/queue/queue.ts";
import { requireProgram } from "../../support/require-program.ts";
import { startRedis } from "../../support/start-redis.ts";
import { startBenchDatabase } from "../support/bench-database.ts";
import { median, say, verdict } from "../support/figures.ts";
import { runPerAccount, type Store } from "./per-account-queue.ts";

/**
 * The way of an account through the queue, with no work at its end: ours (marks of 100 in the database, one wake per portal, then
 * claims) against one BullMQ job per account on the same store, in the same run, in turns. Claims are of 100, which is what
 * performance.md §1.8 measured, and as a job of ours makes them: of `mostClaimed`, settled in its lanes.
 */
const goals = { postgres: 15, redis: 4 } as const;
const portals = Array.from({ length: 10 }, (_, n) => asPortalId(n + 1));
const batch = 100;
const claimSizes = [batch, mostClaimed];
const leaseMs = 60_000;
const log = createLogger("error");

export async function benchQueue(isQuick: boolean): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "touchstone-redis-"));
  const postgres = await startBenchDatabase();
  const redis = await startRedis(requireProgram(["redis-server"], "redis-server"), folder);
  try {
    const size = isQuick ? { ours: 20_000, jobs: 1_500, rounds: 3 } : { ours: 100_000, jobs: 5_000, rounds: 5 };
    for (const backend of ["postgres", "redis"] as const) {
      const store = {
        databaseUrl: await postgres.create(`queue_${backend}`),
        redisUrl: backend === "redis" ? redis.url : null,
      };
      await compare(backend, store, size);
    }
  } finally {
    redis.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(
  backend: keyof typeof goals,
  store: Store,
  { ours, jobs, rounds }: { ours: number; jobs: number; rounds: number },
): Promise<void> {
  const found = claimSizes.map((claimSize) => ({ claimSize, mine: [] as number[], ratios: [] as number[] }));
  const theirs: number[] = [];
  for (let round = -1; round < rounds; round++) {
    const own: number[] = [];
    for (const { claimSize } of found) own.push(ours / (await runOurs(store, ours, claimSize)));
    const other = jobs / (await runPerAccount(store, jobs));
    // The first round warms up.
    if (round < 0) continue;
    theirs.push(other);
    for (const [n, rate] of own.entries()) {
      found[n]?.mine.push(rate);
      found[n]?.ratios.push(rate / other);
    }
  }
  for (const { claimSize, mine, ratios } of found) {
    const ratio = median(ratios);
    say(
      `queue: on ${backend} ours ${Math.round(median(mine))} accounts/s in claims of ${claimSize}, a job per account ` +
        `${Math.round(median(theirs))}/s, ratio ${ratio.toFixed(1)}, goal ≥ ${goals[backend]}: ${verdict(ratio >= goals[backend])}`,
    );
  }
}

/** Seconds until every account was marked, claimed and settled. */
async function runOurs(store: Store, accounts: number, claimSize: number): Promise<number> {
  const { db, close } = openDatabase(store.databaseUrl, log, 12);
  const queue = await openQueue({ ...store, leaseMs }, log);
  const done = Promise.withResolvers<void>();
  let settled = 0;
  queue.work(async (_name, portalId) => {
    for (;;) {
      const claims = await claimDirty(db, portalId, claimSize, leaseMs);
      if (claims.length === 0) return;
      const lanes = claimSize === mostClaimed ? lanesOf(claims) : [claims];
      await Promise.all(lanes.map((lane) => db.transaction().execute((trx) => settleDirty(trx, portalId, lane))));
      settled += claims.length;
      if (settled === accounts) done.resolve();
    }
  }, 8);
  const startedAt = performance.now();
  const mark = async (portalId: PortalId) => {
    const own = accounts / portals.length;
    for (let from = 0; from < own; from += batch) {
      const ids = Array.from({ length: batch }, (_, n) => String(from + n));
      await markDirty(db, portalId, ids, priorities.live);
      await queue.wake("rescore-batch", portalId);
    }
  };
  await Promise.all(portals.map(mark));
  await done.promise;
  const seconds = (performance.now() - startedAt) / 1000;
  await queue.close();
  await close();
  return seconds;
}
