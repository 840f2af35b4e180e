import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Redis } from "ioredis";
import { appFromProject } from "../../hubspot-stand-in/app-from-project.ts";
import { type AppProcess, findPort, newTokenKeys, startAppProcess } from "../../hubspot-stand-in/demo/app-process.ts";
import type { PortalSettings } from "../../hubspot-stand-in/portal.ts";
import { demoPortal } from "../../hubspot-stand-in/seed/demo-portal.ts";
import type { SeedData } from "../../hubspot-stand-in/seed-data.ts";
import { createStandIn, type StandIn } from "../../hubspot-stand-in/stand-in.ts";
import type { Switches } from "../../hubspot-stand-in/switches.ts";
import { type Balancer, startBalancer } from "./balancer.ts";
import { type PortalAtWork, portalAtWork } from "./portal-at-work.ts";
import { cloneTemplate, testAddress } from "./test-database.ts";
import { withAppObjects } from "./with-app-objects.ts";

const topologies = {
  one: ["all"],
  split: ["web", "worker", "worker"],
  balanced: ["web", "web", "worker", "worker"],
} as const;

export type Role = "all" | "web" | "worker";

export interface WorldOptions {
  readonly queue?: "postgres" | "redis";
  /** "one": a single process does everything; "split": one web process and two workers; "balanced": two of each. */
  readonly topology?: keyof typeof topologies;
  readonly switches?: Partial<Switches>;
  readonly seed?: SeedData;
  readonly settings?: Partial<PortalSettings>;
  readonly env?: Readonly<Record<string, string>>;
}

/** The whole product on real parts: a stand-in portal, the server as processes of its own, a database, a queue. */
export interface World extends PortalAtWork {
  readonly standIn: StandIn;
  readonly appUrl: string;
  readonly databaseUrl: string;
  /** Null when the queue lives in PostgreSQL; else the address of a Redis database of this world alone. */
  readonly redisUrl: string | null;
  /** What stands before the web processes when there are two. */
  readonly balancer: Balancer | null;
  /** Processes in the order of starting, the ended ones too; in "split" web, worker, worker. */
  readonly processes: AppProcess[];
  readonly logFile: string;
  startProcess(role: Role): Promise<AppProcess>;
  /** A second tenant of the same server. */
  addPortal(seed: SeedData): PortalAtWork;
  /** Waits until `check` holds; fails with `what` after half a minute. */
  until(what: string, check: () => Promise<boolean> | boolean): Promise<void>;
  stop(): Promise<void>;
}

const credentials = { appId: 7_000_001, clientId: "touchstone-test", clientSecret: "secret-of-the-test-app" };
const root = path.resolve(import.meta.dirname, "..", "..");
/** TEST_APP_OBJECTS=true plays every journey in portals that have the app's own objects. */
const isWithObjects = process.env.TEST_APP_OBJECTS === "true";
const withObjects: Readonly<Record<string, string>> = isWithObjects ? { APP_OBJECTS_APPROVED: "true" } : {};

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const part of stops.splice(0).reverse()) await part();
  };
  try {
    return { ...(await buildWorld(options, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function buildWorld(options: WorldOptions, stops: (() => Promise<unknown>)[]): Promise<Omit<World, "stop">> {
  const folder = await mkdtemp(path.join(tmpdir(), "touchstone-world-"));
  stops.push(() => rm(folder, { recursive: true, force: true }));
  const logFile = path.join(folder, "app.log");
  const database = await cloneTemplate();
  stops.push(() => database.drop());
  const port = await findPort(0);
  const appUrl = `http://127.0.0.1:${port}`;
  const project = await appFromProject(
    path.join(root, "hubspot-project"),
    { apiOrigin: appUrl, publishActions: true },
    credentials,
  );
  const settings = { ...withObjects, ...options.env };
  const app = settings.APP_OBJECTS_APPROVED === "true" ? withAppObjects(project) : project;
  const switches = { ...(isWithObjects && { appObjects: true }), ...options.switches };
  // Retries that HubSpot spreads over a day come within seconds here.
  const standIn = await createStandIn({ app, switches, webhookTiming: { retryScale: 0.01 } });
  stops.push(() => standIn.stop());
  const seed = options.seed ?? demoPortal({ nowAt: Date.now(), companies: 40, contacts: 200 });
  standIn.addPortal(seed, options.settings);
  const compiled = process.env.TEST_COMPILE_CACHE;
  const redisUrl = options.queue === "redis" ? await emptyRedis() : null;
  const env = {
    DATABASE_URL: database.url,
    TOKEN_KEYS: newTokenKeys(),
    PUBLIC_URL: appUrl,
    ...(redisUrl && { REDIS_URL: redisUrl }),
    ...(compiled && { NODE_COMPILE_CACHE: compiled }),
    ...settings,
  };
  const balancer = options.topology === "balanced" ? await startBalancer(port) : null;
  stops.push(async () => balancer?.stop());
  const processes: AppProcess[] = [];
  const startProcess = async (role: Role) => {
    const own = role === "worker" || balancer ? await findPort(0) : port;
    const started = await startAppProcess({
      port: own,
      standInUrl: standIn.url,
      app,
      logFile,
      env: { ...env, ROLE: role },
    });
    processes.push(started);
    if (role === "web") await balancer?.add(started.url);
    stops.push(() => started.stop());
    return started;
  };
  for (const role of topologies[options.topology ?? "one"]) await startProcess(role);
  return {
    ...portalAtWork(standIn, appUrl, seed.portal.portalId),
    standIn,
    appUrl,
    databaseUrl: database.url,
    redisUrl,
    balancer,
    processes,
    logFile,
    startProcess,
    until,
    addPortal: (more) => {
      standIn.addPortal(more);
      return portalAtWork(standIn, appUrl, more.portal.portalId);
    },
  };
}

/** Test files that run beside each other, and worlds that follow each other, must not work off each other's jobs. */
async function emptyRedis(): Promise<string> {
  const url = `${testAddress("TEST_REDIS_URL")}/${Number(process.env.JEST_WORKER_ID ?? 1) % 16}`;
  const redis = new Redis(url);
  await redis.flushdb();
  redis.disconnect();
  return url;
}

async function until(what: string, check: () => Promise<boolean> | boolean): Promise<void> {
  const endAt = Date.now() + 30_000;
  while (!(await check())) {
    if (Date.now() > endAt) throw new Error(`not within 30 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
