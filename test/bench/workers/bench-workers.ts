import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { type AppProcess, findPort, startAppProcess } from "../../../hubspot-stand-in/demo/app-process.ts";
import { openDatabase } from "../../../server/db/database.ts";
import { markDirty, priorities } from "../../../server/db/dirty-accounts.ts";
import { createTokenCipher } from "../../../server/install/token-cipher.ts";
import { createLogger } from "../../../server/logger.ts";
import { openQueue } from "../../../server/queue/queue.ts";
import { startLocalHubSpot } from "../../service/local-hubspot.ts";
import { requireProgram } from "../../support/require-program.ts";
import { startRedis } from "../../support/start-redis.ts";
import { fillPortal } from "../recompute/fill-portals.ts";
import { type BenchDatabase, query, startBenchDatabase } from "../support/bench-database.ts";
import { say } from "../support/figures.ts";
import { processorSeconds } from "../support/processor-seconds.ts";

/**
 * 1, 2 and 4 worker processes on Redis: every account of sixteen portals is scored from the mirror and written to a HubSpot
 * that answers at once and limits nothing. Each number of workers begins with a copy of the same database.
 */
const portals = Array.from({ length: 16 }, (_, n) => asPortalId(9_001 + n));
const counts = [1, 2, 4] as const;
const log = createLogger("error");
const key = { id: "k1", key: randomBytes(32).toString("base64") };
const app = { appId: 7_000_001, clientId: "touchstone-bench", clientSecret: "the-client-secret-of-the-bench" };

interface Stage {
  readonly postgres: BenchDatabase;
  readonly redisUrl: string;
  readonly hubspotUrl: string;
  readonly logFile: string;
  readonly accounts: number;
}

interface Outcome {
  readonly perSecond: number;
  readonly workerMicros: number;
  readonly databaseMicros: number;
}

export async function benchWorkers(isQuick: boolean): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "touchstone-workers-"));
  const postgres = await startBenchDatabase();
  const redis = await startRedis(requireProgram(["redis-server"], "redis-server"), folder);
  const hubspot = await startLocalHubSpot();
  hubspot.answer = ({ path: asked, body }) => takeAll(asked, body);
  try {
    const each = isQuick ? 100 : 1_000;
    await fill(await postgres.create("filled"), each);
    const logFile = path.join(folder, "app.log");
    const stage = { postgres, redisUrl: redis.url, hubspotUrl: hubspot.url, logFile, accounts: portals.length * each };
    const outcomes: Outcome[] = [];
    for (const count of counts) outcomes.push(await measure(stage, count));
    report(stage.accounts, outcomes);
  } finally {
    await hubspot.stop();
    redis.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function report(accounts: number, outcomes: readonly Outcome[]): void {
  const first = outcomes[0]?.perSecond ?? Number.NaN;
  for (const [index, { perSecond, workerMicros, databaseMicros }] of outcomes.entries()) {
    const count = counts[index] ?? 0;
    say(
      `workers: ${count} on Redis ${Math.round(perSecond)} accounts/s (${(perSecond / first).toFixed(2)} × one), ` +
        `processor ${Math.round(workerMicros)} + ${Math.round(databaseMicros)} µs an account (workers + database)`,
    );
  }
  const most = Math.max(...outcomes.map(({ workerMicros, databaseMicros }) => 2e6 / (workerMicros + databaseMicros)));
  say(
    `workers: ${accounts} accounts scored and written each time; at this price two cores give at most ${Math.round(most)} accounts/s, ` +
      "whatever the number of workers",
  );
}

async function fill(databaseUrl: string, accounts: number): Promise<void> {
  const { db, close } = openDatabase(databaseUrl, log, 2);
  const cipher = createTokenCipher([key]);
  for (const portalId of portals) {
    await fillPortal(db, portalId, { accounts, peopleEach: 8, signalsEach: 20 });
    await db
      .updateTable("portals")
      .set({
        access_token: cipher.encrypt("access", portalId),
        refresh_token: cipher.encrypt("refresh", portalId),
        token_expires_at: new Date(Date.now() + 6 * 3_600_000),
      })
      .where("portal_id", "=", portalId)
      .execute();
  }
  await close();
  await query(databaseUrl, "VACUUM ANALYZE");
}

async function measure(stage: Stage, count: number): Promise<Outcome> {
  const databaseUrl = await stage.postgres.copy("filled", `workers_${count}`);
  const redisUrl = `${stage.redisUrl}/${count}`;
  const { db, close } = openDatabase(databaseUrl, log, 2);
  const queue = await openQueue({ databaseUrl, redisUrl, leaseMs: 60_000 }, log);
  const workers: AppProcess[] = [];
  try {
    for (let n = 0; n < count; n++) workers.push(await startWorker(stage, databaseUrl, redisUrl));
    const used = () => workers.reduce((sum, worker) => sum + processorSeconds(worker.pid), 0);
    const before = { workers: used(), database: processorSeconds(stage.postgres.pid), at: performance.now() };
    const { rows } = { rows: await query<{ id: string }>(databaseUrl, companiesText, [portals[0]]) };
    const ids = rows.map((row) => row.id);
    for (const portalId of portals) {
      await markDirty(db, portalId, ids, priorities.backfill);
      await queue.wake("rescore-batch", portalId);
    }
    while ((await countWritten(databaseUrl)) < stage.accounts) await new Promise((resolve) => setTimeout(resolve, 100));
    const seconds = (performance.now() - before.at) / 1000;
    return {
      perSecond: stage.accounts / seconds,
      workerMicros: ((used() - before.workers) / stage.accounts) * 1e6,
      databaseMicros: ((processorSeconds(stage.postgres.pid) - before.database) / stage.accounts) * 1e6,
    };
  } finally {
    for (const worker of workers) await worker.stop();
    await queue.close();
    await close();
  }
}

const companiesText = "SELECT object_id AS id FROM crm_records WHERE portal_id = $1 AND object_type = 'companies'";

async function countWritten(databaseUrl: string): Promise<number> {
  const [row] = await query<{ n: number }>(
    databaseUrl,
    "SELECT count(*)::int AS n FROM account_scores WHERE output IS NOT DISTINCT FROM written",
  );
  return row?.n ?? 0;
}

async function startWorker(stage: Stage, databaseUrl: string, redisUrl: string): Promise<AppProcess> {
  return startAppProcess({
    port: await findPort(0),
    standInUrl: stage.hubspotUrl,
    app,
    logFile: stage.logFile,
    env: {
      ROLE: "worker",
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      TOKEN_KEYS: `${key.id}:${key.key}`,
      LOG_LEVEL: "warn",
    },
  });
}

/** HubSpot knows none of our properties at first, and takes every row. */
function takeAll(asked: string, body: string): [number, object] {
  if (body === "" || asked.endsWith("/properties/companies/batch/read")) return [200, { results: [] }];
  const { inputs = [], ...one } = JSON.parse(body) as { inputs?: { properties?: object }[] };
  const at = new Date().toISOString();
  const echo = (input: object) => ({ properties: {}, ...input, createdAt: at, updatedAt: at, archived: false });
  return [200, { ...echo(one), status: "COMPLETE", results: inputs.map(echo) }];
}
