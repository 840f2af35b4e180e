import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { describePortal } from "../db/portals.ts";
import { knowsTimeZone } from "../db/time-zones.ts";

/** A name of a zone is told to the log and to people. */
const longestName = 100;

/**
 * Keeps what HubSpot says of the account. The only place where a time zone comes in: one that days cannot be counted in, here or in the
 * database, whose lists of zones differ, is kept beside, and the portal's clock is UTC.
 */
export async function describeAccount(ctx: Pick<Context, "db" | "hubspot" | "log">, portalId: PortalId): Promise<void> {
  const { timeZone, companyCurrency, uiDomain } = await ctx.hubspot.readAccountDetails(portalId, "webhook");
  const isKnown = isKnownHere(timeZone) && (await knowsTimeZone(ctx.db, timeZone));
  const unknownTimeZone = isKnown ? null : timeZone.slice(0, longestName);
  if (!isKnown)
    ctx.log.warn(
      { portalId, timeZone: unknownTimeZone },
      "HubSpot names a time zone that is not known here: UTC is used",
    );
  await describePortal(ctx.db, portalId, {
    timeZone: isKnown ? timeZone : "UTC",
    unknownTimeZone,
    currency: companyCurrency,
    uiDomain,
  });
}

function isKnownHere(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
