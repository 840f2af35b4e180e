import type { PortalId } from "@touchstone/shared/ids.ts";
import { type RecordAnswer, recordBatch } from "./answers.ts";
import { batchReadRequest } from "./batch-read-request.ts";
import { callHubSpot } from "./call-hubspot.ts";
import { chunksOf } from "./chunks-of.ts";
import { type CrmRecord, toCrmRecord } from "./crm-record.ts";
import type { Gateway } from "./gateway.ts";
import { HubSpotUnavailable } from "./hubspot-errors.ts";
import type { Priority } from "./hubspot-options.ts";
import { toRefusal } from "./judge-answer.ts";
import { lookForEach } from "./look-for-each.ts";
import { type FailedRead, findFailedReads } from "./row-errors.ts";
import { takeFromBudget } from "./take-from-budget.ts";

export interface RecordsQuery {
  readonly objectType: string;
  readonly ids: readonly string[];
  readonly properties: readonly string[];
  readonly priority: Priority;
  /**
   * Look for each missing record by itself, at one request each: only so can a merged record be told from a deleted
   * one. False when the caller knows already, for example from a deletion event; a list when it knows of which ids it
   * does not. Default true.
   */
  readonly findMerged?: boolean | readonly string[];
  /**
   * True: where 20 or more are missing the recycling bin is asked for them, 100 a request, before what is not there is looked for by itself.
   * Default false.
   */
  readonly askBinFirst?: boolean;
  /** True looks into the recycling bin instead, where nothing is merged. Default false. */
  readonly archived?: boolean;
  /**
   * True: rows that HubSpot could not read are told as `failed`, and the good ones beside them are kept. Default false: the read
   * fails, since who does not look at `failed` would take them for records that are not there.
   */
  readonly rowsMayFail?: boolean;
  /** Once it says so, no more missing records are looked for by themselves; the rest is told as `unsought`. Default never. */
  readonly isTimeUp?: () => boolean;
}

export interface ReadRecords {
  /** Each record once, under the id that it has now. */
  readonly found: readonly CrmRecord[];
  /** Ids that HubSpot has no record for: deleted, erased or never there. */
  readonly missing: readonly string[];
  /** Requested id → the id of the record that it was merged into. */
  readonly movedTo: ReadonlyMap<string, string>;
  /** Nothing is known of these this time; empty unless rows may fail. */
  readonly failed: readonly FailedRead[];
  /** Not in the batch's answer, and there was no time to look for them by themselves; empty unless time may be up. */
  readonly unsought: readonly string[];
}

const batchSize = 100;
/** Requests that run beside each other, taken from the budget together: waiting for one of them wastes no other. */
const batchesAtOnce = 5;
/** Names the ids that a record took over in merges; undefined names are left out on read, so it suits all types. */
const mergedIds = "hs_merged_object_ids";

/** Reads records by id, up to 100 a request; every requested id ends up as found, moved, missing, failed or unsought. */
export async function readRecords(gateway: Gateway, portalId: PortalId, query: RecordsQuery): Promise<ReadRecords> {
  const ids = [...new Set(query.ids)];
  const found = new Map<string, CrmRecord>();
  const movedTo = new Map<string, string>();
  const failed: FailedRead[] = [];
  for (const part of chunksOf(ids, batchSize * batchesAtOnce)) {
    const batches = await readBatches(gateway, portalId, query, part);
    failed.push(...batches.flatMap((batch) => batch.failed));
    const bad = new Set(failed.map(({ id }) => id));
    for (const answer of batches.flatMap(({ results }) => results)) {
      if (bad.has(answer.id)) continue;
      found.set(answer.id, toCrmRecord(withAskedOnly(answer, query)));
      for (const id of mergedInto(answer)) movedTo.set(id, answer.id);
    }
  }
  const unread = new Set(failed.map(({ id }) => id));
  const absent = ids.filter((id) => !found.has(id) && !movedTo.has(id) && !unread.has(id));
  const sought = absent.filter((id) => isSought(query, id));
  const inBin = await findInBin(gateway, portalId, query, sought);
  const lost = sought.filter((id) => !inBin.has(id));
  const answers = await lookForEach(gateway, portalId, query, lost);
  for (const [id, answer] of answers) {
    if (answer === null) continue;
    found.set(answer.id, toCrmRecord(answer));
    if (answer.id !== id) movedTo.set(id, answer.id);
  }
  const unsought = new Set(lost.filter((id) => !answers.has(id)));
  const missing = absent.filter((id) => !unsought.has(id) && !answers.get(id));
  return {
    found: [...found.values()],
    missing,
    movedTo: onlyRequested(movedTo, ids, found),
    failed,
    unsought: [...unsought],
  };
}

/**
 * A few are looked for by themselves all the same: that HubSpot keeps no merged record in its bin is not documented (the stand-in's switch
 * `mergedInBin`), and one that is found there counts as deleted.
 */
const fewest = 20;

async function findInBin(
  gateway: Gateway,
  portalId: PortalId,
  query: RecordsQuery,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (!query.askBinFirst || ids.length < fewest) return new Set();
  const { objectType, priority } = query;
  const bin = { objectType, priority, ids, properties: [], archived: true, rowsMayFail: true };
  return new Set((await readRecords(gateway, portalId, bin)).found.map(({ id }) => id));
}

const isSought = ({ findMerged = true, archived }: RecordsQuery, id: string): boolean =>
  archived ? false : typeof findMerged === "boolean" ? findMerged : findMerged.includes(id);

interface Batch {
  readonly results: readonly RecordAnswer[];
  readonly failed: readonly FailedRead[];
}

/** At most `batchesAtOnce` requests' worth of ids. */
async function readBatches(
  gateway: Gateway,
  portalId: PortalId,
  query: RecordsQuery,
  ids: readonly string[],
): Promise<Batch[]> {
  const chunks = [...chunksOf(ids, batchSize)];
  const properties = [...query.properties, mergedIds];
  const parts = await Promise.all(
    chunks.map(async (asked) => ({
      asked,
      request: await batchReadRequest(gateway, { ...query, ids: asked, properties }),
    })),
  );
  const portal = { id: portalId, priority: query.priority };
  const [first] = parts;
  if (first) await takeFromBudget(gateway, portal, "general", parts.length, first.request);
  return Promise.all(
    parts.map(async ({ asked, request }) => {
      const answer = await callHubSpot(gateway, { request, answer: recordBatch, portal, prepaid: true });
      const returned = answer.results.map(({ id }) => id);
      const failed = findFailedReads(asked, returned, answer);
      if (failed[0] && !query.rowsMayFail)
        throw new HubSpotUnavailable(`row failed: ${failed[0].category}`, "none", toRefusal(request, null));
      return { results: answer.results, failed };
    }),
  );
}

/** Without the property that only we asked for. */
function withAskedOnly(answer: RecordAnswer, query: RecordsQuery): RecordAnswer {
  if (query.properties.includes(mergedIds)) return answer;
  const { [mergedIds]: _ours, ...properties } = answer.properties;
  return { ...answer, properties };
}

function mergedInto(answer: RecordAnswer): readonly string[] {
  return (answer.properties[mergedIds] ?? "")
    .split(";")
    .map((id) => id.trim())
    .filter((id) => id !== "");
}

/** A record lists all ids that it ever took over; only those that were asked for, and are gone, concern the caller. */
function onlyRequested(
  movedTo: ReadonlyMap<string, string>,
  ids: readonly string[],
  found: ReadonlyMap<string, CrmRecord>,
) {
  return new Map(
    ids.flatMap((id) => {
      const newId = movedTo.get(id);
      return newId === undefined || found.has(id) ? [] : [[id, newId] as const];
    }),
  );
}
