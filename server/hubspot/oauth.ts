import { asPortalId, type PortalId } from "@touchstone/shared/ids.ts";
import type { z } from "zod";
import { anything, introspection, tokenGrant } from "./answers.ts";
import { callHubSpot } from "./call-hubspot.ts";
import type { Gateway } from "./gateway.ts";
import {
  HubSpotCodeRefused,
  HubSpotError,
  HubSpotMisconfigured,
  HubSpotRejected,
  HubSpotRevoked,
  HubSpotUnauthorized,
} from "./hubspot-errors.ts";
import { toApiRequest } from "./sdk-requests.ts";
import type { ApiRequest } from "./send-request.ts";

export interface AuthorizeRequest {
  readonly state: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** Scopes that a smaller edition of HubSpot may lack without failing the install. */
  readonly optionalScopes?: readonly string[];
}

export interface TokenGrant {
  readonly accessToken: string;
  /** Store whatever comes back: HubSpot may or may not give a new one (§2.3). */
  readonly refreshToken: string;
  readonly expiresInMs: number;
  /** The tenant. A refresh may leave it out. */
  readonly portalId: PortalId | null;
  readonly userId: number | null;
  readonly scopes: readonly string[] | null;
}

export interface Introspection {
  readonly active: boolean;
  readonly portalId: PortalId | null;
  readonly userId: number | null;
  readonly appId: number | null;
  readonly scopes: readonly string[] | null;
}

/** A token's kind, as OAuth names it. */
export type TokenKind = "access_token" | "refresh_token";

/** The address of HubSpot's install page. */
export function authorizeUrl(
  gateway: Gateway,
  { state, redirectUri, scopes, optionalScopes = [] }: AuthorizeRequest,
): string {
  const parameters = {
    client_id: gateway.clientId,
    redirect_uri: redirectUri,
    scope: scopes.join(" "),
    ...(optionalScopes.length > 0 ? { optional_scope: optionalScopes.join(" ") } : {}),
    state,
  };
  const query = Object.entries(parameters).map(([name, text]) => `${name}=${encodeURIComponent(text)}`);
  return `${gateway.appUrl}/oauth/authorize?${query.join("&")}`;
}

/** Trades the code of a finished install page for tokens. A code holds once, so a lost answer is not asked for again. */
export async function exchangeCode(
  gateway: Gateway,
  { code, redirectUri }: { code: string; redirectUri: string },
): Promise<TokenGrant> {
  const { clientId, clientSecret } = gateway;
  const sdkRequest = await gateway.sdk.tokens.create("authorization_code", code, redirectUri, clientId, clientSecret);
  const request = toApiRequest(sdkRequest, gateway.versions);
  try {
    return toGrant(await askOAuth(gateway, request, tokenGrant, { repeatable: false }));
  } catch (error) {
    throw error instanceof HubSpotRevoked ? new HubSpotCodeRefused(error.refusal) : error;
  }
}

export async function refreshToken(gateway: Gateway, token: string): Promise<TokenGrant> {
  const { clientId, clientSecret } = gateway;
  const sdkRequest = await gateway.sdk.tokens.create(
    "refresh_token",
    undefined,
    undefined,
    clientId,
    clientSecret,
    token,
  );
  return toGrant(await askOAuth(gateway, toApiRequest(sdkRequest, gateway.versions), tokenGrant));
}

/** Whether a token still holds; an unknown one is simply not active. */
export async function introspectToken(gateway: Gateway, token: string, kind: TokenKind): Promise<Introspection> {
  const answer = await askOAuth(gateway, tokenRequest(gateway, "introspect", token, kind), introspection);
  return {
    active: answer.active,
    portalId: answer.hub_id ? asPortalId(answer.hub_id) : null,
    userId: answer.user_id ?? null,
    appId: answer.app_id ?? null,
    scopes: answer.scopes ?? null,
  };
}

/** Access tokens that were given out before live on for up to half an hour (§2.3). */
export async function revokeToken(gateway: Gateway, token: string, kind: TokenKind): Promise<void> {
  await askOAuth(gateway, tokenRequest(gateway, "revoke", token, kind), anything);
}

/** Calls that the SDK does not have. The token goes in the body, never in the address. */
function tokenRequest(gateway: Gateway, what: "introspect" | "revoke", token: string, kind: TokenKind): ApiRequest {
  const { clientId, clientSecret } = gateway;
  const form = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, token, token_type_hint: kind });
  return {
    url: `${gateway.apiUrl}/oauth/${gateway.versions.oauth}/token/${what}`,
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
    body: form.toString(),
  };
}

async function askOAuth<T>(
  gateway: Gateway,
  request: ApiRequest,
  answer: z.ZodType<T>,
  how: { repeatable?: boolean } = {},
): Promise<T> {
  try {
    return await callHubSpot(gateway, { request, answer, portal: null, ...how });
  } catch (error) {
    throw classifyOAuthError(error);
  }
}

const ours = ["invalid_client", "BAD_CLIENT_ID", "BAD_CLIENT_SECRET", "BAD_REDIRECT_URI", "BAD_SCOPES"];
/** Of a code they say that it does not hold, of a refresh token that the portal took its grant back. */
const revoked = ["invalid_grant", "BAD_REFRESH_TOKEN", "BAD_HUB", "BAD_AUTH_CODE"];

/** §2.4. Our own fault is looked for first: it must never disconnect a portal. */
function classifyOAuthError(error: unknown): unknown {
  if (!(error instanceof HubSpotError)) return error;
  const says = (signals: readonly string[]) => signals.some((signal) => error.refusal.codes.includes(signal));
  if (says(ours) || error instanceof HubSpotUnauthorized) return new HubSpotMisconfigured(error.refusal);
  return error instanceof HubSpotRejected && says(revoked) ? new HubSpotRevoked(error.refusal) : error;
}

function toGrant(answer: z.infer<typeof tokenGrant>): TokenGrant {
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    expiresInMs: answer.expires_in * 1000,
    portalId: answer.hub_id ? asPortalId(answer.hub_id) : null,
    userId: answer.user_id ?? null,
    scopes: answer.scopes ?? null,
  };
}
