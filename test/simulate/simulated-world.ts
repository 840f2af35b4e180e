import path from "node:path";
import { asPortalId, type PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { appFromProject } from "../../hubspot-stand-in/app-from-project.ts";
import type { Crm } from "../../hubspot-stand-in/crm.ts";
import { findPort, newTokenKeys } from "../../hubspot-stand-in/demo/app-process.ts";
import { installApp } from "../../hubspot-stand-in/demo/install-app.ts";
import type { ObjectType, SeedData } from "../../hubspot-stand-in/seed-data.ts";
import { createStandIn, type StandIn } from "../../hubspot-stand-in/stand-in.ts";
import { startApp } from "../../server/app.ts";
import { readConfig } from "../../server/config.ts";
import type { Context } from "../../server/context.ts";
import { createLogger } from "../../server/logger.ts";
import type { PlantedFault } from "./planted-faults.ts";
import { createSteppedDatabase } from "./stepped-database.ts";
import { doWork } from "./work-in-order.ts";

/**
 * The whole product in this process, beside the stand-in and a PostgreSQL, all on one clock that only the simulation moves. Jobs and
 * schedules are the product's own; they are done one after the other, so that the same seed gives the same states.
 */
export interface SimulatedWorld {
  readonly portalId: PortalId;
  readonly db: Context["db"];
  readonly crm: Crm;
  readonly standIn: StandIn;
  /** HubSpot's records as they are, in order of id. */
  companies(): readonly RawRecord[];
  people(): readonly RawRecord[];
  /** Tasks that were made since the start; the portal brought its own. */
  ownTasks(): readonly RawRecord[];
  now(): number;
  /** Moves all clocks on; what became due is done by `work`. */
  step(ms: number): Promise<void>;
  /** Delivers what HubSpot has to say and does all there is to do now. */
  work(): Promise<void>;
  /** From now on the product has this fault. */
  plant(fault: PlantedFault): Promise<void>;
  /** A signed request, as a card or page of HubSpot makes it. */
  ask(path: string, method?: "GET" | "POST", body?: object): Promise<Response>;
  stop(): Promise<void>;
}

interface RawRecord {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
}

const credentials = { appId: 7_000_001, clientId: "touchstone-test", clientSecret: "secret-of-the-test-app" };
const project = path.resolve(import.meta.dirname, "..", "..", "hubspot-project");
/** What is asked here is what the answers are, not how soon a busy machine gives them. */
const timeoutMs = 120_000;
/** Six hours: a poll every quarter of an hour would find nothing in most steps. */
const counterPollMs = 21_600_000;

export async function startSimulatedWorld(serverUrl: string, seed: SeedData, startAt: number): Promise<SimulatedWorld> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const part of stops.splice(0).reverse()) await part();
  };
  try {
    return { ...(await buildWorld(serverUrl, seed, startAt, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function buildWorld(
  serverUrl: string,
  seed: SeedData,
  startAt: number,
  stops: (() => Promise<void>)[],
): Promise<Omit<SimulatedWorld, "stop">> {
  let businessAt = startAt;
  let restedMs = 0;
  const now = () => businessAt;
  const database = await createSteppedDatabase(serverUrl);
  stops.push(database.drop);
  await database.setClock(startAt);
  const port = await findPort(0);
  const url = `http://127.0.0.1:${port}`;
  const definition = await appFromProject(project, { apiOrigin: url, publishActions: true }, credentials);
  const standIn = await createStandIn({ app: definition, now, webhookTiming: { collectMs: 0, retryScale: 0.001 } });
  stops.push(() => standIn.stop());
  standIn.addPortal(seed);
  const config = readConfig({
    PORT: String(port),
    PUBLIC_URL: url,
    ROLE: "web",
    DATABASE_URL: database.url,
    HUBSPOT_CLIENT_ID: credentials.clientId,
    HUBSPOT_CLIENT_SECRET: credentials.clientSecret,
    HUBSPOT_APP_ID: String(credentials.appId),
    HUBSPOT_API_URL: standIn.url,
    HUBSPOT_APP_URL: standIn.url,
    TOKEN_KEYS: newTokenKeys(),
    SETTLE_MS: "0",
    COUNTER_POLL_MS: String(counterPollMs),
  });
  const log = createLogger("silent");
  const server = await startApp(config, { now, log });
  stops.push(() => server.stop());
  let { ctx } = server;
  const portalId = asPortalId(seed.portal.portalId);
  // HubSpot's limits count seconds and leases minutes: between two jobs of one hour some of them pass for both sides.
  const rest = async (ms: number) => {
    restedMs += ms;
    standIn.clock.step(ms);
    await database.setClock(businessAt + restedMs);
  };
  // Who connects the app is the one who may change its settings.
  const user = { userId: seed.owners[0]?.userId ?? 1, email: "a@example.com" };
  const records = (type: ObjectType) => [...(standIn.portals.get(portalId)?.records.inOrder(type) ?? [])];
  await installApp(url, portalId);
  return {
    portalId,
    db: ctx.db,
    crm: standIn.crm(portalId),
    standIn,
    companies: () => records("companies"),
    people: () => records("contacts"),
    ownTasks: () => records("tasks").filter(({ createdAt }) => createdAt > startAt),
    now,
    step: async (ms) => {
      standIn.clock.step(-restedMs);
      restedMs = 0;
      businessAt += ms;
      await database.setClock(businessAt);
    },
    work: async () => {
      await standIn.webhooks.settled();
      await doWork(ctx, portalId, rest);
    },
    plant: async (fault) => {
      ctx = fault.change?.(ctx) ?? ctx;
      if (fault.sql) await sql.raw(fault.sql).execute(ctx.db);
    },
    ask: (to, method = "GET", body) =>
      standIn.hubspotFetch(portalId, user, { url: `${url}${to}`, method, timeoutMs, ...(body && { body }) }),
  };
}
