import type { ExtensionPageData } from "../record-page/page-data.ts";
import type { ExtensionContext, PlaceContext } from "./extension-protocol.ts";

type Reader = Pick<ExtensionPageData, "portal" | "user" | "variables" | "app">;

/** HubSpot's context of an extension: who reads it, in which portal, and where it stands. */
export function extensionContext(data: Reader, title: string, place: PlaceContext): ExtensionContext {
  const { portal, variables, app } = data;
  const { userId, email, firstName, lastName, locale } = data.user;
  return {
    ...place,
    portal: { id: portal.portalId, timezone: portal.timeZone },
    user: { id: userId, email, emails: [email], firstName, lastName, locale, teams: [], permissions: [] },
    variables,
    extension: { appId: app.appId, cardTitle: title },
  };
}
