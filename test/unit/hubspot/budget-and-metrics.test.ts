import { describe, expect, it } from "@jest/globals";
import nock from "nock";
import { HubSpotRateLimited } from "../../../server/hubspot/hubspot-errors.ts";
import { apiUrl, failureOf, fenceNetwork, hubSpotUnderTest, portalId } from "./hubspot-under-test.ts";

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

describe("Budget", () => {
  it("is asked before every request, repeated ones too", async () => {
    api().reply(500, "");
    api().reply(200, details);
    const { hubspot, seen } = hubSpotUnderTest();
    await hubspot.readAccountDetails(portalId, "webhook");
    expect(seen.taken).toEqual([
      { kind: "general", priority: "webhook" },
      { kind: "general", priority: "webhook" },
    ]);
  });

  it("makes a request wait for its turn", async () => {
    api().reply(200, details);
    const waits = [400, 300, 0];
    const { hubspot, seen } = hubSpotUnderTest({
      budget: { take: async () => waits.shift() ?? 0, pause: async () => {} },
    });
    await hubspot.readAccountDetails(portalId, "card");
    expect(seen.sleeps).toEqual([400, 300]);
  });

  it.each([
    ["card", 3_001],
    ["webhook", 10_001],
    ["backfill", 1_001],
  ] as const)("sends a %s away when the wait would be %i ms, without a request", async (priority, waitMs) => {
    const { hubspot, seen } = hubSpotUnderTest({ budget: { take: async () => waitMs, pause: async () => {} } });
    const error = await failureOf(hubspot.readAccountDetails(portalId, priority));
    expect(error).toBeInstanceOf(HubSpotRateLimited);
    expect(error).toMatchObject({ message: expect.stringContaining(`, ${waitMs} ms)`) });
    expect(seen.requests).toHaveLength(0);
  });
});

describe("What is told of requests", () => {
  it("counts each request by family, method and status", async () => {
    api().reply(500, "");
    api().reply(200, details);
    const { hubspot, seen } = hubSpotUnderTest();
    await hubspot.readAccountDetails(portalId, "due");
    expect(seen.requests.map(({ family, method, status }) => [family, method, status])).toEqual([
      ["account-info", "GET", 500],
      ["account-info", "GET", 200],
    ]);
  });

  it("never holds a token or a secret: not in errors, not in the log, not in addresses", async () => {
    const urls: string[] = [];
    nock(apiUrl)
      .post(/.*/)
      .times(3)
      .reply((request: Request) => {
        urls.push(request.url);
        return [429, limitBody("DAILY")];
      });
    api().reply(429, limitBody("TEN_SECONDLY_ROLLING"));
    const { hubspot, seen } = hubSpotUnderTest();
    const errors = [
      await failureOf(hubspot.refreshToken("refresh-secret")),
      await failureOf(hubspot.introspectToken("access-secret", "access_token")),
      await failureOf(hubspot.revokeToken("refresh-secret", "refresh_token")),
      await failureOf(hubspot.readAccountDetails(portalId, "due")),
    ];
    const told =
      JSON.stringify(errors.map((error) => [String(error), error, (error as Error).stack])) + seen.log + urls.join();
    for (const secret of ["refresh-secret", "access-secret", "client-secret-1", "token-1"])
      expect(told).not.toContain(secret);
    expect(seen.log).toContain("ten_secondly");
  });
});
