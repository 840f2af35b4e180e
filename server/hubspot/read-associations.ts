import type { PortalId } from "@touchstone/shared/ids.ts";
import type { z } from "zod";
import { associationBatch, type RowError } from "./answers.ts";
import { callHubSpot } from "./call-hubspot.ts";
import { chunksOf } from "./chunks-of.ts";
import type { Gateway } from "./gateway.ts";
import { HubSpotUnavailable } from "./hubspot-errors.ts";
import type { Priority } from "./hubspot-options.ts";
import { toRefusal } from "./judge-answer.ts";
import { toApiRequest } from "./sdk-requests.ts";

export interface AssociationsQuery {
  readonly from: string;
  readonly to: string;
  readonly ids: readonly string[];
  readonly priority: Priority;
}

export interface Association {
  readonly toId: string;
  readonly typeIds: readonly number[];
  readonly labels: readonly string[];
  /** The one company that HubSpot treats as a contact's or deal's own. */
  readonly primary: boolean;
}

const batchSize = 1_000;
/** 1,000 pages of at least 100 links; a record with more would never end. */
const maxPages = 1_000;
/** Contact–company 1 and 2, deal–company 5 and 6 (§6.2). */
const primaryTypeIds = new Set([1, 2, 5, 6]);

/** The links of records, all of them: each requested id has an entry, empty when it has no links or does not exist. */
export async function readAssociations(
  gateway: Gateway,
  portalId: PortalId,
  query: AssociationsQuery,
): Promise<ReadonlyMap<string, readonly Association[]>> {
  const ids = [...new Set(query.ids)];
  const links = new Map<string, Association[]>(ids.map((id) => [id, []]));
  for (const chunk of chunksOf(ids, batchSize)) {
    let inputs: { id: string; after?: string }[] = chunk.map((id) => ({ id }));
    for (let page = 0; inputs.length > 0; page += 1) {
      const answer = await readPage(gateway, portalId, query, inputs, page);
      for (const { from, to } of answer.results) links.get(from.id)?.push(...to.map(toAssociation));
      inputs = answer.results.flatMap(({ from, paging }) =>
        paging && links.has(from.id) ? [{ id: from.id, after: paging }] : [],
      );
    }
  }
  return links;
}

type AssociationAnswer = z.infer<typeof associationBatch>;

async function readPage(
  gateway: Gateway,
  portalId: PortalId,
  query: AssociationsQuery,
  inputs: { id: string; after?: string }[],
  page: number,
): Promise<AssociationAnswer> {
  const sdkRequest = await gateway.sdk.associationBatch.getPage(query.from, query.to, { inputs });
  const request = toApiRequest(sdkRequest, gateway.versions);
  if (page >= maxPages) throw new HubSpotUnavailable("links do not end", "none", toRefusal(request, null));
  const answer = await callHubSpot(gateway, {
    request,
    answer: associationBatch,
    portal: { id: portalId, priority: query.priority },
  });
  // Half a list of links would silently drop people from an account, so a row that failed fails the read.
  const failed = answer.errors.find((error) => !saysNone(error));
  if (failed)
    throw new HubSpotUnavailable(`row failed: ${failed.category ?? "no category"}`, "none", toRefusal(request, null));
  return answer;
}

/** A record without links, or that is gone, comes as an error of its row. */
function saysNone({ category, subCategory }: RowError): boolean {
  return category === "OBJECT_NOT_FOUND" || (subCategory ?? category ?? "").includes("NO_ASSOCIATIONS_FOUND");
}

function toAssociation({
  toObjectId,
  associationTypes,
}: AssociationAnswer["results"][number]["to"][number]): Association {
  return {
    toId: toObjectId,
    typeIds: associationTypes.map(({ typeId }) => typeId),
    labels: associationTypes.flatMap(({ label }) => (label === null ? [] : [label])),
    primary: associationTypes.some(
      ({ category, typeId }) => category === "HUBSPOT_DEFINED" && primaryTypeIds.has(typeId),
    ),
  };
}
