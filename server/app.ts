import type { Config } from "./config.ts";
import type { Context } from "./context.ts";
import { classes, pauseRequests, takeRequests } from "./db/budgets.ts";
import { type Database, openDatabase } from "./db/database.ts";
import { startEmbeddedPostgres } from "./db/embedded-postgres.ts";
import { migrate } from "./db/migrate.ts";
import { findPortal } from "./db/portals.ts";
import { startHttpServer } from "./http/create-http-server.ts";
import { createHubSpot } from "./hubspot/hubspot.ts";
import type { HubSpotOptions } from "./hubspot/hubspot-options.ts";
import { takeInTurn } from "./hubspot/take-in-turn.ts";
import { createAccessTokens } from "./install/access-tokens.ts";
import { createTokenCipher } from "./install/token-cipher.ts";
import { createLogger, type Logger } from "./logger.ts";
import { createMetrics } from "./metrics.ts";
import { openQueue } from "./queue/queue.ts";
import { startWorkers } from "./workers/start-workers.ts";

/** What a test may swap. */
export interface Overrides {
  readonly now?: () => number;
  readonly log?: Logger;
}

export interface App {
  readonly url: string;
  readonly ctx: Context;
  /** Stops in the reverse order of starting: no new work, then what is under way, then connections, then the database. */
  stop(): Promise<void>;
}

const hubspotTimeoutMs = 20_000;
/** Portals whose tokens this process refreshes beside each other. */
const mostRefreshing = 3;
/** What HubSpot has not answered so long after we were told to stop is given up; the work is free for another process at once. */
const hubspotGraceMs = 3_000;

/** Puts the parts together and starts what the role asks for. */
export async function startApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const stops: (() => Promise<void> | void)[] = [];
  const leaving = new AbortController();
  const stop = async () => {
    // HubSpot may keep us waiting for longer than whoever stops us waits.
    setTimeout(() => leaving.abort(), hubspotGraceMs).unref();
    for (const part of stops.splice(0).reverse()) await part();
  };
  try {
    const log = overrides.log ?? createLogger(config.logLevel);
    const now = overrides.now ?? Date.now;
    const metrics = createMetrics();
    const embedded = config.databaseUrl ? null : await startEmbeddedPostgres(config.dataDir, log);
    if (embedded) stops.push(() => embedded.stop());
    const databaseUrl = config.databaseUrl ?? embedded?.url ?? "";
    const { db, close } = openDatabase(databaseUrl, log);
    stops.push(close);
    await migrate(db);
    const refreshing = openDatabase(databaseUrl, log, mostRefreshing);
    stops.push(refreshing.close);
    const cipher = createTokenCipher(config.tokenKeys);
    const tokens = createAccessTokens({
      db,
      refreshDb: refreshing.db,
      cipher,
      refresh: (token) => hubspot.refreshToken(token),
    });
    const hubspot = createHubSpot({
      ...config.hubspot,
      timeoutMs: hubspotTimeoutMs,
      leaving: leaving.signal,
      now,
      log,
      metrics,
      accessToken: tokens.accessToken,
      budget: budgetOf(db),
      timeZone: async (portalId) => (await findPortal(db, portalId))?.timeZone ?? null,
    });
    const queue = await openQueue({ databaseUrl, redisUrl: config.redisUrl, leaseMs: config.leaseMs }, log);
    stops.push(() => queue.close());
    const ctx = { config, db, hubspot, queue, now, log, metrics };
    if (config.role !== "web") {
      const workers = startWorkers(ctx);
      stops.push(() => workers.stop());
    }
    const server = await startHttpServer({ ...ctx, cipher, queueBoard: queue.board });
    stops.push(() => server.stop());
    return { url: server.url, ctx, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function budgetOf(db: Database): HubSpotOptions["budget"] {
  return {
    take: takeInTurn((portalId, kind, n, priority) => takeRequests(db, portalId, kind, n, priority), classes),
    pause: (portalId, kind, ms, why) => pauseRequests(db, portalId, kind, ms, why),
  };
}
