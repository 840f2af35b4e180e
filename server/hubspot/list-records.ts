import type { PortalId } from "@touchstone/shared/ids.ts";
import { type RecordAnswer, recordPage } from "./answers.ts";
import { callHubSpot } from "./call-hubspot.ts";
import { type CrmRecord, toCrmRecord } from "./crm-record.ts";
import type { Gateway } from "./gateway.ts";
import type { Priority } from "./hubspot-options.ts";
import { isTooLong } from "./long-urls.ts";
import { type ReadLinks, readAssociations } from "./read-associations.ts";
import { readRecords } from "./read-records.ts";
import { toApiRequest } from "./sdk-requests.ts";
import type { ApiRequest } from "./send-request.ts";

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
  /** Ids of those that HubSpot could not tell in full: their `associations` say nothing, or they are not among the records at all. */
  readonly untold: readonly string[];
  /** Null on the last page. */
  readonly after: string | null;
}

/** One page of all records of a type, by id. What changes meanwhile can be missed or come twice (§4.4). */
export async function listRecords(gateway: Gateway, portalId: PortalId, query: RecordsPageQuery): Promise<RecordsPage> {
  const { associations = [] } = query;
  const { answers, after, failed } = await readPage(gateway, portalId, query);
  if (associations.length === 0) return { records: answers.map(toCrmRecord), untold: failed, after };
  const complete = await Promise.all(associations.map((type) => readCutLists(gateway, portalId, query, type, answers)));
  const unlinked = new Set(complete.flatMap((lists) => lists.failed.map(({ id }) => id)));
  const records = answers.map((answer) => {
    if (unlinked.has(answer.id)) return toCrmRecord(answer);
    const lists = associations.map((type, index) => [type, linkedIds(answer, type, complete[index]?.links)] as const);
    return { ...toCrmRecord(answer), associations: Object.fromEntries(lists) };
  });
  return { records, untold: [...failed, ...unlinked], after };
}

interface Page {
  readonly answers: readonly RecordAnswer[];
  readonly after: string | null;
  /** Ids of rows of the page that are not among the answers. */
  readonly failed: readonly string[];
}

/** In one request, or in two where the properties are too many for its address. */
async function readPage(gateway: Gateway, portalId: PortalId, query: RecordsPageQuery): Promise<Page> {
  const { objectType, properties, archived = false, priority } = query;
  const list = (request: ApiRequest) =>
    callHubSpot(gateway, { request, answer: recordPage, portal: { id: portalId, priority } });
  const whole = await pageRequest(gateway, query, properties);
  if (!isTooLong(whole)) {
    const page = await list(whole);
    return { answers: page.results, after: page.paging, failed: [] };
  }
  const page = await list(await pageRequest(gateway, query, []));
  const ids = page.results.map(({ id }) => id);
  const rows = { objectType, ids, properties, archived, priority, findMerged: false, rowsMayFail: true };
  const read = await readRecords(gateway, portalId, rows);
  const found = new Map(read.found.map((record) => [record.id, record.properties]));
  const answers = page.results.flatMap((answer) => {
    const values = found.get(answer.id);
    return values ? [{ ...answer, properties: values }] : [];
  });
  return { answers, after: page.paging, failed: read.failed.map(({ id }) => id) };
}

async function pageRequest(
  gateway: Gateway,
  { objectType, associations = [], after, limit = 100, archived = false }: RecordsPageQuery,
  properties: readonly string[],
): Promise<ApiRequest> {
  const sdkRequest = await gateway.sdk.objects.getPage(
    objectType,
    limit,
    after ?? undefined,
    [...properties],
    undefined,
    associations.length > 0 ? [...associations] : undefined,
    archived,
  );
  return toApiRequest(sdkRequest, gateway.versions);
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
