import { timingSafeEqual } from "node:crypto";
import { apiVersion } from "../api-version.ts";
import type { AppDefinition } from "../app-definition.ts";
import type { Clock } from "../clock.ts";
import type { ApiAnswer, ApiRequest, Route } from "../http/api-route.ts";
import type { Portal } from "../portal.ts";
import type { Switches } from "../switches.ts";
import { oauthError } from "./oauth-error.ts";
import { type AccessToken, accessTokenLifeSeconds, type Grant, type TokenStore } from "./token-store.ts";

export interface OAuthParts {
  readonly app: AppDefinition;
  readonly tokens: TokenStore;
  readonly portals: ReadonlyMap<number, Portal>;
  readonly clock: Clock;
  readonly switches: Switches;
}

/** Form posts of hubspot-api.md §2.1, answers of §2.2. */
export function oauthRoutes(parts: OAuthParts): Route[] {
  const base = `/oauth/${apiVersion}/token`;
  const post = (path: string, handle: (form: URLSearchParams) => ApiAnswer): Route => ({
    method: "POST",
    path,
    open: true,
    handle(request) {
      const form = readForm(request);
      checkClient(parts.app, form);
      return handle(form);
    },
  });
  return [
    post(base, (form) => issueToken(parts, form)),
    post(`${base}/introspect`, (form) => ({ status: 200, body: introspect(parts, form.get("token") ?? "") })),
    post(`${base}/revoke`, (form) => {
      const grant = parts.tokens.findByRefreshToken(form.get("token") ?? "");
      if (grant) parts.tokens.revoke(grant);
      return { status: 204 };
    }),
    uninstallRoute(parts),
  ];
}

function uninstallRoute({ tokens }: OAuthParts): Route {
  return {
    method: "DELETE",
    path: `/appinstalls/${apiVersion}/external-install`,
    limit: "general",
    scopes: () => [[]],
    handle(_request, portal) {
      tokens.uninstall(portal.settings.portalId);
      return { status: 204 };
    },
  };
}

function readForm(request: ApiRequest): URLSearchParams {
  const type = String(request.headers["content-type"] ?? "");
  if (!type.startsWith("application/x-www-form-urlencoded")) throw oauthError("BAD_GRANT_TYPE");
  return new URLSearchParams(request.rawBody);
}

function checkClient(app: AppDefinition, form: URLSearchParams): void {
  if (form.get("client_id") !== app.clientId) throw oauthError("BAD_CLIENT_ID");
  const given = Buffer.from(form.get("client_secret") ?? "");
  const right = Buffer.from(app.clientSecret);
  if (given.length !== right.length || !timingSafeEqual(given, right)) throw oauthError("BAD_CLIENT_SECRET");
}

function issueToken(parts: OAuthParts, form: URLSearchParams): ApiAnswer {
  const { tokens } = parts;
  const grant = grantFor(parts, form);
  if (!parts.portals.has(grant.portalId)) throw oauthError("BAD_HUB");
  if (form.get("grant_type") === "refresh_token") tokens.rotate(grant);
  return { status: 200, body: describeToken(tokens.issueAccessToken(grant)) };
}

function grantFor({ tokens }: OAuthParts, form: URLSearchParams): Grant {
  const type = form.get("grant_type");
  if (type === "refresh_token") {
    const grant = tokens.findByRefreshToken(form.get("refresh_token") ?? "");
    if (!grant) throw oauthError("BAD_REFRESH_TOKEN");
    return grant;
  }
  if (type !== "authorization_code") throw oauthError("BAD_GRANT_TYPE");
  const result = tokens.exchange(form.get("code") ?? "", form.get("redirect_uri") ?? "", form.get("code_verifier"));
  if ("grant" in result) return result.grant;
  if (result.refused === "redirect") throw oauthError("BAD_REDIRECT_URI");
  throw oauthError(result.refused === "verifier" ? "BAD_CODE_VERIFIER" : "BAD_AUTH_CODE");
}

function describeToken({ token, grant }: AccessToken) {
  return {
    token_type: "bearer",
    token_use: "access_token",
    refresh_token: grant.refreshToken,
    access_token: token,
    expires_in: accessTokenLifeSeconds,
    hub_id: grant.portalId,
    user_id: grant.user.userId,
    scopes: grant.scopes,
  };
}

function introspect({ app, tokens, clock }: OAuthParts, value: string): object {
  const access = tokens.findAccessToken(value);
  const grant = access?.grant ?? tokens.findByRefreshToken(value);
  const alive = access ? !access.ended && access.expiresAt > clock.now() : grant !== null;
  if (!grant || !alive) return { active: false };
  const shared = {
    active: true,
    token: value,
    token_type: "bearer",
    hub_id: grant.portalId,
    hub_domain: `portal-${grant.portalId}.example.com`,
    user: grant.user.email,
    user_id: grant.user.userId,
    app_id: app.appId,
    client_id: app.clientId,
    scopes: grant.scopes,
  };
  if (!access) return { ...shared, token_use: "refresh_token" };
  const expiresIn = Math.floor((access.expiresAt - clock.now()) / 1000);
  return { ...shared, token_use: "access_token", expires_in: expiresIn, is_private_distribution: false };
}
