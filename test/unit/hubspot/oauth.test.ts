import { describe, expect, it } from "@jest/globals";
import nock from "nock";
import {
  HubSpotCodeRefused,
  HubSpotMisconfigured,
  HubSpotRateLimited,
  HubSpotRevoked,
  HubSpotUnavailable,
} from "../../../server/hubspot/hubspot-errors.ts";
import { apiUrl, failureOf, fenceNetwork, hubSpotUnderTest, portalId } from "./hubspot-under-test.ts";

const tokenPath = "/oauth/2026-09/token";
const grant = {
  token_type: "bearer",
  access_token: "at-1",
  refresh_token: "rt-1",
  expires_in: 1800,
  hub_id: 7001,
  user_id: 5,
  scopes: ["oauth"],
};
const refused = (status: string, error = "invalid_grant") => ({
  error,
  error_description: "x",
  status,
  message: "x",
  correlationId: "c-1",
});

fenceNetwork();

describe("OAuth", () => {
  it("builds the address of the install page", () => {
    const { hubspot } = hubSpotUnderTest();
    const url = hubspot.authorizeUrl({
      state: "s/1",
      redirectUri: "https://t.test/oauth/callback",
      scopes: ["oauth", "crm.objects.companies.read"],
      optionalScopes: ["sales-email-read"],
    });
    expect(url).toBe(
      "https://app.hubspot.test/oauth/authorize?client_id=client-1&redirect_uri=https%3A%2F%2Ft.test%2Foauth%2Fcallback" +
        "&scope=oauth%20crm.objects.companies.read&optional_scope=sales-email-read&state=s%2F1",
    );
  });

  it("trades a code for tokens, by a form and not by the address", async () => {
    const form = {
      grant_type: "authorization_code",
      code: "c1",
      redirect_uri: "https://t.test/cb",
      client_id: "client-1",
      client_secret: "client-secret-1",
    };
    nock(apiUrl)
      .post(tokenPath, form)
      .matchHeader("content-type", "application/x-www-form-urlencoded")
      .reply(200, grant);
    const { hubspot, seen } = hubSpotUnderTest();
    await expect(hubspot.exchangeCode({ code: "c1", redirectUri: "https://t.test/cb" })).resolves.toEqual({
      accessToken: "at-1",
      refreshToken: "rt-1",
      expiresInMs: 1_800_000,
      portalId: 7001,
      userId: 5,
      scopes: ["oauth"],
    });
    expect(seen.taken).toEqual([]);
  });

  it("refreshes with the version of its own family and repeats after a failure of HubSpot's", async () => {
    nock(apiUrl).post("/oauth/2026-03/token").reply(503, "");
    nock(apiUrl)
      .post("/oauth/2026-03/token", {
        grant_type: "refresh_token",
        refresh_token: "rt-0",
        client_id: "client-1",
        client_secret: "client-secret-1",
      })
      .reply(200, { access_token: "at-2", refresh_token: "rt-2", expires_in: 60 });
    const { hubspot } = hubSpotUnderTest({ versions: { oauth: "2026-03" } });
    await expect(hubspot.refreshToken("rt-0")).resolves.toMatchObject({
      accessToken: "at-2",
      refreshToken: "rt-2",
      portalId: null,
    });
  });

  it.each([
    ["BAD_REFRESH_TOKEN", 400],
    ["BAD_HUB", 400],
    ["", 400],
  ])("takes %j with invalid_grant for a grant that is gone", async (status, code) => {
    nock(apiUrl).post(tokenPath).reply(code, refused(status));
    const { hubspot } = hubSpotUnderTest();
    const error = await failureOf(hubspot.refreshToken("rt-0"));
    expect(error).toBeInstanceOf(HubSpotRevoked);
    expect(error).toMatchObject({ retry: "never" });
  });

  it.each(["BAD_AUTH_CODE", ""])(
    "takes %j with invalid_grant for a code that holds no more, of nobody's grant",
    async (status) => {
      nock(apiUrl).post(tokenPath).reply(400, refused(status));
      const { hubspot } = hubSpotUnderTest();
      const error = await failureOf(hubspot.exchangeCode({ code: "c1", redirectUri: "https://t.test/cb" }));
      expect(error).toBeInstanceOf(HubSpotCodeRefused);
      expect(error).toMatchObject({ status: 400, retry: "never" });
    },
  );

  it.each([
    [400, refused("BAD_CLIENT_SECRET", "invalid_client")],
    [400, refused("BAD_CLIENT_ID")],
    [400, refused("BAD_REDIRECT_URI")],
    [401, refused("", "invalid_client")],
  ])("takes %i %j for our own fault, which disconnects nobody", async (code, body) => {
    nock(apiUrl).post(tokenPath).reply(code, body);
    const { hubspot } = hubSpotUnderTest();
    expect(await failureOf(hubspot.refreshToken("rt-0"))).toBeInstanceOf(HubSpotMisconfigured);
  });

  it("takes a limit and silence for what passes", async () => {
    const { hubspot } = hubSpotUnderTest();
    nock(apiUrl).post(tokenPath).reply(429, { policyName: "TEN_SECONDLY_ROLLING" });
    expect(await failureOf(hubspot.refreshToken("rt-0"))).toBeInstanceOf(HubSpotRateLimited);
    nock(apiUrl).post(tokenPath).times(4).reply(500, "");
    expect(await failureOf(hubspot.refreshToken("rt-0"))).toBeInstanceOf(HubSpotUnavailable);
  });

  it("introspects and revokes with the token in the body", async () => {
    const form = {
      client_id: "client-1",
      client_secret: "client-secret-1",
      token: "rt-0",
      token_type_hint: "refresh_token",
    };
    nock(apiUrl).post(`${tokenPath}/introspect`, form).reply(200, { active: false });
    nock(apiUrl).post(`${tokenPath}/revoke`, form).reply(200, "");
    const { hubspot } = hubSpotUnderTest();
    await expect(hubspot.introspectToken("rt-0", "refresh_token")).resolves.toEqual({
      active: false,
      portalId: null,
      userId: null,
      appId: null,
      scopes: null,
    });
    await expect(hubspot.revokeToken("rt-0", "refresh_token")).resolves.toBeUndefined();
  });
});

describe("Uninstalling", () => {
  const uninstall = () => nock(apiUrl).delete("/appinstalls/2026-09/external-install");

  it.each([
    ["204", () => uninstall().reply(204)],
    ["404", () => uninstall().reply(404, {})],
    ["401 twice", () => uninstall().times(2).reply(401, {})],
  ])("is done after %s", async (_what, answer) => {
    answer();
    const { hubspot } = hubSpotUnderTest();
    await expect(hubspot.uninstallApp(portalId)).resolves.toBe("gone");
  });

  it.each([
    ["later", "does not answer", () => uninstall().times(4).reply(502, "")],
    ["later", "has no request left for us", () => uninstall().reply(429, { policyName: "DAILY" })],
    ["refused", "does not let us", () => uninstall().reply(403, { category: "MISSING_SCOPES" })],
  ])("is %s when HubSpot %s", async (outcome, _what, answer) => {
    answer();
    const { hubspot } = hubSpotUnderTest();
    await expect(hubspot.uninstallApp(portalId)).resolves.toBe(outcome);
  });

  it("asks our own budget for nothing, which a portal that pauses does not have", async () => {
    uninstall().reply(204);
    const { hubspot, seen } = hubSpotUnderTest();
    await hubspot.uninstallApp(portalId);
    expect(seen.taken).toEqual([]);
  });
});
