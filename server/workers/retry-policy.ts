import { AppError, PortalDisconnected } from "../errors.ts";
import { HubSpotForbidden, HubSpotRevoked } from "../hubspot/hubspot-errors.ts";

/** What becomes of a portal whose job failed. The work itself stays in the database and is woken again by the sweeper. */
export type Consequence = "disconnect" | "pause" | "none";

export function consequenceOf(error: unknown): Consequence {
  // HubSpot took the grant back: asking again would only earn refusals (hubspot-project.md §6.1).
  if (error instanceof HubSpotRevoked) return "disconnect";
  // A scope is missing: the portal must allow it first, until then its calls are held back.
  if (error instanceof HubSpotForbidden) return "pause";
  return "none";
}

/** Waiting for a limit or an outage is the normal course of things, not a fault of ours. */
export const isExpected = (error: unknown): boolean =>
  error instanceof PortalDisconnected ||
  (error instanceof AppError && error.retry === "later") ||
  consequenceOf(error) !== "none";
