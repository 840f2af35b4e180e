import { asPortalId, type PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { loadModels } from "../../../server/accounts/load-models.ts";
import { type Database, openDatabase } from "../../../server/db/database.ts";
import { claimDirty, priorities } from "../../../server/db/dirty-accounts.ts";
import { markAllAccounts } from "../../../server/db/records.ts";
import { createLogger } from "../../../server/logger.ts";
import { benchNow } from "../scoring/build-accounts.ts";
import { type BenchDatabase, startBenchDatabase } from "../support/bench-database.ts";
import { median, say, verdict } from "../support/figures.ts";
import { processorSeconds } from "../support/processor-seconds.ts";
import { fillPortal } from "./fill-portals.ts";
import { createWays, type Way } from "./score-ways.ts";
import { createSimpleEngine, type SimpleEngine } from "./simple-engine.ts";

/**
 * Recompute on a PostgreSQL of its own, nothing of HubSpot: 8 people and 50 signals an account. Two ways in one run: the bare one
 * claims, loads, scores, saves proof and score, and settles, which is what performance.md §3 measured; ours does beside it
 * what the product wants of every score (hot rule, warmth, tiers, letters, what the programme looks at). Then what memory
 * does while many accounts pass (`--full`: 100,000).
 */
const portals = [8_001, 8_002, 8_003].map(asPortalId);
/** Scored before anything is measured: a worker that has just begun is not what a portal waits for. */
const warmUp = asPortalId(8_004);
const dayMs = 86_400_000;
const goals = { ratio: 3, perSecond: 8_000, growthMb: 50 } as const;
/** Accounts a second of the simple engine beside which the goal was set (performance.md §3, three jobs). */
const referencePerSecond = 11_642;

const sizes = {
  quick: { each: 300, rounds: 1, single: 100, memory: 6_000 },
  usual: { each: 2_000, rounds: 3, single: 400, memory: 40_000 },
  full: { each: 5_000, rounds: 5, single: 1_000, memory: 100_000 },
} as const;

interface Pass {
  readonly accounts: number;
  readonly seconds: number;
  /** Processor seconds: of this process, and of the database. */
  readonly ours: number;
  readonly database: number;
}

export async function benchRecompute(isQuick: boolean, isFull: boolean): Promise<void> {
  const size = isQuick ? sizes.quick : isFull ? sizes.full : sizes.usual;
  const postgres = await startBenchDatabase();
  const opened = openDatabase(await postgres.create("recompute"), createLogger("error"), 12);
  const simple = await createSimpleEngine(opened.db, portals.length * size.each);
  const stage = { ...opened, postgres, clock: { now: benchNow }, simple };
  try {
    for (const portal of [...portals, warmUp])
      await fillPortal(opened.db, portal, { accounts: size.each, peopleEach: 8, signalsEach: 50 });
    say(
      `recompute: ${size.each} accounts of 8 people and 50 signals in each of ${portals.length} portals, medians of ${size.rounds}`,
    );
    await compareWays(stage, size);
    await measureMemory(stage, size.memory, portals.length * size.each);
  } finally {
    await opened.close();
    await postgres.stop();
  }
}

interface Stage {
  readonly db: Database;
  readonly postgres: BenchDatabase;
  readonly clock: { now: number };
  readonly simple: SimpleEngine;
}

async function compareWays(stage: Stage, size: (typeof sizes)["quick" | "usual" | "full"]): Promise<void> {
  const ways = createWays(stage.db, () => stage.clock.now);
  for (const way of [ways.bare, ways.ours, ways.bare, ways.ours]) await run(stage, way, [warmUp]);
  const found: Record<string, Pass[]> = {};
  const measure = async (what: string, way: Way, which: readonly PortalId[], most?: number) => {
    found[what] = [...(found[what] ?? []), await run(stage, way, which, most)];
  };
  await stage.simple.recompute();
  let moved = 0;
  let firstSize: Awaited<ReturnType<typeof measureStored>> | null = null;
  for (let round = 0; round < size.rounds; round += 1) {
    for (const [name, way] of Object.entries({ bare: ways.bare, ours: ways.ours })) {
      await forgetScores(stage.db);
      // Else signals would be older from round to round, and fewer of them read.
      stage.clock.now = benchNow;
      await measure(`${name}, first scores, three jobs`, way, portals);
      firstSize ??= await measureStored(stage.db);
      stage.clock.now += 10 * dayMs;
      await measure(`${name}, ten days later, three jobs`, way, portals);
      moved = await countMoved(stage.db);
      await measure(`${name}, nothing changed, three jobs`, way, portals);
      stage.clock.now += 10 * dayMs;
      await measure(`${name}, ten days later, one job`, way, portals.slice(0, 1));
    }
    found[simpleEngine] = [...(found[simpleEngine] ?? []), await runSimple(stage, portals.length * size.each)];
    stage.clock.now += 10 * dayMs;
    await measure("ours, ten days later, one account at a time", ways.single, portals.slice(1, 2), size.single);
  }
  say(`  ten days moved ${moved} of ${portals.length * size.each} scores`);
  say(`  stored: ${firstSize?.stored} bytes an account with its indices, ${firstSize?.kept} of them the proof`);
  for (const [what, passes] of Object.entries(found)) report(what, passes);
  judge(found);
}

const simpleEngine = "a simple engine, three jobs";

function judge(found: Readonly<Record<string, readonly Pass[]>>): void {
  const rateOf = (what: string) => median((found[what] ?? []).map(rate));
  const ratio = rateOf("ours, ten days later, one job") / rateOf("ours, ten days later, one account at a time");
  say(
    `  one job against one account at a time: ${ratio.toFixed(1)} × (goal ${goals.ratio}: ${verdict(ratio >= goals.ratio)})`,
  );
  for (const name of ["bare", "ours"]) {
    const least = Math.min(...["first scores", "ten days later"].map((what) => rateOf(`${name}, ${what}, three jobs`)));
    say(
      `  accounts/s, ${name}, first or moved: ${Math.round(least)} (goal ${goals.perSecond}: ${verdict(least >= goals.perSecond)})`,
    );
  }
  const goalShare = goals.perSecond / referencePerSecond;
  for (const what of ["first scores", "ten days later"]) {
    const share = rateOf(`ours, ${what}, three jobs`) / rateOf(simpleEngine);
    say(
      `  ours, ${what}, against a simple engine: ${share.toFixed(2)} × (goal ${goalShare.toFixed(2)}: ${verdict(share >= goalShare)})`,
    );
  }
}

const rate = ({ accounts, seconds }: Pass): number => accounts / seconds;

function report(what: string, passes: readonly Pass[]): void {
  const micros = (of: (pass: Pass) => number) =>
    Math.round(median(passes.map((pass) => (of(pass) / pass.accounts) * 1e6)));
  const [ours, database] = [micros((pass) => pass.ours), micros((pass) => pass.database)];
  say(
    `  ${what}: ${Math.round(median(passes.map(rate)))} accounts/s; processor ${ours} + ${database} µs each (ours + database)`,
  );
}

/** As after an installation, in tables that are as tidy as autovacuum would leave them. */
async function forgetScores(db: Database): Promise<void> {
  await sql`TRUNCATE account_scores, score_history, hot_standing, cold_standing, programme_due`.execute(db);
  await sql`VACUUM ANALYZE`.execute(db);
  await sql`CHECKPOINT`.execute(db);
}

async function runSimple({ simple, postgres }: Stage, accounts: number): Promise<Pass> {
  const meter = startMeter(postgres);
  await simple.recompute();
  return { accounts, ...meter() };
}

/** What is used from now on, as soon as it is asked. */
function startMeter(postgres: BenchDatabase): () => Omit<Pass, "accounts"> {
  const [startedAt, own, used] = [performance.now(), process.cpuUsage(), processorSeconds(postgres.pid)];
  return () => {
    const { user, system } = process.cpuUsage(own);
    return {
      seconds: (performance.now() - startedAt) / 1000,
      ours: (user + system) / 1e6,
      database: processorSeconds(postgres.pid) - used,
    };
  };
}

/** Makes accounts of portals dirty and works them off, every portal in a lane of its own. */
async function run(
  { db, postgres }: Stage,
  { claimSize, score }: Way,
  portalIds: readonly PortalId[],
  most = Number.POSITIVE_INFINITY,
): Promise<Pass> {
  for (const portal of portalIds) await markAllAccounts(db, portal, priorities.backfill);
  const meter = startMeter(postgres);
  const counts = await Promise.all(
    portalIds.map(async (portal) => {
      const models = await loadModels(db, portal);
      let done = 0;
      for (;;) {
        const claims = done < most ? await claimDirty(db, portal, claimSize, 60_000) : [];
        if (claims.length === 0) return done;
        await score(portal, models, claims);
        done += claims.length;
      }
    }),
  );
  const used = meter();
  return { accounts: counts.reduce((sum, count) => sum + count, 0), ...used };
}

async function countMoved(db: Database): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM score_history`.execute(db);
  return rows[0]?.n ?? 0;
}

async function measureStored(db: Database): Promise<{ stored: number; kept: number }> {
  const { rows } = await sql<{ stored: number; kept: number }>`
    SELECT (pg_total_relation_size('account_scores') / count(*))::int AS stored, avg(octet_length(proof))::int AS kept
    FROM account_scores`.execute(db);
  return rows[0] ?? { stored: 0, kept: 0 };
}

/** The resident memory after each tenth; the first tenth warms up. */
async function measureMemory(stage: Stage, accounts: number, perPass: number): Promise<void> {
  const { ours } = createWays(stage.db, () => stage.clock.now);
  const megabytes: number[] = [];
  let done = 0;
  for (const portal of cycle(portals)) {
    done += (await run(stage, ours, [portal])).accounts;
    if (done >= (accounts / 10) * (megabytes.length + 1)) megabytes.push(Math.round(process.memoryUsage.rss() / 1e6));
    if (done >= accounts) break;
    if (done % perPass === 0) stage.clock.now += 10 * dayMs;
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
