import type { PortalId } from "@touchstone/shared/ids.ts";
import type { z } from "zod";
import { accountDetails } from "./answers.ts";
import { callHubSpot } from "./call-hubspot.ts";
import type { Gateway } from "./gateway.ts";
import type { Priority } from "./hubspot-options.ts";

/** `uiDomain` begins the links to records; `timeZone` is an IANA name (§2.2). */
export type AccountDetails = z.infer<typeof accountDetails>;

export function readAccountDetails(gateway: Gateway, portalId: PortalId, priority: Priority): Promise<AccountDetails> {
  // The SDK has no call for this.
  const url = `${gateway.apiUrl}/account-info/${gateway.versions.account}/details`;
  const request = { url, method: "GET", headers: { Accept: "application/json" }, body: undefined };
  return callHubSpot(gateway, { request, answer: accountDetails, portal: { id: portalId, priority } });
}
