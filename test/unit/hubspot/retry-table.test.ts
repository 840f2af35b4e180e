import { describe, expect, it } from "@jest/globals";
import nock from "nock";
import {
  HubSpotConflict,
  HubSpotForbidden,
  HubSpotLocked,
  HubSpotNotFound,
  HubSpotRateLimited,
  HubSpotRejected,
  HubSpotRevoked,
  HubSpotUnauthorized,
  HubSpotUnavailable,
  HubSpotUnreadable,
} from "../../../server/hubspot/hubspot-errors.ts";
import { apiUrl, failureOf, fenceNetwork, hubSpotUnderTest, portalId, recordOf } from "./hubspot-under-test.ts";

const path = "/account-info/2026-09/details";
const details = {
  portalId: 7001,
  accountType: "STANDARD",
  timeZone: "Europe/Berlin",
  companyCurrency: "EUR",
  uiDomain: "app.hubspot.com",
};
const api = () => nock(apiUrl).get(path);
const limitBody = (policyName: string) => ({
  status: "error",
  message: "limit",
  errorType: "RATE_LIMIT",
  policyName,
  correlationId: "c-1",
});

fenceNetwork();

/** `waitMs` runs down; what HubSpot said does not. */
const told = (ms: number) => expect.stringContaining(`, ${ms} ms)`);

describe("Retry table (hubspot-api.md, Appendix C)", () => {
  it("400 is not repeated and tells status, category and correlation id, but no body", async () => {
    api().reply(400, {
      status: "error",
      category: "VALIDATION_ERROR",
      message: "ana@example.com is bad",
      correlationId: "c-7",
    });
    const { hubspot, seen } = hubSpotUnderTest();
    const error = await failureOf(hubspot.readAccountDetails(portalId, "due"));
    expect(error).toBeInstanceOf(HubSpotRejected);
    expect(String(error)).toMatch(
      /GET \/account-info\/2026-09\/details, status 400, category VALIDATION_ERROR, correlation c-7/,
    );
    expect(String(error)).not.toContain("ana@example.com");
    expect(seen.requests).toHaveLength(1);
  });

  it("401 refreshes the token once and sends once more with the new one", async () => {
    api().matchHeader("authorization", "Bearer token-1").reply(401, { category: "EXPIRED_AUTHENTICATION" });
    api().matchHeader("authorization", "Bearer token-2").reply(200, details);
    const { hubspot, seen } = hubSpotUnderTest();
    await expect(hubspot.readAccountDetails(portalId, "due")).resolves.toMatchObject({ timeZone: "Europe/Berlin" });
    expect(seen.rejected).toEqual(["token-1"]);
  });

  it("401 with a fresh token as well is given up after the second request", async () => {
    api().twice().reply(401, { category: "INVALID_AUTHENTICATION" });
    const { hubspot, seen } = hubSpotUnderTest();
    expect(await failureOf(hubspot.readAccountDetails(portalId, "due"))).toBeInstanceOf(HubSpotUnauthorized);
    expect(seen.requests.map(({ status }) => status)).toEqual([401, 401]);
  });

  it("401 whose refresh says that the grant is gone passes that on", async () => {
    api().reply(401, {});
    const refusal = { method: "POST", path: "/oauth", httpStatus: 400, category: null, correlationId: null, codes: [] };
    const { hubspot } = hubSpotUnderTest({
      accessToken: async (_id, options) => {
        if (options?.rejected) throw new HubSpotRevoked(refusal);
        return "token-1";
      },
    });
    expect(await failureOf(hubspot.readAccountDetails(portalId, "due"))).toBeInstanceOf(HubSpotRevoked);
  });

  it("403 is not repeated and keeps the category for the notice about scopes", async () => {
    api().reply(403, { status: "error", category: "MISSING_SCOPES", message: "x", correlationId: "c-2" });
    const { hubspot, seen } = hubSpotUnderTest();
    const error = await failureOf(hubspot.readAccountDetails(portalId, "due"));
    expect(error).toBeInstanceOf(HubSpotForbidden);
    expect(error).toMatchObject({ retry: "never", refusal: { category: "MISSING_SCOPES" } });
    expect(seen.requests).toHaveLength(1);
  });

  it.each([
    [404, HubSpotNotFound],
    [409, HubSpotConflict],
  ])("%i is not repeated and has an error of its own", async (status, kind) => {
    api().reply(status, { category: "X" });
    const { hubspot, seen } = hubSpotUnderTest();
    expect(await failureOf(hubspot.readAccountDetails(portalId, "due"))).toBeInstanceOf(kind);
    expect(seen.requests).toHaveLength(1);
  });

  it("423 waits two seconds and jitter, five tries at most", async () => {
    api().times(5).reply(423, {});
    const { hubspot, seen } = hubSpotUnderTest();
    expect(await failureOf(hubspot.readAccountDetails(portalId, "due"))).toBeInstanceOf(HubSpotLocked);
    expect(seen.sleeps).toEqual([2_500, 2_500, 2_500, 2_500]);
    expect(seen.requests).toHaveLength(5);
  });

  it("423 that is over after a while ends well", async () => {
    api().reply(423, {});
    api().reply(200, details);
    const { hubspot } = hubSpotUnderTest();
    await expect(hubspot.readAccountDetails(portalId, "due")).resolves.toMatchObject({ portalId: 7001 });
  });

  it.each([
    ["TEN_SECONDLY_ROLLING", 10_000],
    ["SECONDLY", 1_000],
    ["SOMETHING_NEW", 10_000],
  ])("429 %s pauses the portal's requests for %i ms and is not repeated here", async (policy, ms) => {
    api().reply(429, limitBody(policy));
    const { hubspot, seen } = hubSpotUnderTest();
    const error = await failureOf(hubspot.readAccountDetails(portalId, "due"));
    expect(error).toBeInstanceOf(HubSpotRateLimited);
    expect(error).toMatchObject({ retry: "later", message: told(ms) });
    expect(seen.pauses).toEqual([{ kind: "general", ms, why: expect.any(String) }]);
    expect(seen.requests).toHaveLength(1);
  });

  it("429 without a readable body counts as the ten-second limit", async () => {
    api().reply(429, "<html>slow down</html>");
    const { hubspot } = hubSpotUnderTest();
    expect(await failureOf(hubspot.readAccountDetails(portalId, "due"))).toMatchObject({ message: told(10_000) });
  });

  it("429 of a search pauses search only", async () => {
    nock(apiUrl).post("/crm/objects/2026-09/companies/search").reply(429, limitBody("SECONDLY"));
    const { hubspot, seen } = hubSpotUnderTest();
    await failureOf(
      hubspot.searchRecords(portalId, { objectType: "companies", filterGroups: [], properties: [], priority: "due" }),
    );
    expect(seen.pauses).toEqual([{ kind: "search", ms: 1_000, why: "secondly" }]);
    expect(seen.taken).toEqual([{ kind: "search", priority: "due" }]);
  });

  it("429 DAILY pauses everything of the portal until its own midnight and jitter", async () => {
    api().reply(429, limitBody("DAILY"));
    const { hubspot, seen } = hubSpotUnderTest();
    // 13:00 UTC is 14:00 in Berlin: ten hours, and half of the minute of jitter.
    const ms = 10 * 3_600_000 + 30_000;
    expect(await failureOf(hubspot.readAccountDetails(portalId, "due"))).toMatchObject({ message: told(ms) });
    expect(seen.pauses.map(({ kind, ms }) => ({ kind, ms }))).toEqual([
      { kind: "general", ms },
      { kind: "search", ms },
    ]);
  });

  it("477 pauses everything of the portal for Retry-After seconds, a day at most", async () => {
    api().reply(477, {}, { "Retry-After": "3600" });
    api().reply(477, {}, { "Retry-After": "999999" });
    api().reply(477, {});
    const { hubspot, seen } = hubSpotUnderTest();
    for (const _ of [1, 2, 3]) await failureOf(hubspot.readAccountDetails(portalId, "due"));
    expect(seen.pauses.filter(({ kind }) => kind === "search").map(({ ms }) => ms)).toEqual([
      3_600_000, 86_400_000, 600_000,
    ]);
  });

  it.each([500, 502, 503, 504, 521, 524])(
    "%i of a read is repeated with exponential waits, four tries",
    async (status) => {
      api().times(4).reply(status, "<html>bad gateway</html>");
      const { hubspot, seen } = hubSpotUnderTest();
      const error = await failureOf(hubspot.readAccountDetails(portalId, "due"));
      expect(error).toBeInstanceOf(HubSpotUnavailable);
      expect(error).toMatchObject({ retry: "later", outcome: "unknown" });
      expect(seen.sleeps).toEqual([250, 500, 1_000]);
      expect(seen.requests).toHaveLength(4);
    },
  );

  it("5xx of an update is repeated, since writing the same twice does no harm", async () => {
    nock(apiUrl).post("/crm/objects/2026-09/companies/batch/update").reply(503, "");
    nock(apiUrl)
      .post("/crm/objects/2026-09/companies/batch/update")
      .reply(200, { results: [recordOf("1")] });
    const { hubspot } = hubSpotUnderTest();
    const order = { objectType: "companies", rows: [{ id: "1", properties: { a: "1" } }], priority: "due" as const };
    await expect(hubspot.updateRecords(portalId, order)).resolves.toMatchObject({ written: ["1"], failed: [] });
  });

  it.each([
    ["5xx", () => nock(apiUrl).post("/oauth/2026-09/token").reply(502, "")],
    [
      "a lost answer",
      () =>
        nock(apiUrl)
          .post("/oauth/2026-09/token")
          .replyWithError(Object.assign(new Error("x"), { code: "ECONNRESET" })),
    ],
  ])("what must not happen twice is not repeated after %s: its outcome is unknown", async (_what, answer) => {
    answer();
    const { hubspot, seen } = hubSpotUnderTest();
    const error = await failureOf(hubspot.exchangeCode({ code: "code-1", redirectUri: "https://t.test/oauth" }));
    expect(error).toBeInstanceOf(HubSpotUnavailable);
    expect(error).toMatchObject({ outcome: "unknown" });
    expect(seen.requests).toHaveLength(1);
  });

  it("what must not happen twice is repeated when no connection was made", async () => {
    nock(apiUrl)
      .post("/oauth/2026-09/token")
      .times(4)
      .replyWithError(Object.assign(new Error("x"), { code: "ECONNREFUSED" }));
    const { hubspot, seen } = hubSpotUnderTest();
    const error = await failureOf(hubspot.exchangeCode({ code: "code-1", redirectUri: "https://t.test/oauth" }));
    expect(error).toMatchObject({ outcome: "none" });
    expect(seen.requests).toHaveLength(4);
  });

  it("repeating stops when the call has taken 45 seconds, whatever the count of tries", async () => {
    let now = 0;
    api().times(2).reply(500, "");
    const { hubspot, seen } = hubSpotUnderTest({ now: () => (now += 12_000) });
    expect(await failureOf(hubspot.readAccountDetails(portalId, "due"))).toBeInstanceOf(HubSpotUnavailable);
    expect(seen.requests.length).toBeLessThan(4);
  });

  it("a 2xx page of HTML is repeated like a failure", async () => {
    api().reply(200, "<html>maintenance</html>");
    api().reply(200, details);
    const { hubspot, seen } = hubSpotUnderTest();
    await expect(hubspot.readAccountDetails(portalId, "due")).resolves.toMatchObject({ portalId: 7001 });
    expect(seen.requests).toHaveLength(2);
  });

  it("a 2xx answer of another shape names the fields that are wrong, not their values", async () => {
    api().reply(200, { ...details, timeZone: { secret: "value-1" } });
    const { hubspot, seen } = hubSpotUnderTest();
    const error = await failureOf(hubspot.readAccountDetails(portalId, "due"));
    expect(error).toBeInstanceOf(HubSpotUnreadable);
    expect(String(error)).toContain("timeZone: invalid_type");
    expect(String(error)).not.toContain("value-1");
    expect(seen.requests).toHaveLength(1);
  });
});
