import type { PortalId } from "@touchstone/shared/ids.ts";
import { type RecordAnswer, recordPage } from "./answers.ts";
import { callHubSpot } from "./call-hubspot.ts";
import { type CrmRecord, toCrmRecord } from "./crm-record.ts";
import type { Gateway } from "./gateway.ts";
import type { Priority } from "./hubspot-options.ts";
import { type ReadLinks, readAssociations } from "./read-associations.ts";
import { toApiRequest } from "./sdk-requests.ts";

export interface RecordsPageQuery {
  readonly objectType: string;
  readonly properties: readonly string[];
  /** Object types whose links come with each record, for example "companies". */
  readonly associations?: readonly string[];
  /** From the page before; opaque. */
  readonly after?: string | null;
  /** 1 … 100, default 100. */
  readonly limit?: number;
  /** True lists what lies in the recycling bin instead. Default false. */
  readonly archived?: boolean;
  readonly priority: Priority;
}

export interface RecordsPage {
  readonly records: readonly CrmRecord[];
  /** Ids of those whose links could not all be read; their `associations` say nothing. */
  readonly unlinked: readonly string[];
  /** Null on the last page. */
  readonly after: string | null;
}

/** One page of all records of a type, by id. What changes meanwhile can be missed or come twice (§4.4). */
export async function listRecords(gateway: Gateway, portalId: PortalId, query: RecordsPageQuery): Promise<RecordsPage> {
  const { objectType, properties, associations = [], after, limit = 100, archived = false, priority } = query;
  const asked = associations.length > 0 ? [...associations] : undefined;
  const sdkRequest = await gateway.sdk.objects.getPage(
    objectType,
    limit,
    after ?? undefined,
    [...properties],
    undefined,
    asked,
    archived,
  );
  const request = toApiRequest(sdkRequest, gateway.versions);
  const page = await callHubSpot(gateway, { request, answer: recordPage, portal: { id: portalId, priority } });
  if (!asked) return { records: page.results.map(toCrmRecord), unlinked: [], after: page.paging };
  const complete = await Promise.all(asked.map((type) => readCutLists(gateway, portalId, query, type, page.results)));
  const unlinked = new Set(complete.flatMap(({ failed }) => failed.map(({ id }) => id)));
  const records = page.results.map((answer) => {
    if (unlinked.has(answer.id)) return toCrmRecord(answer);
    const lists = asked.map((type, index) => [type, linkedIds(answer, type, complete[index]?.links)] as const);
    return { ...toCrmRecord(answer), associations: Object.fromEntries(lists) };
  });
  return { records, unlinked: [...unlinked], after: page.paging };
}

/** A page cuts long lists of links short (§8, "association read truncated"): these are read again in full. */
async function readCutLists(
  gateway: Gateway,
  portalId: PortalId,
  query: RecordsPageQuery,
  type: string,
  answers: readonly RecordAnswer[],
): Promise<ReadLinks> {
  const ids = answers.filter((answer) => answer.associations?.[type]?.paging).map(({ id }) => id);
  if (ids.length === 0) return { links: new Map(), failed: [] };
  return readAssociations(gateway, portalId, {
    from: query.objectType,
    to: type,
    ids,
    priority: query.priority,
  });
}

/** A record is listed once for each label of the link; the ids count once. */
function linkedIds(answer: RecordAnswer, type: string, complete: ReadLinks["links"] | undefined): readonly string[] {
  const all = complete?.get(answer.id);
  return all
    ? all.map(({ toId }) => toId)
    : [...new Set(answer.associations?.[type]?.results.map(({ id }) => id) ?? [])];
}
