import { randomUUID } from "node:crypto";
import type { ApiAnswer, ApiRequest, Route } from "../http/api-route.ts";
import type { Portal } from "../portal.ts";
import { userOf } from "./authorize-endpoints.ts";
import { refusalPage, toldPage } from "./authorize-page.ts";
import type { OAuthParts } from "./oauth-endpoints.ts";

interface Wizard {
  readonly portal: Portal;
  readonly user: { readonly userId: number; readonly email: string };
}

/**
 * The install of a listed app, as developers.hubspot.com describes it (Understand app install flow): the install button calls one of the
 * app's redirect URLs, with or without its own sign-in first, and the person is back when the browser is at `returnUrl`.
 */
export function marketplaceRoutes(parts: OAuthParts): Route[] {
  const wizards = new Map<string, Wizard>();
  const page = (path: string, handle: (request: ApiRequest) => ApiAnswer): Route => ({
    method: "GET",
    path: `/marketplace/${path}`,
    open: true,
    handle,
  });
  return [
    page("install", (request) => {
      const wizard = openWizard(parts, request.query);
      if (!wizard) return refuse("There is no such portal, or no such user in it.");
      const id = randomUUID();
      wizards.set(id, wizard);
      if (request.query.get("partnerSignIn") !== "true") return finish(parts, wizard, request, {});
      return callApp(parts, { step: "authorize", returnUrl: `${originOf(request)}/marketplace/signed-in/${id}` });
    }),
    page("signed-in/:id", (request) => {
      const wizard = wizards.get(request.params.id ?? "");
      const state = request.query.get("state");
      if (!wizard || !state) return refuse("The app sent no state.");
      return finish(parts, wizard, request, { step: "finalize", state });
    }),
    page("installed/:portalId", ({ params }) => {
      const isIn = parts.tokens.grantOf(Number(params.portalId)) !== null;
      return isIn ? { status: 200, body: toldPage("The app is installed") } : refuse("Please verify the connection.");
    }),
  ];
}

function openWizard({ portals }: OAuthParts, query: URLSearchParams): Wizard | null {
  const portal = portals.get(Number(query.get("portalId")));
  const user = portal && userOf(portal, Number(query.get("userId")));
  return portal && user ? { portal, user: { userId: user.userId, email: user.email } } : null;
}

/** The person has agreed: the app gets its code. */
function finish(
  parts: OAuthParts,
  { portal, user }: Wizard,
  request: ApiRequest,
  signedIn: Readonly<Record<string, string>>,
): ApiAnswer {
  const { app, tokens } = parts;
  const { portalId, missingScopes = [] } = portal.settings;
  const scopes = [...app.requiredScopes, ...app.optionalScopes].filter((scope) => !missingScopes.includes(scope));
  const code = tokens.issueCode({ portalId, user, scopes, redirectUri: installUrlOf(parts), challenge: null });
  return callApp(parts, { ...signedIn, code, returnUrl: `${originOf(request)}/marketplace/installed/${portalId}` });
}

function callApp(parts: OAuthParts, query: Readonly<Record<string, string>>): ApiAnswer {
  return { status: 302, headers: { location: `${installUrlOf(parts)}?${new URLSearchParams(query)}` } };
}

/** A listing picks it from the redirect URLs. */
const installUrlOf = ({ app }: OAuthParts): string => app.redirectUrls[0] ?? "";

const originOf = ({ headers }: ApiRequest): string => `http://${String(headers.host)}`;

const refuse = (reason: string): ApiAnswer => ({ status: 400, body: refusalPage(reason) });
