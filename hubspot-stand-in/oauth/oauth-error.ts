import { ApiError } from "../http/api-error.ts";

const errors = {
  BAD_REFRESH_TOKEN: ["invalid_grant", "missing or invalid refresh token"],
  BAD_AUTH_CODE: ["invalid_grant", "missing or unknown auth code"],
  BAD_HUB: ["invalid_grant", "missing or unknown hub"],
  BAD_CLIENT_ID: ["invalid_client", "missing or invalid client id"],
  BAD_CLIENT_SECRET: ["invalid_client", "missing or invalid client secret"],
  BAD_REDIRECT_URI: ["invalid_request", "missing or invalid redirect uri"],
  BAD_CODE_VERIFIER: ["invalid_grant", "missing or invalid code verifier"],
  BAD_SCOPES: ["invalid_scope", "one or more scopes are invalid"],
  BAD_GRANT_TYPE: ["unsupported_grant_type", "missing or unknown grant type"],
} as const;

/** Bodies of hubspot-api.md §2.4. */
export function oauthError(status: keyof typeof errors): ApiError {
  const [error, description] = errors[status];
  return new ApiError(400, { error, error_description: description, status, message: description });
}
