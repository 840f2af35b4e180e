import type { AppPageLocation } from "./page-data.ts";

/** Where the pages live: records as in HubSpot's own addresses, the rest apart from the stand-in's control paths. */
export const pagePaths = { portal: "/contacts/", app: "/app/", own: "/_stand-in/pages/" } as const;

/** Where the app's own pages begin; their routes follow. */
export const appPageBase = (portalId: number, location: AppPageLocation): string =>
  `${pagePaths.app}${portalId}/${location}`;
