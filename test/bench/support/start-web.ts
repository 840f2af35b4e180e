import { createHmac, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { findPort, startAppProcess } from "../../../hubspot-stand-in/demo/app-process.ts";

export const secret = "the-client-secret-of-the-bench";
export const publicUrl = "https://touchstone.example.com";
/** Who connected the app, where it matters. */
export const userId = "77";

export interface Web {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** The real server with the role web, as a process of its own. */
export async function startWeb(databaseUrl: string): Promise<Web> {
  const folder = await mkdtemp(path.join(tmpdir(), "touchstone-web-"));
  const app = { appId: 7_000_001, clientId: "touchstone-bench", clientSecret: secret };
  const started = await startAppProcess({
    port: await findPort(0),
    standInUrl: "http://127.0.0.1:9",
    app,
    logFile: path.join(folder, "app.log"),
    env: {
      ROLE: "web",
      DATABASE_URL: databaseUrl,
      PUBLIC_URL: publicUrl,
      LOG_LEVEL: "warn",
      TOKEN_KEYS: `k1:${randomBytes(32).toString("base64")}`,
    },
  });
  return {
    url: started.url,
    pid: started.pid,
    stop: async () => {
      await started.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Asks as a card does. Throws unless it is answered well. */
export async function askSigned(
  web: Pick<Web, "url">,
  portalId: number,
  path: string,
): Promise<{ ms: number; text: string }> {
  const full = `${path}?portalId=${portalId}&userId=${userId}&userEmail=rep%40example.com`;
  const timestamp = String(Date.now());
  // HubSpot signs the address with its query decoded (hubspot-api.md §3.6).
  const signed = `GET${publicUrl}${full.replaceAll("%40", "@")}${timestamp}`;
  const signature = createHmac("sha256", secret).update(signed).digest("base64");
  const headers = { "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": timestamp };
  const startedAt = performance.now();
  const answer = await fetch(`${web.url}${full}`, { headers });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`GET ${path} was answered ${answer.status} ${text}`);
  return { ms: performance.now() - startedAt, text };
}
