import { afterEach, describe, expect, it } from "@jest/globals";
import { challengeOf } from "../../../hubspot-stand-in/oauth/token-store.ts";
import {
  allow,
  appWith,
  askForToken,
  form,
  install,
  portalId,
  redirectUri,
  requiredScopes,
  seedOf,
  startInstalled,
  startStandIn,
  stopAll,
} from "./stand-in-under-test.ts";

afterEach(stopAll);

const authorizeUrl = (url: string, changes: Record<string, string> = {}) =>
  `${url}/oauth/authorize?${new URLSearchParams({ client_id: "client", redirect_uri: redirectUri, scope: requiredScopes.join(" "), state: "abc", ...changes })}`;

describe("The authorize page", () => {
  it("lists the scopes, the portals and a button, and says that it is not HubSpot", async () => {
    const standIn = await startStandIn();
    const page = await (await fetch(authorizeUrl(standIn.url, { optional_scope: "sales-email-read" }))).text();
    expect(page).toContain("crm.objects.companies.write");
    expect(page).toContain("sales-email-read");
    expect(page).toContain("Test portal (portal 4711)");
    expect(page).toContain('id="allow"');
    expect(page).toContain("This is not HubSpot");
  });

  it("escapes what the link brings in", async () => {
    const standIn = await startStandIn();
    const page = await (await fetch(authorizeUrl(standIn.url, { state: '"><script>' }))).text();
    expect(page).not.toContain("<script>");
  });

  it.each([
    ["an unknown client", { client_id: "other" }, "belongs to no app"],
    ["a foreign redirect", { redirect_uri: "http://evil.example/" }, "not one of the app"],
    ["a missing required scope", { scope: "oauth" }, "leaves out scopes"],
    ["an undeclared scope", { optional_scope: "crm.lists.read" }, "does not declare"],
  ])("refuses a link with %s", async (_what, changes, reason) => {
    const standIn = await startStandIn();
    const answer = await fetch(authorizeUrl(standIn.url, changes));
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(reason);
  });

  it("sends the browser back with code and state when the person allows, with an error when they cancel", async () => {
    const standIn = await startStandIn();
    const fields = {
      client_id: "client",
      redirect_uri: redirectUri,
      scope: requiredScopes.join(" "),
      state: "abc",
      portalId: String(portalId),
    };
    const allowed = await fetch(`${standIn.url}/oauth/authorize/allow`, form(fields));
    const back = new URL(allowed.headers.get("location") ?? "");
    expect(allowed.status).toBe(302);
    expect(back.origin + back.pathname).toBe(redirectUri);
    expect(back.searchParams.get("state")).toBe("abc");
    expect(back.searchParams.get("code")).toMatch(/^[0-9a-f-]{36}$/);
    const denied = await fetch(`${standIn.url}/oauth/authorize/allow`, form({ ...fields, decision: "deny" }));
    expect(new URL(denied.headers.get("location") ?? "").searchParams.get("error")).toBe("access_denied");
  });

  it("grants an optional scope only where the portal has it, and refuses a portal that lacks a required one", async () => {
    const standIn = await startStandIn();
    standIn.addPortal(seedOf([], 12), { missingScopes: ["sales-email-read"] });
    standIn.addPortal(seedOf([], 13), { missingScopes: ["crm.objects.owners.read"] });
    await install(standIn, { optional_scope: "sales-email-read" });
    await install(standIn, { optional_scope: "sales-email-read", portalId: "12" });
    expect(standIn.grant(portalId)?.scopes).toContain("sales-email-read");
    expect(standIn.grant(12)?.scopes).not.toContain("sales-email-read");
    const fields = { client_id: "client", redirect_uri: redirectUri, scope: requiredScopes.join(" "), portalId: "13" };
    expect((await fetch(`${standIn.url}/oauth/authorize/allow`, form(fields))).status).toBe(403);
  });
});

describe("The token endpoint", () => {
  it("exchanges a code once, with the fields that HubSpot names", async () => {
    const standIn = await startStandIn();
    const code = await allow(standIn);
    const first = await askForToken(standIn, { grant_type: "authorization_code", code });
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({
      token_type: "bearer",
      token_use: "access_token",
      expires_in: 1800,
      hub_id: portalId,
      user_id: 501,
      scopes: requiredScopes,
    });
    const again = await askForToken(standIn, { grant_type: "authorization_code", code });
    expect(again).toMatchObject({ status: 400, body: { error: "invalid_grant", status: "BAD_AUTH_CODE" } });
  });

  it.each([
    ["BAD_CLIENT_ID", { client_id: "x" }, "invalid_client"],
    ["BAD_CLIENT_SECRET", { client_secret: "x" }, "invalid_client"],
    ["BAD_REDIRECT_URI", { redirect_uri: "http://other.example/" }, "invalid_request"],
    ["BAD_AUTH_CODE", { code: "x" }, "invalid_grant"],
    ["BAD_GRANT_TYPE", { grant_type: "password" }, "unsupported_grant_type"],
  ])("answers %s with the body of §2.4", async (status, changes, error) => {
    const standIn = await startStandIn();
    const code = await allow(standIn);
    const answer = await askForToken(standIn, { grant_type: "authorization_code", code, ...changes });
    expect(answer).toMatchObject({ status: 400, body: { status, error, correlationId: expect.any(String) } });
    expect(answer.body.message).toBe(answer.body.error_description);
  });

  it("holds a code to its verifier when the link carried a challenge", async () => {
    const standIn = await startStandIn();
    const challenged = { code_challenge: challengeOf("right") };
    const wrong = await askForToken(standIn, {
      grant_type: "authorization_code",
      code: await allow(standIn, challenged),
      code_verifier: "wrong",
    });
    expect(wrong.body.status).toBe("BAD_CODE_VERIFIER");
    const right = await askForToken(standIn, {
      grant_type: "authorization_code",
      code: await allow(standIn, challenged),
      code_verifier: "right",
    });
    expect(right.status).toBe(200);
  });

  it("lets a code expire", async () => {
    const standIn = await startStandIn();
    const code = await allow(standIn);
    standIn.clock.step(600_000);
    expect((await askForToken(standIn, { grant_type: "authorization_code", code })).body.status).toBe("BAD_AUTH_CODE");
  });

  it.each([
    [false, "keeps"],
    [true, "replaces"],
  ])("with rotateRefreshToken %s a refresh %s the refresh token", async (rotateRefreshToken) => {
    const { standIn, refreshToken } = await startInstalled({ switches: { rotateRefreshToken } });
    const refreshed = await askForToken(standIn, { grant_type: "refresh_token", refresh_token: refreshToken });
    expect(refreshed.body.refresh_token !== refreshToken).toBe(rotateRefreshToken);
    const again = await askForToken(standIn, { grant_type: "refresh_token", refresh_token: refreshToken });
    expect(again.status).toBe(rotateRefreshToken ? 400 : 200);
    if (rotateRefreshToken) expect(again.body.status).toBe("BAD_REFRESH_TOKEN");
  });

  it("answers BAD_HUB when the portal is gone", async () => {
    const { standIn, refreshToken } = await startInstalled();
    standIn.removePortal(portalId);
    const answer = await askForToken(standIn, { grant_type: "refresh_token", refresh_token: refreshToken });
    expect(answer.body).toMatchObject({ error: "invalid_grant", status: "BAD_HUB" });
  });

  it("replaces the grant when another user of the portal installs again", async () => {
    const { standIn, refreshToken } = await startInstalled();
    const second = await install(standIn, { userId: "502" });
    expect(standIn.grant(portalId)?.user).toEqual({ userId: 502, email: "gone@portal.example" });
    expect((await askForToken(standIn, { grant_type: "refresh_token", refresh_token: refreshToken })).status).toBe(400);
    expect(
      (await askForToken(standIn, { grant_type: "refresh_token", refresh_token: second.refreshToken })).status,
    ).toBe(200);
  });
});

describe("Introspection, revocation and uninstall", () => {
  const post = async (url: string, path: string, token: string) => {
    const answer = await fetch(
      `${url}/oauth/2026-09/token/${path}`,
      form({ client_id: "client", client_secret: "the-client-secret", token }),
    );
    return answer.status === 204 ? null : answer.json();
  };

  it("describes a live token and says of an unknown one only that it is not active", async () => {
    const { standIn, accessToken, refreshToken } = await startInstalled();
    expect(await post(standIn.url, "introspect", accessToken)).toMatchObject({
      active: true,
      hub_id: portalId,
      user: "rep@portal.example",
      app_id: 99,
      token_use: "access_token",
    });
    expect(await post(standIn.url, "introspect", refreshToken)).toMatchObject({
      active: true,
      token_use: "refresh_token",
    });
    expect(await post(standIn.url, "introspect", "nonsense")).toEqual({ active: false });
  });

  it.each([false, true])(
    "with revokeEndsAccessTokens %s treats issued access tokens so",
    async (revokeEndsAccessTokens) => {
      const { standIn, refreshToken, call } = await startInstalled({ switches: { revokeEndsAccessTokens } });
      await post(standIn.url, "revoke", refreshToken);
      expect(
        (await askForToken(standIn, { grant_type: "refresh_token", refresh_token: refreshToken })).body.status,
      ).toBe("BAD_REFRESH_TOKEN");
      expect((await call("GET", "/account-info/2026-09/details")).status).toBe(revokeEndsAccessTokens ? 401 : 200);
    },
  );

  it.each([true, false])(
    "with uninstallEndsAccessTokens %s an uninstall treats access tokens so",
    async (uninstallEndsAccessTokens) => {
      const { standIn, call, refreshToken } = await startInstalled({ switches: { uninstallEndsAccessTokens } });
      expect((await call("DELETE", "/appinstalls/2026-09/external-install")).status).toBe(204);
      expect(standIn.grant(portalId)).toBeNull();
      expect((await call("GET", "/account-info/2026-09/details")).status).toBe(uninstallEndsAccessTokens ? 401 : 200);
      expect((await askForToken(standIn, { grant_type: "refresh_token", refresh_token: refreshToken })).status).toBe(
        400,
      );
    },
  );

  it("can be started by a user of the portal", async () => {
    const { standIn, refreshToken } = await startInstalled({ app: appWith({ name: "Touchstone" }) });
    standIn.uninstall(portalId);
    expect((await askForToken(standIn, { grant_type: "refresh_token", refresh_token: refreshToken })).body.status).toBe(
      "BAD_REFRESH_TOKEN",
    );
  });
});
