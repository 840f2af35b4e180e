import type { Context } from "../context.ts";
import { rememberState } from "../db/install-states.ts";
import { optionalScopes, requiredScopes } from "./app-scopes.ts";
import { createState, hashState, stateLifetimeMs } from "./install-state.ts";

export const redirectUriOf = (publicUrl: string) => `${publicUrl}/oauth/callback`;

/** Where to send the browser, and the state that it must bring back. */
export async function beginInstall(
  ctx: Pick<Context, "config" | "db" | "hubspot" | "now">,
): Promise<{ location: string; state: string }> {
  const state = createState(ctx.config.hubspot.clientSecret, ctx.now());
  await rememberState(ctx.db, hashState(state), stateLifetimeMs);
  const location = ctx.hubspot.authorizeUrl({
    state,
    redirectUri: redirectUriOf(ctx.config.http.publicUrl),
    scopes: requiredScopes,
    optionalScopes,
  });
  return { location, state };
}
