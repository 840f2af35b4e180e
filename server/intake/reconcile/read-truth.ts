import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../../context.ts";
import type { MirrorState } from "../../db/mirror-state.ts";
import type { CrmRecord } from "../../hubspot/crm-record.ts";
import type { MirrorType } from "../record-properties.ts";

/** Where records are now, whatever the mirror thinks. */
export interface Truth {
  readonly found: readonly CrmRecord[];
  /** Nowhere, not even in the recycling bin. */
  readonly missing: readonly string[];
  /** In the recycling bin, which the mirror does not know. Whether records that were merged lie there too is not documented. */
  readonly binned: readonly string[];
  /** People who have been nowhere for a day: they were erased, and nobody told us. */
  readonly vanished: readonly string[];
  readonly movedTo: ReadonlyMap<string, string>;
  /** HubSpot could not tell this time. */
  readonly failed: readonly string[];
}

/** A deletion may be taken back, and an answer may be wrong: nobody is erased on the first look. */
const vanishedAfterMs = 86_400_000;

/**
 * What is not found lies in the recycling bin, or lives on under another id, or is gone for good. The bin is asked by the
 * hundred; only what is not there either is looked for one by one. Who lies in the bin is left to whoever reads single records in
 * bounded turns: a merge that was missed is told from a deletion by that alone, and of deletions there may be thousands.
 */
export async function readTruth(
  ctx: Pick<Context, "hubspot">,
  portalId: PortalId,
  objectType: MirrorType,
  ids: readonly string[],
  before: ReadonlyMap<string, MirrorState>,
  properties: readonly string[],
): Promise<Truth> {
  const query = { objectType, properties, priority: "reconcile", rowsMayFail: true } as const;
  const first = await ctx.hubspot.readRecords(portalId, { ...query, ids, findMerged: false });
  const failed = first.failed.map(({ id }) => id);
  if (first.missing.length === 0) return { ...first, binned: [], vanished: [], failed };
  const bin = await ctx.hubspot.readRecords(portalId, {
    ...query,
    ids: first.missing,
    properties: [],
    archived: true,
  });
  const inBin = new Set(bin.found.map(({ id }) => id));
  const binFailed = bin.failed.map(({ id }) => id);
  const lost = first.missing.filter((id) => !inBin.has(id) && !binFailed.includes(id));
  const isLongGone = (id: string) => objectType === "contacts" && isGoneFor(before.get(id), vanishedAfterMs);
  const sought = lost.filter((id) => before.get(id)?.archived !== true || isLongGone(id));
  const second = await ctx.hubspot.readRecords(portalId, { ...query, ids: sought });
  return {
    found: [...new Map([...first.found, ...second.found].map((record) => [record.id, record])).values()],
    missing: second.missing,
    binned: [...inBin].filter((id) => before.get(id)?.archived === false),
    vanished: second.missing.filter(isLongGone),
    movedTo: new Map([...first.movedTo, ...second.movedTo]),
    failed: [...failed, ...binFailed, ...second.failed.map(({ id }) => id)],
  };
}

const isGoneFor = (state: MirrorState | undefined, ms: number): boolean =>
  state?.archived === true && state.mergedInto === null && state.ageMs > ms;
