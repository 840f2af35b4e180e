import { asPortalId, type PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { loadModels } from "../../../server/accounts/load-models.ts";
import { scoreBatch } from "../../../server/accounts/score-batch.ts";
import { type Database, openDatabase } from "../../../server/db/database.ts";
import { claimDirty, priorities } from "../../../server/db/dirty-accounts.ts";
import { markAllAccounts } from "../../../server/db/records.ts";
import { createLogger } from "../../../server/logger.ts";
import { createMetrics } from "../../../server/metrics.ts";
import { benchNow } from "../scoring/build-accounts.ts";
import { startBenchDatabase } from "../support/bench-database.ts";
import { say, verdict } from "../support/figures.ts";
import { processorSeconds } from "../support/processor-seconds.ts";
import { fillPortal } from "./fill-portals.ts";

/**
 * Recompute: claim, load from the mirror, score, save and settle, on a PostgreSQL of its own; 8 people and 50 signals an
 * account, and nothing of HubSpot. Batches of 100 against one account at a time, in one run; then what memory does while
 * many accounts pass (`--full`: 100,000).
 */
const portals = [8_001, 8_002, 8_003, 8_004].map(asPortalId);
const dayMs = 86_400_000;
const goals = { ratio: 3, perSecond: 8_000, growthMb: 50 } as const;

const sizes = {
  quick: { each: 300, single: 100, memory: 6_000 },
  usual: { each: 2_000, single: 400, memory: 40_000 },
  full: { each: 5_000, single: 1_000, memory: 100_000 },
} as const;

interface Pass {
  readonly accounts: number;
  readonly seconds: number;
  readonly processor: number;
}

export async function benchRecompute(isQuick: boolean, isFull: boolean): Promise<void> {
  const size = isQuick ? sizes.quick : isFull ? sizes.full : sizes.usual;
  const { each } = size;
  const postgres = await startBenchDatabase();
  const opened = openDatabase(await postgres.create("recompute"), createLogger("error"), 8);
  const clock = { now: benchNow };
  const run = createRun(opened.db, clock, postgres.pid);
  try {
    for (const portal of portals)
      await fillPortal(opened.db, portal, { accounts: each, peopleEach: 8, signalsEach: 50 });
    await sql`VACUUM ANALYZE`.execute(opened.db);
    say(`recompute: ${portals.length * each} accounts of 8 people and 50 signals in ${portals.length} portals`);
    const first = await run(portals, 100);
    report("first scores, batches of 100, four portals at work", first);
    await sql`VACUUM ANALYZE`.execute(opened.db);
    const { stored, kept } = await measureStored(opened.db);
    say(`  stored: ${stored} bytes an account with its indices, ${kept} of them the proof`);
    const same = await run(portals, 100);
    report("again, nothing changed", same);
    clock.now += 10 * dayMs;
    const moved = await run(portals, 100);
    report(`ten days later, ${await countMoved(opened.db)} of them moved`, moved);
    const alone = await run(portals.slice(0, 1), 100);
    report("again, one portal at work", alone);
    const single = await run(portals.slice(0, 1), 1, size.single);
    report("again, one account at a time", single);
    const ratio = rate(alone) / rate(single);
    say(
      `  batches against one at a time: ${ratio.toFixed(1)} × (goal ${goals.ratio}: ${verdict(ratio >= goals.ratio)})`,
    );
    const best = Math.min(rate(first), rate(moved));
    say(
      `  accounts/s, first or moved: ${Math.round(best)} (goal ${goals.perSecond}: ${verdict(best >= goals.perSecond)})`,
    );
    await measureMemory(run, clock, size.memory, portals.length * each);
  } finally {
    await opened.close();
    await postgres.stop();
  }
}

const rate = ({ accounts, seconds }: Pass): number => accounts / seconds;

function report(what: string, pass: Pass): void {
  const each = Math.round((pass.processor / pass.accounts) * 1e6);
  const busy = Math.round(pass.accounts / pass.processor);
  say(
    `  ${what}: ${Math.round(rate(pass))} accounts/s; ${each} µs of processor time each, ${busy} in a processor second`,
  );
}

type Run = (portalIds: readonly PortalId[], batchSize: number, most?: number) => Promise<Pass>;

/** Makes accounts of portals dirty and works them off, every portal in a lane of its own. */
function createRun(db: Database, clock: { now: number }, databasePid: number): Run {
  const metrics = createMetrics();
  const queue = {
    wake: async () => undefined,
    work: () => undefined,
    isReachable: async () => true,
    close: async () => undefined,
  };
  const ctx = { db, queue, now: () => clock.now, log: createLogger("error"), metrics };
  return async (portalIds, batchSize, most = Number.POSITIVE_INFINITY) => {
    for (const portal of portalIds) await markAllAccounts(db, portal, priorities.backfill);
    const [startedAt, used] = [performance.now(), processorUsed(databasePid)];
    const counts = await Promise.all(
      portalIds.map(async (portal) => {
        const models = await loadModels(db, portal);
        let done = 0;
        for (;;) {
          const claims = done < most ? await claimDirty(db, portal, batchSize, 60_000) : [];
          if (claims.length === 0) return done;
          await scoreBatch(ctx, portal, models, claims);
          done += claims.length;
        }
      }),
    );
    const accounts = counts.reduce((sum, count) => sum + count, 0);
    return {
      accounts,
      seconds: (performance.now() - startedAt) / 1000,
      processor: processorUsed(databasePid) - used,
    };
  };
}

/** Of this process and of the database, in seconds. */
function processorUsed(databasePid: number): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6 + processorSeconds(databasePid);
}

async function measureStored(db: Database): Promise<{ stored: number; kept: number }> {
  const { rows } = await sql<{ stored: number; kept: number }>`
    SELECT (pg_total_relation_size('account_scores') / count(*))::int AS stored, avg(octet_length(proof))::int AS kept
    FROM account_scores`.execute(db);
  return rows[0] ?? { stored: 0, kept: 0 };
}

async function countMoved(db: Database): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM score_history`.execute(db);
  return rows[0]?.n ?? 0;
}

/** The resident memory after each tenth; the first tenth warms up. */
async function measureMemory(run: Run, clock: { now: number }, accounts: number, perPass: number): Promise<void> {
  const megabytes: number[] = [];
  let done = 0;
  for (const portal of cycle(portals)) {
    done += (await run([portal], 100)).accounts;
    if (done >= (accounts / 10) * (megabytes.length + 1)) megabytes.push(Math.round(process.memoryUsage.rss() / 1e6));
    if (done >= accounts) break;
    if (done % perPass === 0) clock.now += 10 * dayMs;
  }
  const growth = (megabytes.at(-1) ?? 0) - (megabytes[1] ?? 0);
  say(`  memory over ${done} accounts, MB after each tenth: ${megabytes.join(" ")}`);
  say(
    `  growth after the first two tenths: ${growth} MB (goal at most ${goals.growthMb}: ${verdict(growth <= goals.growthMb)})`,
  );
}

function* cycle<Item>(items: readonly Item[]): Generator<Item> {
  for (;;) yield* items;
}
