import { openDatabase } from "../../../server/db/database.ts";
import { createHubSpot, type HubSpot } from "../../../server/hubspot/hubspot.ts";
import { createAccessTokens } from "../../../server/install/access-tokens.ts";
import { createTokenCipher } from "../../../server/install/token-cipher.ts";
import { createLogger } from "../../../server/logger.ts";
import { createMetrics } from "../../../server/metrics.ts";
import type { Stage } from "./stage.ts";

export interface HubSpotCaller {
  readonly hubspot: HubSpot;
  close(): Promise<void>;
}

/** The product's gateway to HubSpot with a database connection of its own, as one process has it; without a budget. */
export function openCaller(stage: Stage, tokenKeys: string): HubSpotCaller {
  const log = createLogger("silent");
  const { db, close } = openDatabase(stage.databaseUrl, log, 4);
  const [id = "", key = ""] = tokenKeys.split(":");
  const cipher = createTokenCipher([{ id, key }]);
  const tokens = createAccessTokens({ db, refreshDb: db, cipher, refresh: (token) => hubspot.refreshToken(token) });
  const { clientId, clientSecret } = stage.standIn.app;
  const hubspot = createHubSpot({
    apiUrl: stage.standIn.url,
    appUrl: stage.standIn.url,
    clientId,
    clientSecret,
    timeoutMs: 20_000,
    now: Date.now,
    log,
    metrics: createMetrics(),
    accessToken: tokens.accessToken,
    budget: { take: async () => 0, pause: async () => undefined },
    timeZone: async () => null,
  });
  return { hubspot, close };
}
