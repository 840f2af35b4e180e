import type { AppDefinition } from "../app-definition.ts";
import { signV1, signV3 } from "./sign-request.ts";
import type { WebhookEvent } from "./webhook-event.ts";

export interface WebhookTry {
  /** HTTP status, or what went wrong. */
  readonly outcome: number | string;
  readonly ms: number;
}

export interface WebhookPost {
  readonly app: AppDefinition;
  readonly events: readonly WebhookEvent[];
  readonly timestamp: number;
  /** Where the public address is found on this machine. */
  readonly reachedUrl: string;
  readonly signal: AbortSignal;
}

/** One request, signed as HubSpot signs it: v3, and v1 beside it (hubspot-api.md §3.6). */
export async function postWebhook({ app, events, timestamp, reachedUrl, signal }: WebhookPost): Promise<WebhookTry> {
  const startedAt = performance.now();
  const body = JSON.stringify(events);
  const signed = { method: "POST", url: app.webhooks.targetUrl, body };
  const headers = {
    "content-type": "application/json",
    "X-HubSpot-Signature": signV1(app.clientSecret, body),
    "X-HubSpot-Signature-Version": "v1",
    "X-HubSpot-Signature-v3": signV3(app.clientSecret, signed, timestamp),
    "X-HubSpot-Request-Timestamp": String(timestamp),
  };
  const outcome = await fetch(reachedUrl, { method: "POST", headers, body, signal, redirect: "manual" }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.status;
    },
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return { outcome, ms: Math.round(performance.now() - startedAt) };
}
