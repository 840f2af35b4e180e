import type { ApiAnswer, Route } from "../http/api-route.ts";
import type { Portal } from "../portal.ts";
import { authorizePage, refusalPage } from "./authorize-page.ts";
import type { OAuthParts } from "./oauth-endpoints.ts";

interface InstallRequest {
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly optionalScopes: readonly string[];
  readonly state: string | null;
  readonly challenge: string | null;
}

/**
 * The page on which a person lets the app into a portal, and the press on its button. A script may post the same form
 * with `portalId` (and `userId`) to `/oauth/authorize/allow` and follow the redirect.
 */
export function authorizeRoutes(parts: OAuthParts): Route[] {
  return [
    {
      method: "GET",
      path: "/oauth/authorize",
      open: true,
      handle({ query }) {
        const request = readRequest(parts, query);
        if (typeof request === "string") return page(400, refusalPage(request));
        const body = authorizePage({ app: parts.app, portals: [...parts.portals.values()], query, ...request });
        return page(200, body);
      },
    },
    {
      method: "POST",
      path: "/oauth/authorize/allow",
      open: true,
      handle({ rawBody }) {
        const form = new URLSearchParams(rawBody);
        const request = readRequest(parts, form);
        if (typeof request === "string") return page(400, refusalPage(request));
        return form.get("decision") === "deny" ? deny(request) : allow(parts, request, form);
      },
    },
  ];
}

function readRequest({ app }: OAuthParts, query: URLSearchParams): InstallRequest | string {
  if (query.get("client_id") !== app.clientId) return "The client id in this link belongs to no app.";
  const redirectUri = query.get("redirect_uri") ?? "";
  if (!app.redirectUrls.includes(redirectUri)) return "The redirect URL in this link is not one of the app's.";
  const scopes = words(query.get("scope"));
  const missing = app.requiredScopes.filter((scope) => !scopes.includes(scope));
  if (missing.length > 0) return `This link leaves out scopes that the app requires: ${missing.join(", ")}`;
  const optionalScopes = words(query.get("optional_scope"));
  const declared = [...app.requiredScopes, ...app.optionalScopes];
  const unknown = [...scopes, ...optionalScopes].filter((scope) => !declared.includes(scope));
  if (unknown.length > 0) return `This link asks for scopes that the app does not declare: ${unknown.join(", ")}`;
  return { redirectUri, scopes, optionalScopes, state: query.get("state"), challenge: query.get("code_challenge") };
}

function allow({ portals, tokens }: OAuthParts, request: InstallRequest, form: URLSearchParams): ApiAnswer {
  const portal = portals.get(Number(form.get("portalId")));
  if (!portal) return page(400, refusalPage("There is no such portal."));
  const missing = portal.settings.missingScopes ?? [];
  const lacking = request.scopes.filter((scope) => missing.includes(scope));
  if (lacking.length > 0)
    return page(403, refusalPage(`This portal's subscription lacks scopes: ${lacking.join(", ")}`));
  const user = userOf(portal, Number(form.get("userId")));
  if (!user) return page(400, refusalPage("There is no such user in the portal."));
  const scopes = [...request.scopes, ...request.optionalScopes.filter((scope) => !missing.includes(scope))];
  const { redirectUri, challenge } = request;
  const code = tokens.issueCode({
    portalId: portal.settings.portalId,
    user: { userId: user.userId, email: user.email },
    scopes: [...new Set(scopes)],
    redirectUri,
    challenge,
  });
  return redirect(request, { code });
}

export function userOf(portal: Portal, userId: number) {
  return userId ? portal.owners.find((owner) => owner.userId === userId) : portal.owners[0];
}

function deny(request: InstallRequest): ApiAnswer {
  return redirect(request, { error: "access_denied", error_description: "The user denied access." });
}

function redirect({ redirectUri, state }: InstallRequest, parameters: Record<string, string>): ApiAnswer {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  if (state !== null) url.searchParams.set("state", state);
  return { status: 302, headers: { location: url.href } };
}

function page(status: number, body: string): ApiAnswer {
  return { status, body };
}

function words(text: string | null): string[] {
  return (text ?? "").split(/[\s,]+/).filter(Boolean);
}
