import { afterAll, beforeEach } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import nock from "nock";
import { createHubSpot } from "../../../server/hubspot/hubspot.ts";
import type { HubSpotOptions, SentRequest } from "../../../server/hubspot/hubspot-options.ts";
import { createLogger } from "../../../server/logger.ts";

export const portalId = asPortalId(7001);
export const apiUrl = "https://api.hubapi.test";
/** 2026-11-22 13:00 UTC. */
export const startedAt = Date.UTC(2026, 10, 22, 13);

/** The gateway with a clock that only sleeping moves, no jitter, and a record of all that it asked of its surroundings. */
export function hubSpotUnderTest(overrides: Partial<HubSpotOptions> = {}) {
  let now = startedAt;
  const seen = {
    sleeps: [] as number[],
    pauses: [] as { kind: string; ms: number; why: string }[],
    taken: [] as { kind: string; priority: string }[],
    rejected: [] as string[],
    requests: [] as SentRequest[],
    log: "",
  };
  const hubspot = createHubSpot({
    apiUrl,
    appUrl: "https://app.hubspot.test",
    clientId: "client-1",
    clientSecret: "client-secret-1",
    timeoutMs: 2_000,
    now: () => now,
    log: createLogger("trace", {
      write: (line) => {
        seen.log += line;
      },
    }),
    metrics: { onRequest: (request) => seen.requests.push(request) },
    accessToken: async (_portalId, options) => {
      if (options?.rejected) seen.rejected.push(options.rejected);
      return options?.rejected ? "token-2" : "token-1";
    },
    budget: {
      take: async (_portalId, kind, n, priority) => {
        for (let one = 0; one < n; one += 1) seen.taken.push({ kind, priority });
        return 0;
      },
      pause: async (_portalId, kind, ms, why) => void seen.pauses.push({ kind, ms, why }),
    },
    timeZone: async () => "Europe/Berlin",
    sleep: async (ms) => {
      seen.sleeps.push(ms);
      now += ms;
    },
    random: () => 0.5,
    ...overrides,
  });
  return { hubspot, seen };
}

/**
 * Only what a test has announced is answered; loopback stays open for servers of the test's own. nock changes Node's
 * shared modules, which test files in one worker have in common, so each file puts them back.
 */
export function fenceNetwork() {
  beforeEach(() => {
    nock.cleanAll();
    nock.disableNetConnect();
    nock.enableNetConnect(/^(127\.0\.0\.1|localhost)/);
  });
  afterAll(() => nock.restore());
}

/** The error of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error("The call was expected to fail.");
}

export const recordOf = (id: string, properties: Record<string, string | null> = {}) => ({
  id,
  properties,
  createdAt: "2026-01-01T00:00:00Z",
  updatedAt: "2026-11-01T00:00:00Z",
  archived: false,
});

/** Answers every POST to a path by a function of its body, and keeps the bodies. */
export function answerPosts<Body extends object>(
  path: string,
  answer: (body: Body) => [number, object | string],
): Body[] {
  const bodies: Body[] = [];
  nock(apiUrl)
    .persist()
    .post(path)
    .query(true)
    .reply(async (request: Request) => {
      const body = (await request.json()) as Body;
      bodies.push(body);
      return answer(body);
    });
  return bodies;
}
