import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AppDefinition } from "../app-definition.ts";
import type { Clock } from "../clock.ts";
import type { AccessToken, TokenStore } from "../oauth/token-store.ts";
import { isAppObject } from "../object-types.ts";
import type { Portal } from "../portal.ts";
import type { Switches } from "../switches.ts";
import { answerWithFault, type Outcome } from "./answer-with-fault.ts";
import { ApiError, invalidRequest, notFound } from "./api-error.ts";
import type { ApiAnswer, ApiRequest, Caller, PortalRoute, Route } from "./api-route.ts";
import { findToken, requireLiveToken, requireScopes, unauthenticated } from "./authenticate.ts";
import type { Faults } from "./faults.ts";
import { findRoute } from "./find-route.ts";
import type { RateLimits } from "./rate-limits.ts";
import { isObject, readBody } from "./read-body.ts";
import type { RequestLog } from "./request-log.ts";
import { toErrorAnswer, writeOutcome } from "./write-outcome.ts";

/** Answers a request that is its own and says true, or leaves it alone and says false. */
export type MountedHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface ServerParts {
  readonly app: AppDefinition;
  readonly routes: readonly Route[];
  readonly portals: ReadonlyMap<number, Portal>;
  readonly tokens: TokenStore;
  readonly clock: Clock;
  readonly switches: Switches;
  readonly faults: Faults;
  readonly limits: RateLimits;
  readonly requestLog: RequestLog;
  readonly mounts: readonly MountedHandler[];
}

/** Paths of the stand-in's own, which HubSpot does not have: no faults, no log. */
const controlPrefix = "/_stand-in/";

export function createApiServer(parts: ServerParts): Server {
  // Node would answer a long address by itself, with another status.
  return createServer({ maxHeaderSize: 262_144 }, (request, response) => {
    const url = new URL(request.url ?? "/", "http://stand-in");
    if (parts.mounts.some((handler) => handler(request, response))) return;
    void exchange(parts, request, response, url);
  });
}

async function exchange(
  parts: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const startedAt = performance.now();
  const method = request.method ?? "GET";
  const { pathname: path, searchParams: query } = url;
  const { headers } = request;
  const token = findToken(parts.tokens, request.headers.authorization);
  let inputs: readonly string[] | null = null;
  let outcome: Outcome;
  try {
    if ((request.url ?? "").length > parts.switches.longestUrl)
      throw new ApiError(414, { status: "error", message: "URI Too Long" });
    const rawBody = await readBody(request);
    inputs = readInputs(path, rawBody);
    outcome = await answerRequest(parts, { method, path, query, rawBody, headers, params: {} }, token, inputs ?? []);
  } catch (error) {
    outcome = { how: "answer", answer: toErrorAnswer(error) };
  }
  if (!path.startsWith(controlPrefix)) {
    parts.requestLog.add({
      at: parts.clock.now(),
      method,
      path,
      portalId: token?.grant.portalId ?? null,
      status: "answer" in outcome ? outcome.answer.status : 0,
      ms: Math.round(performance.now() - startedAt),
      inputs: inputs?.length ?? null,
    });
  }
  writeOutcome(response, outcome);
}

const noInputs: Caller["failing"] = new Set();

async function answerRequest(
  parts: ServerParts,
  request: ApiRequest,
  token: AccessToken | null,
  inputs: readonly string[],
): Promise<Outcome> {
  const { method, path } = request;
  const found = findRoute(parts.routes, method, path);
  if (!found) throw notFound();
  const { route } = found;
  const matched = { ...request, params: found.params };
  const run = async (failing = noInputs): Promise<ApiAnswer> =>
    route.open ? route.handle(matched) : handlePortalRoute(parts, route, matched, token, failing);
  const isControl = path.startsWith(controlPrefix);
  const portalId = token?.grant.portalId ?? null;
  const fault = isControl ? null : parts.faults.take({ method, path, portalId, inputs });
  if (!fault) return { how: "answer", answer: await run() };
  if (fault.kind === "partialFailure") {
    const answer = await run(fault.failing);
    return { how: "answer", answer: fault.countOnly ? withoutErrors(answer) : answer };
  }
  if (fault.kind === "expireToken") {
    if (token) parts.tokens.expire(token);
    return { how: "answer", answer: await run() };
  }
  const wait = (ms: number) => new Promise<void>((resolve) => void parts.clock.after(ms, resolve));
  return answerWithFault(fault, parts.switches, run, wait);
}

/** 2026-09 declares both `numErrors` and `errors` as optional (hubspot-api.md §0.3). */
function withoutErrors(answer: ApiAnswer): ApiAnswer {
  return typeof answer.body === "object" ? { ...answer, body: { ...answer.body, errors: undefined } } : answer;
}

async function handlePortalRoute(
  parts: ServerParts,
  route: PortalRoute,
  request: ApiRequest,
  found: AccessToken | null,
  failing: Caller["failing"],
): Promise<ApiAnswer> {
  const token = requireLiveToken(found, parts.clock);
  const portal = parts.portals.get(token.grant.portalId);
  if (!portal) throw unauthenticated("INVALID_AUTHENTICATION");
  requireGrantedNames(parts, request.params);
  const headers = parts.limits.take(portal, parts.app.appId, route.limit);
  const { scopes } = token.grant;
  requireScopes(route.scopes(request.params), scopes, parts.switches);
  const answer = await route.handle(request, portal, { appId: parts.app.appId, scopes, failing });
  return { ...answer, headers: { ...headers, ...answer.headers } };
}

/** An app object whose name was not granted is a type like any other that does not exist. */
function requireGrantedNames({ app, switches }: ServerParts, params: ApiRequest["params"]): void {
  for (const given of [params.objectType, params.from, params.to].flatMap((name) => name ?? [])) {
    const type = given.toLowerCase();
    const isGranted = switches.appObjects && app.appObjects?.some(({ name }) => name === type) === true;
    if (isAppObject(type) && !isGranted) throw invalidRequest(`Unable to infer object type from: ${given}`);
  }
}

/** Ids of a batch's inputs, also when the request is refused; null for what is no batch. */
function readInputs(path: string, rawBody: string): readonly string[] | null {
  if (!path.includes("/batch/")) return null;
  try {
    const body: unknown = JSON.parse(rawBody);
    if (!isObject(body) || !Array.isArray(body.inputs)) return null;
    return body.inputs.map((input: unknown) =>
      isObject(input) ? String(input.id ?? input.objectWriteTraceId ?? "") : "",
    );
  } catch {
    // Not JSON, so nothing to read.
    return null;
  }
}
