import type { PortalId } from "@touchstone/shared/ids.ts";
import type { z } from "zod";
import { associationBatch } from "./answers.ts";
import { callHubSpot } from "./call-hubspot.ts";
import { chunksOf } from "./chunks-of.ts";
import type { Gateway } from "./gateway.ts";
import { HubSpotUnavailable } from "./hubspot-errors.ts";
import type { Priority } from "./hubspot-options.ts";
import { toRefusal } from "./judge-answer.ts";
import { type FailedRead, findFailedReads } from "./row-errors.ts";
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

export interface ReadLinks {
  /** All links of each requested record; none for one that has none or does not exist. */
  readonly links: ReadonlyMap<string, readonly Association[]>;
  /** Not all of their links could be read: `links` has no entry for these, since half a list would drop people from an account. */
  readonly failed: readonly FailedRead[];
}

const batchSize = 1_000;
/** 1,000 pages of at least 100 links; a record with more would never end. */
const maxPages = 1_000;
/** Contact–company 1 and 2, deal–company 5 and 6 (§6.2). */
const primaryTypeIds = new Set([1, 2, 5, 6]);

/** The links of records, all of them: every requested id ends up in `links` or in `failed`. */
export async function readAssociations(
  gateway: Gateway,
  portalId: PortalId,
  query: AssociationsQuery,
): Promise<ReadLinks> {
  const ids = [...new Set(query.ids)];
  const links = new Map<string, Association[]>(ids.map((id) => [id, []]));
  const failed: FailedRead[] = [];
  for (const chunk of chunksOf(ids, batchSize)) {
    let inputs: Input[] = chunk.map((id) => ({ id }));
    for (let page = 0; inputs.length > 0; page += 1) {
      const answer = await readPage(gateway, portalId, query, inputs, page);
      const unread = findUnread(inputs, answer, page);
      failed.push(...unread);
      for (const { id } of unread) links.delete(id);
      for (const { from, to } of answer.results) links.get(from.id)?.push(...to.map(toAssociation));
      inputs = answer.results.flatMap(({ from, paging }) =>
        paging && links.has(from.id) ? [{ id: from.id, after: paging }] : [],
      );
    }
  }
  return { links, failed };
}

type AssociationAnswer = z.infer<typeof associationBatch>;

interface Input {
  readonly id: string;
  readonly after?: string;
}

function findUnread(inputs: readonly Input[], answer: AssociationAnswer, page: number): FailedRead[] {
  const ids = inputs.map(({ id }) => id);
  const answered = new Set(answer.results.map(({ from }) => from.id));
  const failed = findFailedReads(ids, [...answered], answer);
  if (page === 0) return failed;
  // It was said to have more, so that nothing came is no answer.
  const told = answered.union(new Set(failed.map(({ id }) => id)));
  return [...failed, ...ids.filter((id) => !told.has(id)).map((id) => ({ id, category: "links broke off" }))];
}

async function readPage(
  gateway: Gateway,
  portalId: PortalId,
  query: AssociationsQuery,
  inputs: readonly Input[],
  page: number,
): Promise<AssociationAnswer> {
  const sdkRequest = await gateway.sdk.associationBatch.getPage(query.from, query.to, { inputs: [...inputs] });
  const request = toApiRequest(sdkRequest, gateway.versions);
  if (page >= maxPages) throw new HubSpotUnavailable("links do not end", "none", toRefusal(request, null));
  return callHubSpot(gateway, {
    request,
    answer: associationBatch,
    portal: { id: portalId, priority: query.priority },
  });
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
