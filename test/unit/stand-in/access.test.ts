import { afterEach, describe, expect, it } from "@jest/globals";
import {
  appWith,
  install,
  requiredScopes,
  seedOf,
  startInstalled,
  startStandIn,
  stopAll,
} from "./stand-in-under-test.ts";

afterEach(stopAll);

const companies = "/crm/objects/2026-09/companies";
const times = async <Result>(count: number, run: () => Promise<Result>): Promise<Result[]> => {
  const results: Result[] = [];
  for (let done = 0; done < count; done++) results.push(await run());
  return results;
};

describe("Paths", () => {
  it.each([
    "/crm/v3/objects/companies",
    "/crm/objects/2026-03/companies",
    "/crm/objects/2026-09",
    "/oauth/v1/token",
    "/nothing",
  ])("answers 404 to %s", async (path) => {
    const { call } = await startInstalled();
    expect(await call("GET", path)).toMatchObject({
      status: 404,
      body: { status: "error", correlationId: expect.any(String) },
    });
  });

  it("takes an object type by name, singular or id, and refuses others", async () => {
    const { call } = await startInstalled();
    for (const type of ["companies", "company", "0-2"]) {
      expect((await call("GET", `/crm/objects/2026-09/${type}/101`)).body.properties.name).toBe("Acme");
    }
    expect((await call("GET", "/crm/objects/2026-09/rockets")).body.message).toBe(
      "Unable to infer object type from: rockets",
    );
  });
});

describe("Tokens and scopes", () => {
  it("answers 401 without a token, with a foreign one and with an expired one", async () => {
    const { standIn, call } = await startInstalled();
    const bare = await fetch(standIn.url + companies);
    expect([bare.status, await bare.json()]).toEqual([
      401,
      expect.objectContaining({ category: "INVALID_AUTHENTICATION" }),
    ]);
    const foreign = await fetch(standIn.url + companies, { headers: { authorization: "Bearer x" } });
    expect(foreign.status).toBe(401);
    standIn.clock.step(1_800_000);
    expect(await call("GET", companies)).toMatchObject({ status: 401, body: { category: "EXPIRED_AUTHENTICATION" } });
  });

  it.each(["MISSING_SCOPES", "FORBIDDEN"] as const)(
    "answers 403 %s when a scope is missing",
    async (missingScopesCategory) => {
      const scopes = requiredScopes.filter((scope) => !scope.includes("deals"));
      const { call } = await startInstalled({
        app: appWith({ requiredScopes: scopes }),
        switches: { missingScopesCategory },
      });
      expect(await call("GET", "/crm/objects/2026-09/deals")).toMatchObject({
        status: 403,
        body: { category: missingScopesCategory },
      });
      expect((await call("GET", companies)).status).toBe(200);
    },
  );

  it("asks for sales-email-read beside the contact scope for e-mails", async () => {
    const standIn = await startStandIn();
    const without = await install(standIn);
    expect((await without.call("GET", "/crm/objects/2026-09/emails")).status).toBe(403);
    const granted = await install(standIn, { optional_scope: "sales-email-read" });
    expect((await granted.call("GET", "/crm/objects/2026-09/emails")).status).toBe(200);
  });

  it("shows a portal nothing of another", async () => {
    const { standIn } = await startInstalled();
    standIn.addPortal(seedOf([], 12));
    const other = await install(standIn, { portalId: "12" });
    expect((await other.call("GET", companies)).body.results).toEqual([]);
    expect((await other.call("GET", `${companies}/101`)).status).toBe(404);
  });
});

describe("Rate limits", () => {
  it("lets 110 calls through in any ten seconds per portal and says so in headers", async () => {
    const { standIn, call } = await startInstalled({ now: () => 1_000_000 });
    const [first] = await times(1, () => call("GET", companies));
    expect(first?.headers.get("x-hubspot-ratelimit-max")).toBe("110");
    expect(first?.headers.get("x-hubspot-ratelimit-remaining")).toBe("109");
    expect(first?.headers.get("x-hubspot-ratelimit-interval-milliseconds")).toBe("10000");
    await times(109, () => call("GET", companies));
    const refused = await call("GET", companies);
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({
      errorType: "RATE_LIMIT",
      policyName: "TEN_SECONDLY_ROLLING",
      message: "You have reached your ten_secondly_rolling limit.",
    });
    expect(refused.headers.has("retry-after")).toBe(false);
    standIn.addPortal(seedOf([], 12));
    expect((await (await install(standIn, { portalId: "12" })).call("GET", companies)).status).toBe(200);
    standIn.clock.step(10_000);
    expect((await call("GET", companies)).status).toBe(200);
  });

  it("slides: calls of the last ten seconds count, not those of a fixed window", async () => {
    const { standIn, call } = await startInstalled({ now: () => 1_000_000 });
    standIn.clock.step(9_000);
    await times(100, () => call("GET", companies));
    standIn.clock.step(2_000);
    const statuses = (await times(11, () => call("GET", companies))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  });

  it("lets five searches a second through, without headers and apart from the other calls", async () => {
    const { standIn, call } = await startInstalled({ now: () => 1_000_000 });
    const search = () => call("POST", `${companies}/search`, {});
    const answers = await times(6, search);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers[0]?.headers.has("x-hubspot-ratelimit-max")).toBe(false);
    expect(answers[5]?.body.policyName).toBe("SECONDLY");
    expect((await call("GET", companies)).status).toBe(200);
    standIn.clock.step(1_000);
    expect((await search()).status).toBe(200);
  });

  it("counts a day to midnight in the portal's own time zone", async () => {
    const standIn = await startStandIn({ now: () => Date.UTC(2026, 10, 22, 4, 59) });
    standIn.addPortal(seedOf([], 12), { dailyLimit: 2 });
    const { call } = await install(standIn, { portalId: "12" });
    expect((await times(3, () => call("GET", companies))).map(({ status }) => status)).toEqual([200, 200, 429]);
    standIn.clock.step(60_000);
    expect((await call("GET", companies)).status).toBe(200);
  });

  it.each([false, true])("with rateLimitGroup %s and retryAfterOn429 %s shapes a 429 so", async (on) => {
    const { standIn, call } = await startInstalled({ switches: { rateLimitGroup: on, retryAfterOn429: on } });
    standIn.faults.add({ kind: "rateLimit" });
    const { body, headers } = await call("GET", companies);
    expect("groupName" in body).toBe(on);
    expect(headers.has("retry-after")).toBe(on);
  });

  it.each([true, false])(
    "with associationsShareBurst %s counts association calls so",
    async (associationsShareBurst) => {
      const { call } = await startInstalled({ now: () => 1_000_000, switches: { associationsShareBurst } });
      await times(110, () => call("GET", `${companies}/101`));
      const { status } = await call("POST", "/crm/associations/2026-09/companies/contacts/batch/read", {
        inputs: [{ id: "101" }],
      });
      expect(status).toBe(associationsShareBurst ? 429 : 200);
    },
  );
});
