import path from "node:path";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { appFromProject } from "../../hubspot-stand-in/app-from-project.ts";
import { findPort, newTokenKeys } from "../../hubspot-stand-in/demo/app-process.ts";
import type { SeedData } from "../../hubspot-stand-in/seed-data.ts";
import { createStandIn, type StandIn } from "../../hubspot-stand-in/stand-in.ts";
import type { Switches } from "../../hubspot-stand-in/switches.ts";
import { type App, startApp } from "../../server/app.ts";
import { readConfig } from "../../server/config.ts";
import { createLogger } from "../../server/logger.ts";
import type { JobName } from "../../server/queue/jobs.ts";
import { type PortalAtWork, portalAtWork } from "./portal-at-work.ts";
import { cloneTemplate } from "./test-database.ts";
import { withAppObjects } from "./with-app-objects.ts";

/** The whole product in this process, with the stand-in on the same clock: it runs, and the test steps it forward. */
export interface ClockedWorld extends PortalAtWork {
  readonly standIn: StandIn;
  readonly app: PortalAtWork["app"];
  readonly server: App;
  readonly databaseUrl: string;
  now(): number;
  step(ms: number): void;
  /** Does the job now, and not when its schedule says so. */
  wake(job: JobName): Promise<void>;
  until(what: string, check: () => Promise<boolean> | boolean): Promise<void>;
  stop(): Promise<void>;
}

const credentials = { appId: 7_000_001, clientId: "touchstone-test", clientSecret: "secret-of-the-test-app" };
const project = path.resolve(import.meta.dirname, "..", "..", "hubspot-project");

export interface ClockedWorldOptions {
  readonly switches?: Partial<Switches>;
  /** How long HubSpot's search lags behind writes; default not at all. */
  readonly searchLagMs?: number;
  /** Both the upload and the server have the app objects. */
  readonly appObjects?: boolean;
}

export async function startClockedWorld(
  seed: SeedData,
  startAt: number,
  { switches = {}, searchLagMs = 0, appObjects = false }: ClockedWorldOptions = {},
): Promise<ClockedWorld> {
  let aheadMs = startAt - Date.now();
  const now = () => Date.now() + aheadMs;
  const database = await cloneTemplate();
  const port = await findPort(0);
  const appUrl = `http://127.0.0.1:${port}`;
  const definition = await appFromProject(project, { apiOrigin: appUrl, publishActions: true }, credentials);
  const app = appObjects ? withAppObjects(definition) : definition;
  const standIn = await createStandIn({ app, now, switches, searchLagMs, webhookTiming: { retryScale: 0.01 } });
  standIn.addPortal(seed);
  const config = readConfig({
    PORT: String(port),
    PUBLIC_URL: appUrl,
    DATABASE_URL: database.url,
    HUBSPOT_CLIENT_ID: credentials.clientId,
    HUBSPOT_CLIENT_SECRET: credentials.clientSecret,
    HUBSPOT_APP_ID: String(credentials.appId),
    HUBSPOT_API_URL: standIn.url,
    HUBSPOT_APP_URL: standIn.url,
    TOKEN_KEYS: newTokenKeys(),
    APP_OBJECTS_APPROVED: String(appObjects),
  });
  const server = await startApp(config, { now, log: createLogger("silent") });
  const portal = portalAtWork(standIn, appUrl, seed.portal.portalId);
  return {
    ...portal,
    standIn,
    server,
    databaseUrl: database.url,
    now,
    step: (ms) => {
      aheadMs += ms;
    },
    wake: (job) => server.ctx.queue.wake(job, asPortalId(seed.portal.portalId)),
    until,
    stop: async () => {
      await server.stop();
      await standIn.stop();
      await database.drop();
    },
  };
}

async function until(what: string, check: () => Promise<boolean> | boolean): Promise<void> {
  const endAt = Date.now() + 30_000;
  while (!(await check())) {
    if (Date.now() > endAt) throw new Error(`not within 30 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
