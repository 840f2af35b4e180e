import type { NamedCompany } from "@touchstone/shared/home-api.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";

/** HubSpot's own; the same for every portal until the portal has said another. */
const usualDomain = "app.hubspot.com";

/** How the home page's lists name a company, with the address of its record. */
export function nameCompany(
  portal: { readonly portalId: PortalId; readonly uiDomain: string | null },
  companyId: string,
  name: string | null | undefined,
): NamedCompany {
  const recordUrl = `https://${portal.uiDomain ?? usualDomain}/contacts/${portal.portalId}/record/0-2/${companyId}`;
  return { companyId, company: name || `Company ${companyId}`, recordUrl };
}
