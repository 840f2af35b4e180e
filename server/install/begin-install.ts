import { appObjectScopes } from "@touchstone/shared/app-objects.ts";
import type { Context } from "../context.ts";
import { optionalScopes, requiredScopes } from "./app-scopes.ts";
import { createState } from "./install-state.ts";

export const redirectUriOf = (publicUrl: string) => `${publicUrl}/oauth/callback`;

/**
 * Where to send the browser, and the state that it must bring back. Anybody may ask for this, so it costs no row and no
 * request: the state carries its own proof.
 */
export function beginInstall(ctx: Pick<Context, "config" | "hubspot" | "now">): { location: string; state: string } {
  const { config } = ctx;
  const state = createState(ctx.config.hubspot.clientSecret, ctx.now());
  const location = ctx.hubspot.authorizeUrl({
    state,
    redirectUri: redirectUriOf(ctx.config.http.publicUrl),
    scopes: requiredScopes,
    optionalScopes: [...optionalScopes, ...(config.appObjects ? appObjectScopes(config.hubspot.appId) : [])],
  });
  return { location, state };
}
