import type { PortalId } from "@touchstone/shared/ids.ts";
import { anything } from "./answers.ts";
import { callHubSpot } from "./call-hubspot.ts";
import type { Gateway } from "./gateway.ts";
import { HubSpotError, HubSpotNotFound, HubSpotRevoked, HubSpotUnauthorized } from "./hubspot-errors.ts";

/** "gone": the app is out. "later": HubSpot cannot be told now. "refused": it will not take the app out for us. */
export type Uninstalled = "gone" | "later" | "refused";

/**
 * Takes the app out of a portal whose admin wants it away; its admins get a mail from HubSpot. An app that is out already is a success. It
 * asks our own budget for nothing: a portal that pauses must be able to leave.
 */
export async function uninstallApp(gateway: Gateway, portalId: PortalId): Promise<Uninstalled> {
  // The SDK has no call for this.
  const url = `${gateway.apiUrl}/appinstalls/${gateway.versions.appInstalls}/external-install`;
  const request = { url, method: "DELETE", headers: { Accept: "application/json" }, body: undefined };
  const portal = { id: portalId, priority: "webhook" } as const;
  try {
    await callHubSpot(gateway, { request, answer: anything, portal, prepaid: true, isLeaving: true });
    return "gone";
  } catch (error) {
    if (!(error instanceof HubSpotError)) throw error;
    const isGone =
      error instanceof HubSpotNotFound || error instanceof HubSpotUnauthorized || error instanceof HubSpotRevoked;
    if (isGone) return "gone";
    gateway.log.warn({ portalId, reason: error.message }, "HubSpot did not take the app out of the portal");
    return error.retry === "later" ? "later" : "refused";
  }
}
