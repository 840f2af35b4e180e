import type { Clock } from "../clock.ts";
import type { AccessToken, TokenStore } from "../oauth/token-store.ts";
import type { Switches } from "../switches.ts";
import { ApiError } from "./api-error.ts";

type AuthenticationCategory = "INVALID_AUTHENTICATION" | "EXPIRED_AUTHENTICATION";

export function unauthenticated(category: AuthenticationCategory): ApiError {
  const message =
    category === "EXPIRED_AUTHENTICATION"
      ? "The OAuth token used to make this call expired. Please refresh the token."
      : "Authentication credentials not found or invalid.";
  return new ApiError(401, { status: "error", message, category });
}

export function missingScopes(scopes: readonly string[], switches: Switches): ApiError {
  const message = "This app hasn't been granted all required scopes to make this call.";
  const errors = [
    { message: "One or more of the following scopes are required.", context: { requiredGranularScopes: scopes } },
  ];
  return new ApiError(403, { status: "error", message, errors, category: switches.missingScopesCategory });
}

/** Finds the token of a request without judging it: the log wants to know the portal of a refused call too. */
export function findToken(tokens: TokenStore, authorization: string | undefined): AccessToken | null {
  const value = /^Bearer (.+)$/i.exec(authorization ?? "")?.[1];
  return value ? tokens.findAccessToken(value) : null;
}

export function requireLiveToken(token: AccessToken | null, clock: Clock): AccessToken {
  if (!token || token.ended) throw unauthenticated("INVALID_AUTHENTICATION");
  if (token.expiresAt <= clock.now()) throw unauthenticated("EXPIRED_AUTHENTICATION");
  return token;
}

export function requireScopes(
  alternatives: readonly (readonly string[])[],
  granted: readonly string[],
  switches: Switches,
): void {
  if (alternatives.some((scopes) => scopes.every((scope) => granted.includes(scope)))) return;
  throw missingScopes(alternatives.flat(), switches);
}
