import { FilterOperatorEnum } from "@hubspot/api-client/lib/codegen/crm/objects/models/Filter.js";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { searchPage } from "./answers.ts";
import { callHubSpot } from "./call-hubspot.ts";
import { type CrmRecord, toCrmRecord } from "./crm-record.ts";
import type { Gateway } from "./gateway.ts";
import type { Priority } from "./hubspot-options.ts";
import { sdkChoice, toApiRequest } from "./sdk-requests.ts";

export interface SearchFilter {
  readonly propertyName: string;
  readonly operator: `${FilterOperatorEnum}`;
  readonly value?: string;
  readonly highValue?: string;
  readonly values?: readonly string[];
}

export interface SearchQuery {
  readonly objectType: string;
  /** Groups are joined by "or", the filters inside by "and"; at most 5 groups of 6 (§4.1). */
  readonly filterGroups: readonly { readonly filters: readonly SearchFilter[] }[];
  /** Ascending. By `hs_object_id` with a GT filter, one may go on past the 10,000th result. */
  readonly sortBy?: string;
  readonly properties: readonly string[];
  /** 1 … 200, default 200. */
  readonly limit?: number;
  readonly after?: string | null;
  readonly priority: Priority;
}

export interface SearchPage {
  readonly records: readonly CrmRecord[];
  readonly total: number;
  readonly after: string | null;
}

/** HubSpot refuses longer bodies (§4.1). */
const maxBodyLength = 3_000;

/** One page of a search. The index lags behind writes: never search for what was just written. */
export async function searchRecords(gateway: Gateway, portalId: PortalId, query: SearchQuery): Promise<SearchPage> {
  const { objectType, filterGroups, sortBy, properties, limit = 200, after, priority } = query;
  const input = {
    filterGroups: filterGroups.map(({ filters }) => ({ filters: filters.map(toSdkFilter) })),
    properties: [...properties],
    limit,
    ...(sortBy === undefined ? {} : { sorts: [sortBy] }),
    ...(after ? { after } : {}),
  };
  const request = toApiRequest(await gateway.sdk.search.doSearch(objectType, input), gateway.versions);
  if ((request.body?.length ?? 0) > maxBodyLength)
    throw new RangeError(`A search may be ${maxBodyLength} characters long.`);
  const page = await callHubSpot(gateway, {
    request,
    answer: searchPage,
    portal: { id: portalId, priority },
    search: true,
  });
  return { records: page.results.map(toCrmRecord), total: page.total, after: page.paging };
}

function toSdkFilter({ operator, values, ...filter }: SearchFilter) {
  return { ...filter, operator: sdkChoice(FilterOperatorEnum, operator), ...(values ? { values: [...values] } : {}) };
}
