import { createHmac } from "node:crypto";
import { request } from "node:http";
import { appId, clientSecret, portalId, publicUrl } from "./small-context.ts";

export interface Signing {
  readonly secret?: string;
  readonly at?: number;
  /** What is signed, where it differs from what is sent. */
  readonly method?: string;
  readonly url?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Sends a request as HubSpot would, signed for the public address, to the server under test. */
export function sendSigned(
  serverUrl: string,
  sent: { method: string; path: string; body?: string },
  signing: Signing = {},
): Promise<Answer> {
  const timestamp = String(signing.at ?? Date.now());
  const url = signing.url ?? `${publicUrl}${sent.path}`;
  const signature = createHmac("sha256", signing.secret ?? clientSecret)
    .update(`${signing.method ?? sent.method}${url}${signing.body ?? sent.body ?? ""}${timestamp}`)
    .digest("base64");
  const headers = {
    "content-type": "application/json",
    "x-hubspot-signature-v3": signature,
    "x-hubspot-request-timestamp": timestamp,
    ...signing.headers,
  };
  return send(serverUrl, { ...sent, headers });
}

/** node:http and not fetch, because fetch tidies paths before it sends them. */
export function send(
  serverUrl: string,
  sent: { method: string; path: string; body?: string; headers?: Readonly<Record<string, string>> },
): Promise<Answer> {
  const { hostname, port } = new URL(serverUrl);
  return new Promise((resolve, reject) => {
    const req = request(
      { hostname, port, method: sent.method, path: sent.path, headers: { ...sent.headers }, agent: false },
      (res) => {
        const chunks: Buffer[] = [];
        res.on("data", (chunk: Buffer) => void chunks.push(chunk));
        res.on("end", () =>
          resolve({ status: res.statusCode ?? 0, text: Buffer.concat(chunks).toString(), headers: res.headers }),
        );
      },
    );
    req.on("error", reject);
    req.end(sent.body);
  });
}

/** The query that HubSpot's proxy appends to a card's request. */
export const cardQuery = (more: Readonly<Record<string, string>> = {}) =>
  new URLSearchParams({
    portalId: String(portalId),
    userId: "77",
    userEmail: "rep@example.com",
    appId: String(appId),
    ...more,
  }).toString();
