import type { PortalId } from "./ids.ts";

/** HubSpot's own; the same for every portal until the portal has said another. */
const usualDomain = "app.hubspot.com";

/** Address of a company's record in HubSpot. */
export const recordUrl = (
  portal: { readonly portalId: PortalId; readonly uiDomain: string | null } | undefined,
  companyId: string,
): string => `https://${portal?.uiDomain ?? usualDomain}/contacts/${portal?.portalId ?? ""}/record/0-2/${companyId}`;
