import { randomBytes } from "node:crypto";
import { asPortalId, type PortalId } from "@touchstone/shared/ids.ts";
import { outputPropertiesFor } from "@touchstone/shared/output-properties.ts";
import { type Config, readConfig } from "../../server/config.ts";
import type { Context } from "../../server/context.ts";
import { pauseRequests, takeRequests } from "../../server/db/budgets.ts";
import { saveMadeProperties } from "../../server/db/made-properties.ts";
import { addStarterModels } from "../../server/db/portal-models.ts";
import { savePortal, setPortalStatus } from "../../server/db/portals.ts";
import { createHubSpot } from "../../server/hubspot/hubspot.ts";
import { createAccessTokens, seal } from "../../server/install/access-tokens.ts";
import { createTokenCipher, type TokenCipher } from "../../server/install/token-cipher.ts";
import { createLogger } from "../../server/logger.ts";
import { createMetrics } from "../../server/metrics.ts";
import type { JobName } from "../../server/queue/jobs.ts";
import { loadTemplate } from "../../server/scoring/load-template.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { type LocalHubSpot, startLocalHubSpot } from "./local-hubspot.ts";

export const clientSecret = "the-client-secret-of-the-tests";
export const appId = 7_000_001;
export const portalId = asPortalId(4_242);
export const publicUrl = "https://touchstone.example.com";

export interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** The parts that features and the HTTP server take, on a database of their own; the queue only writes down what it is told. */
export interface SmallContext extends Context {
  readonly cipher: TokenCipher;
  readonly database: TestDatabase;
  readonly hubspotServer: LocalHubSpot;
  readonly clock: { now: number };
  readonly log: Context["log"];
  readonly lines: LogLine[];
  readonly rawLog: () => string;
  readonly woken: [JobName, PortalId][];
  /** Installs a portal as HubSpot's callback would leave it, with tokens that hold for an hour. */
  install(id?: PortalId, status?: "preparing" | "backfilling" | "ready"): Promise<void>;
  stop(): Promise<void>;
}

export const newKey = (id: string) => ({ id, key: randomBytes(32).toString("base64") });

export async function createSmallContext(): Promise<SmallContext> {
  const database = await createTestDatabase();
  const hubspotServer = await startLocalHubSpot();
  const { db } = database;
  const config = configFor(hubspotServer.url);
  const cipher = createTokenCipher(config.tokenKeys);
  const clock = { now: Date.now() };
  const written: string[] = [];
  const log = createLogger("info", { write: (line) => void written.push(line) });
  const metrics = createMetrics();
  const tokens = createAccessTokens({ db, refreshDb: db, cipher, refresh: (token) => hubspot.refreshToken(token) });
  const hubspot = createHubSpot({
    ...config.hubspot,
    timeoutMs: 2_000,
    now: () => clock.now,
    log,
    metrics,
    accessToken: tokens.accessToken,
    budget: {
      take: (portal, kind, n, priority) => takeRequests(db, portal, kind, n, priority),
      pause: (portal, kind, ms, why) => pauseRequests(db, portal, kind, ms, why),
    },
    timeZone: async () => null,
  });
  const woken: [JobName, PortalId][] = [];
  const queue = {
    wake: async (name: JobName, portal: PortalId) => void woken.push([name, portal]),
    work: () => undefined,
    isReachable: async () => true,
    close: async () => undefined,
  };
  return {
    config,
    cipher,
    database,
    db,
    hubspot,
    hubspotServer,
    queue,
    now: () => clock.now,
    clock,
    log,
    get lines() {
      return written.map((line) => JSON.parse(line) as LogLine);
    },
    rawLog: () => written.join(""),
    metrics,
    woken,
    install: async (id = portalId, status = "ready") => {
      const grant = { accessToken: "access-1", refreshToken: "refresh-1", expiresInMs: 3_600_000 };
      const sealed = seal(cipher, id, { ...grant, portalId: id, userId: 1, scopes: [] });
      await savePortal(db, { portalId: id, hubDomain: null, installedBy: 77, scopes: [], tokens: sealed });
      await addStarterModels(db, id, starterModels());
      const models = starterModels().map((one) => one.document);
      await saveMadeProperties(db, id, "companies", outputPropertiesFor(models, []), []);
      await setPortalStatus(db, id, status);
    },
    stop: async () => {
      await hubspotServer.stop();
      await database.drop();
    },
  };
}

function configFor(hubspotUrl: string): Config {
  const key = newKey("k1");
  return readConfig({
    PORT: "0",
    PUBLIC_URL: publicUrl,
    HUBSPOT_CLIENT_ID: "client-id-of-the-tests",
    HUBSPOT_CLIENT_SECRET: clientSecret,
    HUBSPOT_APP_ID: String(appId),
    HUBSPOT_API_URL: hubspotUrl,
    HUBSPOT_APP_URL: "https://app.hubspot.example",
    TOKEN_KEYS: `${key.id}:${key.key}`,
    SETTLE_MS: "0",
  });
}

function starterModels() {
  return ["playbook-100", "readiness-10"].map((key) => {
    const document = loadTemplate(key);
    if (!document) throw new Error(`the template ${key} is missing`);
    return { key, version: document.version, purpose: document.purpose, document };
  });
}
