import { appObjectScopes } from "@touchstone/shared/app-objects.ts";
import type { Context } from "../context.ts";
import { BadRequest } from "../errors.ts";
import { optionalScopes, requiredScopes } from "./app-scopes.ts";
import { createState } from "./install-state.ts";
import { addState, readReturnUrl } from "./return-url.ts";

export const redirectUriOf = (publicUrl: string) => `${publicUrl}/oauth/callback`;

interface Begun {
  readonly location: string;
  readonly state: string;
}

/**
 * Where to send the browser, and the state that it must bring back. Anybody may ask for this, so it costs no row and no
 * request: the state carries its own proof.
 */
export function beginInstall(ctx: Pick<Context, "config" | "hubspot" | "now">): Begun {
  const { config } = ctx;
  const state = createState(ctx.config.hubspot.clientSecret, ctx.now(), "here");
  const location = ctx.hubspot.authorizeUrl({
    state,
    redirectUri: redirectUriOf(ctx.config.http.publicUrl),
    scopes: requiredScopes,
    optionalScopes: [...optionalScopes, ...(config.appObjects ? appObjectScopes(config.hubspot.appId) : [])],
  });
  return { location, state };
}

export const notHubSpots =
  "This link leads back to an address that is not HubSpot's. Nothing was installed. Begin again.";

/** The Marketplace asks us to let the person in first. We have no login of our own, so a state goes back at once. */
export function beginAtMarketplace(
  ctx: Pick<Context, "config" | "now">,
  { returnUrl }: { returnUrl: string | undefined },
): Begun {
  const back = readReturnUrl(returnUrl ?? "", ctx.config.hubspot.appUrl);
  if (back === null) throw new BadRequest(notHubSpots);
  const state = createState(ctx.config.hubspot.clientSecret, ctx.now(), "marketplace");
  return { location: addState(back, state), state };
}
