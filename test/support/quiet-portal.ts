import path from "node:path";
import { asPortalId, type PortalId } from "@touchstone/shared/ids.ts";
import { appFromProject } from "../../hubspot-stand-in/app-from-project.ts";
import type { Crm } from "../../hubspot-stand-in/crm.ts";
import { findPort, newTokenKeys } from "../../hubspot-stand-in/demo/app-process.ts";
import { installApp } from "../../hubspot-stand-in/demo/install-app.ts";
import type { PortalSettings } from "../../hubspot-stand-in/portal.ts";
import type { SeedData } from "../../hubspot-stand-in/seed-data.ts";
import { createStandIn, type StandIn } from "../../hubspot-stand-in/stand-in.ts";
import { rescoreBatch } from "../../server/accounts/rescore-batch.ts";
import { startApp } from "../../server/app.ts";
import { readConfig } from "../../server/config.ts";
import type { Context } from "../../server/context.ts";
import { countDirty } from "../../server/db/dirty-accounts.ts";
import { findPortal } from "../../server/db/portals.ts";
import { nextReconcile } from "../../server/db/reconciles.ts";
import { countStale } from "../../server/db/stale-records.ts";
import { HubSpotRateLimited } from "../../server/hubspot/hubspot-errors.ts";
import { preparePortal } from "../../server/install/prepare-portal.ts";
import { backfillPortal } from "../../server/intake/backfill-portal.ts";
import { reconcilePortal } from "../../server/intake/reconcile/reconcile-portal.ts";
import { refreshRecords } from "../../server/intake/refresh-records.ts";
import { cloneTemplate } from "./test-database.ts";

/** A portal of the stand-in and the server without workers, in one process: a test does the jobs itself, one by one. */
export interface QuietPortal {
  readonly portalId: PortalId;
  readonly ctx: Context;
  readonly standIn: StandIn;
  readonly crm: Crm;
  readonly databaseUrl: string;
  /** The business clock of the jobs; runs on from here. */
  readonly clock: { aheadMs: number };
  /** Does what waits: records to read, accounts to score, results to write. */
  work(): Promise<void>;
  /** Goes on with the comparison with HubSpot to its end, and leaves what it found undone. */
  compare(): Promise<void>;
  /** Goes on with the comparisons that were begun, until none is left. */
  reconcile(): Promise<void>;
  stop(): Promise<void>;
}

const credentials = { appId: 7_000_001, clientId: "touchstone-test", clientSecret: "secret-of-the-test-app" };
const root = path.resolve(import.meta.dirname, "..", "..");

export async function createQuietPortal(seed: SeedData, settings: Partial<PortalSettings> = {}): Promise<QuietPortal> {
  const database = await cloneTemplate();
  const port = await findPort(0);
  const url = `http://127.0.0.1:${port}`;
  const app = await appFromProject(
    path.join(root, "hubspot-project"),
    { apiOrigin: url, publishActions: true },
    credentials,
  );
  const standIn = await createStandIn({ app });
  standIn.addPortal(seed, settings);
  const clock = { aheadMs: 0 };
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
    LOG_LEVEL: "silent",
    SETTLE_MS: "0",
  });
  const server = await startApp(config, { now: () => Date.now() + clock.aheadMs });
  const { ctx } = server;
  const portalId = asPortalId(seed.portal.portalId);
  const work = () => doWork(ctx, portalId);
  const compare = async () => {
    while (await nextReconcile(ctx.db, portalId)) await patiently(() => reconcilePortal(ctx, portalId));
  };
  await installApp(url, portalId);
  // What is lost here is lost on purpose.
  standIn.webhooks.mute(portalId);
  await work();
  return {
    portalId,
    ctx,
    standIn,
    crm: standIn.crm(portalId),
    databaseUrl: database.url,
    clock,
    work,
    compare,
    reconcile: async () => {
      await compare();
      await work();
    },
    stop: async () => {
      await server.stop();
      await standIn.stop();
      await database.drop();
    },
  };
}

async function doWork(ctx: Context, portalId: PortalId): Promise<void> {
  await patiently(() => preparePortal(ctx, portalId));
  while ((await findPortal(ctx.db, portalId))?.status === "backfilling")
    await patiently(() => backfillPortal(ctx, portalId));
  do {
    await patiently(() => refreshRecords(ctx, portalId));
    await patiently(() => rescoreBatch(ctx, portalId));
  } while ((await countStale(ctx.db, portalId)) + (await countDirty(ctx.db, portalId)) > 0);
}

/** A job that has to wait for HubSpot's limit is begun again later, as the schedule would. */
async function patiently(job: () => Promise<void>): Promise<void> {
  try {
    await job();
  } catch (error) {
    if (!(error instanceof HubSpotRateLimited)) throw error;
    await new Promise((resolve) => setTimeout(resolve, Math.min(error.waitMs, 2_000)));
  }
}
