import { cutText } from "@touchstone/shared/cut-text.ts";
import type { NamedCompany } from "@touchstone/shared/home-api.ts";
import { recordUrl } from "@touchstone/shared/record-url.ts";
import type { Portal } from "../../db/portals.ts";

/** How the home page's lists name a company. */
export const nameCompany = (portal: Portal, companyId: string, name: string | null | undefined): NamedCompany => ({
  companyId,
  company: cutText(name || `Company ${companyId}`, 120),
  recordUrl: recordUrl(portal, companyId),
});
