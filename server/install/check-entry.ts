import type { Context } from "../context.ts";
import { BadRequest } from "../errors.ts";
import { notHubSpots } from "./begin-install.ts";
import { type Beginning, isValidState } from "./install-state.ts";
import { readReturnUrl } from "./return-url.ts";

/** What HubSpot's redirect and the browser brought; absent what came twice or is far too long. */
export interface InstallAnswer {
  readonly step: string | undefined;
  readonly code: string | undefined;
  readonly state: string | undefined;
  readonly returnUrl: string | undefined;
  readonly error: string | undefined;
  readonly cookie: string | undefined;
}

/** An install that came back in one of the ways that HubSpot documents. */
export interface Entry {
  readonly code: string;
  /** What of it is accepted once: our state, or where HubSpot's flow has none, the code. */
  readonly once: string;
  /** Where HubSpot wants the browser back; null when the install began at our own link. */
  readonly returnUrl: string | null;
}

const again = "Nothing was installed. Begin again.";
const notBegun = `This install was not begun here, or took longer than 15 minutes. ${again}`;

/**
 * Which of the three ways it is, and whether what proves it is there (decision 0034). HubSpot's documents:
 * developers.hubspot.com/docs/apps/developer-platform/list-apps/understand-app-install-flow.
 */
export function checkEntry(ctx: Pick<Context, "config" | "now">, answer: InstallAnswer): Entry {
  const { code, state, step } = answer;
  if (answer.error) throw new BadRequest(`HubSpot says that the app was not allowed. ${again}`);
  const isBare = step === undefined && state === undefined && answer.returnUrl !== undefined;
  const once = isBare ? code : checkState(ctx, answer);
  if (!code || !once || code.length > 500) throw new BadRequest(`HubSpot sent no code. ${again}`);
  if (!isBare && step === undefined) return { code, once, returnUrl: null };
  const returnUrl = readReturnUrl(answer.returnUrl ?? "", ctx.config.hubspot.appUrl);
  if (returnUrl === null) throw new BadRequest(notHubSpots);
  return { code, once, returnUrl };
}

/**
 * An install that began here must come back in the same browser. HubSpot ends one that began at the Marketplace inside a frame of its
 * own page, where browsers keep our cookie back (3P: github.com/usertour/usertour, pull request 497): there another cookie is refused and none is not.
 */
function checkState(ctx: Pick<Context, "config" | "now">, { step, state, cookie }: InstallAnswer): string {
  const beginning: Beginning | null = step === undefined ? "here" : step === "finalize" ? "marketplace" : null;
  const isSameBrowser = state === cookie || (beginning === "marketplace" && cookie === undefined);
  const holds =
    state !== undefined &&
    beginning !== null &&
    isSameBrowser &&
    isValidState(ctx.config.hubspot.clientSecret, state, ctx.now(), beginning);
  if (!holds) throw new BadRequest(notBegun);
  return state;
}
