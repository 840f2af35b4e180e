import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { AccountView } from "@touchstone/shared/card-api.ts";
import { appFromProject } from "../../hubspot-stand-in/app-from-project.ts";
import type { Crm } from "../../hubspot-stand-in/crm.ts";
import { type AppProcess, findPort, newTokenKeys, startAppProcess } from "../../hubspot-stand-in/demo/app-process.ts";
import { type AppAsker, createAppAsker } from "../../hubspot-stand-in/demo/ask-app.ts";
import { installApp } from "../../hubspot-stand-in/demo/install-app.ts";
import { waitForScores } from "../../hubspot-stand-in/demo/wait-for-scores.ts";
import { demoPortal } from "../../hubspot-stand-in/seed/demo-portal.ts";
import type { SeedData } from "../../hubspot-stand-in/seed-data.ts";
import { createStandIn, type StandIn } from "../../hubspot-stand-in/stand-in.ts";
import type { Switches } from "../../hubspot-stand-in/switches.ts";
import { cloneTemplate, testAddress } from "./test-database.ts";

export interface WorldOptions {
  readonly queue?: "postgres" | "redis";
  /** "one": a single process does everything; "split": one web process and two workers. */
  readonly topology?: "one" | "split";
  readonly switches?: Partial<Switches>;
  readonly seed?: SeedData;
  readonly env?: Readonly<Record<string, string>>;
}

/** The whole product on real parts: a stand-in portal, the server as processes of its own, a database, a queue. */
export interface World {
  readonly standIn: StandIn;
  readonly portalId: number;
  readonly appUrl: string;
  readonly databaseUrl: string;
  readonly app: AppAsker;
  readonly crm: Crm;
  /** Processes in the order of starting; the first one answers requests. */
  readonly processes: AppProcess[];
  readonly logFile: string;
  install(): Promise<void>;
  view(companyId: string): Promise<AccountView>;
  property(companyId: string, name: string): string | null;
  startProcess(role: "all" | "web" | "worker"): Promise<AppProcess>;
  /** Waits until `check` holds; fails with `what` after half a minute. */
  until(what: string, check: () => Promise<boolean> | boolean): Promise<void>;
  /** Waits until nothing waits anywhere and HubSpot holds every result. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

const credentials = { appId: 7_000_001, clientId: "touchstone-test", clientSecret: "secret-of-the-test-app" };
const root = path.resolve(import.meta.dirname, "..", "..");

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const folder = await mkdtemp(path.join(tmpdir(), "touchstone-world-"));
  const logFile = path.join(folder, "app.log");
  const database = await cloneTemplate();
  const port = await findPort(0);
  const appUrl = `http://127.0.0.1:${port}`;
  const app = await appFromProject(path.join(root, "hubspot-project"), { apiOrigin: appUrl }, credentials);
  // Retries that HubSpot spreads over a day come within seconds here.
  const standIn = await createStandIn({ app, switches: options.switches ?? {}, webhookTiming: { retryScale: 0.01 } });
  const seed = options.seed ?? demoPortal({ nowAt: Date.now(), companies: 40, contacts: 200 });
  standIn.addPortal(seed);
  const { portalId } = seed.portal;
  const env = { DATABASE_URL: database.url, TOKEN_KEYS: newTokenKeys(), ...queueEnv(options), ...options.env };
  const processes: AppProcess[] = [];
  const startProcess = async (role: "all" | "web" | "worker") => {
    const own = role === "worker" ? await findPort(0) : port;
    const started = await startAppProcess({
      port: own,
      standInUrl: standIn.url,
      app,
      logFile,
      env: { ...env, PUBLIC_URL: appUrl, ROLE: role },
    });
    processes.push(started);
    return started;
  };
  if (options.topology === "split") for (const role of ["web", "worker", "worker"] as const) await startProcess(role);
  else await startProcess("all");
  const asker = createAppAsker(standIn, appUrl, portalId);
  const crm = standIn.crm(portalId);
  return {
    standIn,
    portalId,
    appUrl,
    databaseUrl: database.url,
    app: asker,
    crm,
    processes,
    logFile,
    startProcess,
    install: async () => {
      await installApp(appUrl, portalId);
      await waitForScores(asker, 60_000, () => undefined);
    },
    view: async (companyId) => {
      const answer = await standIn.hubspotFetch(
        portalId,
        { userId: 1, email: "a@example.com" },
        { url: `${appUrl}/api/accounts/${companyId}` },
      );
      if (!answer.ok) throw new Error(`the card's request answered ${answer.status}`);
      return (await answer.json()) as AccountView;
    },
    property: (companyId, name) => crm.get("companies", companyId)?.properties[name] ?? null,
    until,
    settled: async () => {
      await standIn.webhooks.settled();
      await waitForScores(asker, 60_000, () => undefined);
    },
    stop: async () => {
      for (const one of processes) await one.stop();
      await standIn.stop();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const queueEnv = ({ queue }: WorldOptions): Record<string, string> =>
  queue === "redis" ? { REDIS_URL: testAddress("TEST_REDIS_URL") } : {};

async function until(what: string, check: () => Promise<boolean> | boolean): Promise<void> {
  const endAt = Date.now() + 30_000;
  while (!(await check())) {
    if (Date.now() > endAt) throw new Error(`not within 30 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
