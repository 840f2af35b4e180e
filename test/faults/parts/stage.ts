import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Redis } from "ioredis";
import { appFromProject } from "../../../hubspot-stand-in/app-from-project.ts";
import { newTokenKeys, startAppProcess } from "../../../hubspot-stand-in/demo/app-process.ts";
import { createStandIn, type StandIn } from "../../../hubspot-stand-in/stand-in.ts";
import type { Switches } from "../../../hubspot-stand-in/switches.ts";
import { type PortalAtWork, portalAtWork } from "../../support/portal-at-work.ts";
import { cloneTemplate } from "../../support/test-database.ts";
import type { Backend } from "../size.ts";
import { type Crew, type Launch, startCrew } from "./crew.ts";
import type { Ground } from "./ground.ts";
import { takePort } from "./take-port.ts";

export interface StageOptions {
  readonly backend: Backend;
  readonly ground: Ground;
  /** Another program than this tree's server; null: this tree's. */
  readonly main: string | null;
  readonly switches?: Partial<Switches>;
  readonly env?: Readonly<Record<string, string>>;
  /** How long HubSpot waits before each further try of a webhook. */
  readonly gapsMs?: readonly number[];
}

/** The whole product on real parts, in processes that can be taken away one by one. */
export interface Stage {
  readonly backend: Backend;
  readonly standIn: StandIn;
  readonly appUrl: string;
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  readonly crew: Crew;
  /** What the processes say. */
  readonly logFile: string;
  /** For one more process beside the crew's. */
  readonly launch: Launch;
  /** Keeps what the processes said, for a trial that failed; returns where. */
  keepLog(label: string): Promise<string>;
  /** What HubSpot sends to the product goes through here; null: straight on again. */
  detour(url: string | null): void;
  portal(portalId: number): PortalAtWork;
  close(): Promise<void>;
}

/** After this, what a dead process had taken is taken over. */
export const leaseMs = 2_000;

const credentials = { appId: 7_000_001, clientId: "touchstone-test", clientSecret: "secret-of-the-test-app" };
const root = path.resolve(import.meta.dirname, "..", "..", "..");
const ownMain = path.join(root, "server", "main.ts");
/**
 * HubSpot tries for 24 h; here that is for as long as a trial takes: a web server that is killed again and again must not be
 * taken for one that is away for a day.
 */
export const patientGapsMs = [30, 100, 300, ...Array<number>(600).fill(1_000)];

export const nameOf = (port: number): string => `touchstone-${port}`;

export async function openStage(options: StageOptions): Promise<Stage> {
  const stops: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const part of stops.splice(0).reverse()) await part();
  };
  try {
    return { ...(await build(options, stops)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(options: StageOptions, stops: (() => Promise<unknown>)[]): Promise<Omit<Stage, "close">> {
  const folder = await mkdtemp(path.join(tmpdir(), "touchstone-stage-"));
  stops.push(() => rm(folder, { recursive: true, force: true }));
  const database = await cloneTemplate();
  stops.push(() => database.drop());
  const port = await takePort();
  const appUrl = `http://127.0.0.1:${port}`;
  const app = await appFromProject(
    path.join(root, "hubspot-project"),
    { apiOrigin: appUrl, publishActions: true },
    credentials,
  );
  const reach: Record<string, string> = {};
  const webhookTiming = { collectMs: 20, retryScale: 1, gapsMs: options.gapsMs ?? patientGapsMs };
  const standIn = await createStandIn({ app, switches: options.switches ?? {}, webhookTiming, reach });
  stops.push(() => standIn.stop());
  const redisUrl = options.backend === "redis" ? options.ground.redis.url : null;
  if (redisUrl) await emptyRedis(redisUrl);
  const logFile = path.join(folder, "app.log");
  const env = {
    DATABASE_URL: database.url,
    TOKEN_KEYS: newTokenKeys(),
    NODE_COMPILE_CACHE: options.ground.programs.compiled,
    SETTLE_MS: "200",
    LEASE_MS: String(leaseMs),
    ...(redisUrl && { REDIS_URL: redisUrl }),
    ...options.env,
  };
  const main = await options.ground.programs.of(options.main ?? ownMain);
  const launch: Launch = (role, own, hubspotUrl) =>
    startAppProcess({
      main,
      port: own,
      standInUrl: hubspotUrl,
      app,
      logFile,
      // Its name in the database: there a process can be told from another by the port that it listens on.
      env: { ...env, ROLE: role, PUBLIC_URL: appUrl, PGAPPNAME: nameOf(own) },
    });
  const crew = await startCrew(launch, port, standIn.url);
  stops.push(() => crew.stop());
  return {
    backend: options.backend,
    standIn,
    appUrl,
    databaseUrl: database.url,
    redisUrl,
    crew,
    logFile,
    launch,
    keepLog: async (label) => {
      const kept = path.join(root, "test-results", "faults", `${label}.log`);
      await mkdir(path.dirname(kept), { recursive: true });
      await copyFile(logFile, kept);
      await copyFile(options.ground.postgres.logFile, kept.replace(/\.log$/, ".postgres.log"));
      return kept;
    },
    detour: (url) => {
      if (url === null) delete reach[appUrl];
      else reach[appUrl] = url;
    },
    portal: (portalId) => portalAtWork(standIn, appUrl, portalId),
  };
}

async function emptyRedis(url: string): Promise<void> {
  const redis = new Redis(url);
  await redis.flushall();
  redis.disconnect();
}
