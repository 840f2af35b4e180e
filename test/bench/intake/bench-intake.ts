import { execFile, spawn } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { type BenchDatabase, query, startBenchDatabase } from "../support/bench-database.ts";
import { median, percentile, say, verdict } from "../support/figures.ts";
import { processorSeconds } from "../support/processor-seconds.ts";
import { publicUrl, secret, startWeb } from "../support/start-web.ts";
import { fillCards, readCards } from "./card-reads.ts";
import type { Load, LoadFigures } from "./generator.ts";

/**
 * Intake of webhooks by the real server (ROLE=web, PostgreSQL, the queue in it) against a bare server on the same PostgreSQL
 * in the same run: rounds take turns, so that a busy machine is busy for both.
 */
const goal = 0.8;
const cardGoalMs = 25;
const connections = 10;
/** The stream beside which cards are read; on a machine that has no room for it, two fifths of what it takes. */
const steadyBodies = 300;
const portalId = 4_242;
const run = promisify(execFile);

interface Side {
  readonly name: string;
  readonly url: string;
  readonly databaseUrl: string;
  readonly table: string;
  readonly pid: number;
  stop(): Promise<unknown>;
}

interface Round extends LoadFigures {
  readonly eventsPerSecond: number;
  readonly serverMicros: number;
  readonly databaseMicros: number;
}

export async function benchIntake(isQuick: boolean): Promise<void> {
  const postgres = await startBenchDatabase();
  const sides: Side[] = [];
  try {
    sides.push(await startOurs(postgres), await startBare(postgres));
    const bodies = isQuick ? 300 : 1_500;
    const rounds = isQuick ? 5 : 6;
    const results = new Map<Side, Round[]>(sides.map((side) => [side, []]));
    let from = 0;
    for (let round = -1; round < rounds; round++) {
      // The first round warms up, and whoever began goes second in the next.
      for (const side of round % 2 === 0 ? sides : [...sides].reverse()) {
        const measured = await measure(postgres, side, { bodies, from });
        if (round >= 0) results.get(side)?.push(measured);
      }
      from += bodies * 100;
    }
    report(sides.map((side) => results.get(side) ?? []));
    const [ours] = sides;
    const most = median((ours ? results.get(ours) : undefined)?.map((round) => round.eventsPerSecond) ?? []);
    const perSecond = Math.floor(Math.min(steadyBodies, (0.4 * most) / 100));
    if (ours) await measureCards(ours, { from, perSecond, seconds: isQuick ? 4 : 20 });
  } finally {
    for (const side of sides) await side.stop();
    await postgres.stop();
  }
}

function report([ours = [], bare = []]: readonly Round[][]): void {
  const of = (rounds: readonly Round[], key: keyof Round) => median(rounds.map((round) => round[key]));
  const ratio = median(ours.map((round, n) => round.eventsPerSecond / (bare[n]?.eventsPerSecond ?? Number.NaN)));
  const line = (name: string, rounds: readonly Round[]) =>
    say(
      `intake: ${name} ${Math.round(of(rounds, "eventsPerSecond"))} events/s, ` +
        `p50 ${of(rounds, "p50Ms").toFixed(1)} ms, p99 ${of(rounds, "p99Ms").toFixed(1)} ms, ` +
        `processor ${of(rounds, "serverMicros").toFixed(1)} + ${of(rounds, "databaseMicros").toFixed(1)} µs an event (server + database)`,
    );
  line("ours", ours);
  line("bare node:http + HMAC + parse + insert", bare);
  const cost = (rounds: readonly Round[]) => of(rounds, "serverMicros") + of(rounds, "databaseMicros");
  say(
    `intake: ours / bare ${ratio.toFixed(2)} (by processor time ${(cost(bare) / cost(ours)).toFixed(2)}), goal ≥ ${goal}: ${verdict(ratio >= goal)}`,
  );
}

/** Cards beside a steady stream of events on the same process (performance.md §2). */
async function measureCards(
  side: Side,
  { from, perSecond, seconds }: { from: number; perSecond: number; seconds: number },
): Promise<void> {
  const target = { url: side.url, portalId, ids: await fillCards(side.databaseUrl, portalId) };
  const alone = await readCards(target, new Promise((resolve) => setTimeout(resolve, seconds * 1000)));
  const bodies = seconds * perSecond;
  const load = { target: side.url, publicUrl, secret, portalId, bodies, connections, from, perSecond };
  const under = await readCards(target, sendLoad(load));
  const p99Ms = percentile(under, 0.99);
  say(
    `intake: cards alone p50 ${percentile(alone, 0.5).toFixed(1)} ms, p99 ${percentile(alone, 0.99).toFixed(1)} ms; beside ` +
      `${perSecond * 100} events/s p50 ${percentile(under, 0.5).toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, goal ≤ ${cardGoalMs}: ` +
      verdict(p99Ms <= cardGoalMs),
  );
}

async function measure(
  postgres: BenchDatabase,
  side: Side,
  { bodies, from }: { bodies: number; from: number },
): Promise<Round> {
  const load: Load = {
    target: side.url,
    publicUrl,
    secret,
    portalId,
    bodies,
    connections,
    from,
    perSecond: null,
  };
  const before = { server: processorSeconds(side.pid), database: processorSeconds(postgres.pid) };
  const figures = await sendLoad(load);
  const after = { server: processorSeconds(side.pid), database: processorSeconds(postgres.pid) };
  const events = bodies * 100;
  const [row] = await query<{ n: number }>(side.databaseUrl, `SELECT count(*)::int AS n FROM ${side.table}`);
  if (row?.n !== from + events) throw new Error(`${side.name} holds ${row?.n} events instead of ${from + events}`);
  return {
    ...figures,
    eventsPerSecond: events / figures.seconds,
    serverMicros: ((after.server - before.server) / events) * 1e6,
    databaseMicros: ((after.database - before.database) / events) * 1e6,
  };
}

async function sendLoad(load: Load): Promise<LoadFigures> {
  const generator = path.join(import.meta.dirname, "generator.ts");
  const { stdout } = await run(process.execPath, ["--no-warnings", generator, JSON.stringify(load)]);
  return JSON.parse(stdout) as LoadFigures;
}

async function startOurs(postgres: BenchDatabase): Promise<Side> {
  const databaseUrl = await postgres.create("ours");
  await query(databaseUrl, "INSERT INTO portals (portal_id, status) VALUES ($1, 'ready')", [portalId]);
  return { name: "ours", databaseUrl, table: "inbox_events", ...(await startWeb(databaseUrl)) };
}

async function startBare(postgres: BenchDatabase): Promise<Side> {
  const databaseUrl = await postgres.createEmpty("bare");
  await query(
    databaseUrl,
    `CREATE TABLE plain_events (portal_id bigint, event_id bigint, occurred_at bigint, subscription_type text,
       object_id bigint, property_name text, PRIMARY KEY (portal_id, event_id, occurred_at))`,
  );
  const program = path.join(import.meta.dirname, "bare-server.ts");
  const child = spawn(process.execPath, ["--no-warnings", program, databaseUrl, secret, `${publicUrl}/webhooks`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (text: Buffer) => resolve(text.toString().trim()));
    child.once("exit", () => reject(new Error("the bare server did not start")));
  });
  return {
    name: "bare",
    url: `http://127.0.0.1:${port}`,
    databaseUrl,
    table: "plain_events",
    pid: child.pid ?? 0,
    stop: () => {
      const exited = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      return exited;
    },
  };
}
