import type { PortalId } from "@touchstone/shared/ids.ts";
import { anything } from "./answers.ts";
import { callHubSpot } from "./call-hubspot.ts";
import type { Gateway } from "./gateway.ts";
import { HubSpotNotFound, HubSpotRevoked, HubSpotUnauthorized } from "./hubspot-errors.ts";

/** Takes the app out of the portal; its admins get a mail from HubSpot. An app that is out already is a success. */
export async function uninstallApp(gateway: Gateway, portalId: PortalId): Promise<void> {
  // The SDK has no call for this.
  const url = `${gateway.apiUrl}/appinstalls/${gateway.versions.appInstalls}/external-install`;
  const request = { url, method: "DELETE", headers: { Accept: "application/json" }, body: undefined };
  try {
    await callHubSpot(gateway, { request, answer: anything, portal: { id: portalId, priority: "webhook" } });
  } catch (error) {
    const gone =
      error instanceof HubSpotNotFound || error instanceof HubSpotUnauthorized || error instanceof HubSpotRevoked;
    if (!gone) throw error;
  }
}
