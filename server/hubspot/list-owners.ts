import type { PortalId } from "@touchstone/shared/ids.ts";
import type { z } from "zod";
import { ownerPage } from "./answers.ts";
import { callHubSpot } from "./call-hubspot.ts";
import type { Gateway } from "./gateway.ts";
import { HubSpotUnavailable } from "./hubspot-errors.ts";
import type { Priority } from "./hubspot-options.ts";
import { toRefusal } from "./judge-answer.ts";
import { toApiRequest } from "./sdk-requests.ts";

/** Records and tasks name an owner by `id`; signed requests name a person by `userId`. */
export type Owner = z.infer<typeof ownerPage>["results"][number];

/** 20,000 owners; more is a list that does not end. */
const maxPages = 200;

/** All owners that can get work, that is without archived ones. */
export async function listOwners(gateway: Gateway, portalId: PortalId, priority: Priority): Promise<readonly Owner[]> {
  const owners: Owner[] = [];
  let after: string | undefined;
  for (let page = 0; ; page += 1) {
    const request = toApiRequest(await gateway.sdk.owners.getPage(undefined, after, 100, false), gateway.versions);
    if (page >= maxPages) throw new HubSpotUnavailable("owners do not end", "none", toRefusal(request, null));
    const answer = await callHubSpot(gateway, { request, answer: ownerPage, portal: { id: portalId, priority } });
    owners.push(...answer.results);
    if (answer.paging === null) return owners;
    after = answer.paging;
  }
}
