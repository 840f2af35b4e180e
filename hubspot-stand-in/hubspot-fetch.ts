import type { AppDefinition } from "./app-definition.ts";
import type { Clock } from "./clock.ts";
import { signV2, signV3 } from "./webhooks/sign-request.ts";

/** What a card hands to `hubspot.fetch` (hubspot-project.md §3.4). */
export interface CardRequest {
  readonly url: string;
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly body?: object;
  readonly timeoutMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

interface CardUser {
  readonly userId: number;
  readonly email: string;
}

export type HubSpotFetch = (portalId: number, user: CardUser, request: CardRequest) => Promise<Response>;

export interface HubSpotFetchParts {
  readonly app: AppDefinition;
  readonly clock: Clock;
  reach(url: string): string;
}

/** hubspot-project.md §3.4 */
const mostConcurrent = 20;
const largestBytes = 1_000_000;
const defaultTimeoutMs = 15_000;
const longestTimeoutMs = 120_000;

/** HubSpot's proxy between a card and the app's server: permits, signs, limits, and tries once more. */
export function createHubSpotFetch({ app, clock, reach }: HubSpotFetchParts): HubSpotFetch {
  const inFlight = new Map<number, number>();
  return async (portalId, user, request) => {
    const refusal = refuse(app, request);
    if (refusal) return refusal;
    const running = inFlight.get(portalId) ?? 0;
    if (running >= mostConcurrent) return answer(429, "RATE_LIMIT", "Too many concurrent requests");
    inFlight.set(portalId, running + 1);
    try {
      const send = () => sendSigned(request, { app, portalId, user, timestamp: clock.unsteppedNow(), reach });
      const first = await send();
      // One more try after a broken connection or a 5xx: this is why a card's POST must be idempotent.
      const last =
        first.kind === "broken" || (first.kind === "answered" && first.response.status >= 500) ? await send() : first;
      return await toCardResponse(last);
    } finally {
      inFlight.set(portalId, (inFlight.get(portalId) ?? 1) - 1);
    }
  };
}

function refuse(app: AppDefinition, request: CardRequest): Response | null {
  const permitted = (app.permittedUrls ?? []).some((prefix) => isUnder(prefix, request.url));
  if (!permitted) return answer(400, "VALIDATION_ERROR", `${request.url} is not in permittedUrls.fetch`);
  const foreign = Object.keys(request.headers ?? {}).find((name) => name.toLowerCase() !== "authorization");
  if (foreign) return answer(400, "VALIDATION_ERROR", `Header ${foreign} is not allowed`);
  const body = request.body === undefined ? "" : JSON.stringify(request.body);
  if (Buffer.byteLength(body) > largestBytes) return answer(413, "VALIDATION_ERROR", "The request is larger than 1 MB");
  return null;
}

/** Same origin, and the path begins with the permitted one at a segment's end. */
function isUnder(prefix: string, url: string): boolean {
  if (!URL.canParse(prefix) || !URL.canParse(url)) return false;
  const [allowed, wanted] = [new URL(prefix), new URL(url)];
  const root = allowed.pathname.endsWith("/") ? allowed.pathname : `${allowed.pathname}/`;
  return allowed.origin === wanted.origin && (wanted.pathname === allowed.pathname || wanted.pathname.startsWith(root));
}

type Sent =
  | { readonly kind: "answered"; readonly response: Response }
  | { readonly kind: "broken" }
  | { readonly kind: "late" };

interface Signing {
  readonly app: AppDefinition;
  readonly portalId: number;
  readonly user: CardUser;
  readonly timestamp: number;
  reach(url: string): string;
}

async function sendSigned(request: CardRequest, { app, portalId, user, timestamp, reach }: Signing): Promise<Sent> {
  const method = request.method ?? "GET";
  const body = request.body === undefined ? "" : JSON.stringify(request.body);
  const url = new URL(request.url);
  const metadata = { userId: user.userId, portalId, userEmail: user.email, appId: app.appId };
  for (const [name, value] of Object.entries(metadata)) url.searchParams.set(name, String(value));
  const signed = { method, url: url.href, body };
  const headers = {
    ...request.headers,
    "X-HubSpot-Signature": signV2(app.clientSecret, signed),
    "X-HubSpot-Signature-Version": "v2",
    "X-HubSpot-Signature-v3": signV3(app.clientSecret, signed, timestamp),
    "X-HubSpot-Request-Timestamp": String(timestamp),
    ...(body && { "content-type": "application/json" }),
  };
  const timeoutMs = Math.min(request.timeoutMs ?? defaultTimeoutMs, longestTimeoutMs);
  const signal = AbortSignal.timeout(timeoutMs);
  return fetch(reach(url.href), { method, headers, signal, ...(body && { body }) }).then(
    (response): Sent => ({ kind: "answered", response }),
    (): Sent => ({ kind: signal.aborted ? "late" : "broken" }),
  );
}

async function toCardResponse(sent: Sent): Promise<Response> {
  if (sent.kind === "late") return answer(504, "TIMEOUT", "The app's server did not answer in time");
  if (sent.kind === "broken") return answer(502, "CONNECTION_FAILED", "The app's server could not be reached");
  const bytes = await sent.response.arrayBuffer();
  if (bytes.byteLength > largestBytes) return answer(502, "RESPONSE_TOO_LARGE", "The answer is larger than 1 MB");
  const { status } = sent.response;
  const hasBody = status !== 204 && status !== 304;
  // A card sees the status and the body; headers do not come through.
  return new Response(hasBody ? bytes : null, { status, headers: { "content-type": "application/json" } });
}

function answer(status: number, category: string, message: string): Response {
  return Response.json({ status: "error", category, message }, { status });
}
