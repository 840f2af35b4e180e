import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../../context.ts";
import { readBarredOutputs } from "../../db/definition-faults.ts";
import { holdsWrites, readWrites } from "../../db/held-outputs.ts";
import { findWaitingRecords, type MirrorState, readMirrorStates } from "../../db/mirror-state.ts";
import { findPortal } from "../../db/portals.ts";
import { readReconcileMark } from "../../db/reconciles.ts";
import { type CrmRecord, watermarkProperty } from "../../hubspot/crm-record.ts";
import { propertiesToRead } from "../properties-to-read.ts";
import type { MirrorType } from "../record-properties.ts";
import { storableProperties } from "../storable-properties.ts";
import { hasSameValues } from "./drift.ts";
import type { Finding, Run } from "./finding.ts";
import { outputNamesOf, outputTypeOf } from "./recheck-records.ts";

/** The search index lags behind writes, by an hour at worst (hubspot-api.md §8), and clocks differ. */
const overlapMs = 2 * 3_600_000;
const pageSize = 200;
/** A search may be 3,000 characters long (§4.1); names beyond this are not asked for, and every result is a suspect. */
const mostNameLength = 2_000;
/** Of a merged record: the ids that it took over. */
const mergedIds = "hs_merged_object_ids";

/**
 * Records that HubSpot changed since the last run began, page by page in the order of their ids: so the 10,000th result is
 * never asked for, however many changed in one second (§8). The search lags, so it only names suspects; and our own writes
 * change a company too, so a suspect is only who differs.
 */
export async function findChanged(
  ctx: Pick<Context, "db" | "hubspot">,
  portalId: PortalId,
  type: MirrorType,
  run: Run,
): Promise<Finding> {
  const names = await propertiesToRead(ctx.db, portalId, type);
  const asked = [...names, ...outputNamesOf(type), mergedIds];
  const isTooLong = asked.join().length > mostNameLength;
  const page = await ctx.hubspot.searchRecords(portalId, {
    objectType: type,
    filterGroups: [{ filters: await filtersOf(ctx, portalId, type, run) }],
    sortBy: "hs_object_id",
    properties: isTooLong ? [mergedIds] : asked,
    limit: pageSize,
    priority: "reconcile",
  });
  const next = page.records.length < pageSize ? null : (page.records.at(-1)?.id ?? null);
  const suspects = isTooLong
    ? page.records.map(({ id }) => id)
    : await findDiffering(ctx, portalId, type, names, page.records);
  return {
    type,
    suspects: await withoutWaiting(ctx, portalId, type, [
      ...new Set([...suspects, ...(await findMerged(ctx, portalId, type, page.records))]),
    ]),
    checked: page.records.length,
    next,
    ...(next === null && { mark: { changedUntil: run.startedAt } }),
  };
}

async function filtersOf(ctx: Pick<Context, "db">, portalId: PortalId, type: MirrorType, run: Run) {
  const { changedUntil } = await readReconcileMark(ctx.db, portalId, run.scope, type);
  // Before the first run everything was read, from the install on.
  const since = (changedUntil ?? (await findPortal(ctx.db, portalId))?.installedAt.getTime() ?? 0) - overlapMs;
  const changed = {
    propertyName: watermarkProperty(type),
    operator: "GTE",
    value: String(Math.max(0, since)),
  } as const;
  const after = { propertyName: "hs_object_id", operator: "GT", value: run.pageAfter ?? "" } as const;
  return run.pageAfter === null ? [changed] : [changed, after];
}

async function findDiffering(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
  type: MirrorType,
  names: readonly string[],
  records: readonly CrmRecord[],
): Promise<string[]> {
  const ids = records.map(({ id }) => id);
  const states = await readMirrorStates(ctx.db, portalId, type, ids);
  const output = outputTypeOf(type);
  const written = output === null ? new Map<string, never>() : await readWrites(ctx.db, portalId, output, ids);
  const barred = await readBarredOutputs(ctx.db, portalId);
  const isSame = ({ id, properties }: CrmRecord) => {
    const state = states.get(id);
    const ours = written.get(id);
    return (
      state?.archived === false &&
      hasSameValues(names, state.properties, storableProperties(properties)) &&
      (ours === undefined || holdsWrites(ours, properties, barred))
    );
  };
  return records.filter((record) => !isSame(record)).map(({ id }) => id);
}

/** Ids that a found record took over, and of which the mirror does not know it. */
async function findMerged(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
  type: MirrorType,
  records: readonly CrmRecord[],
): Promise<string[]> {
  const ids = records.flatMap(({ properties }) => (properties[mergedIds] ?? "").split(";").filter(Boolean));
  const states = await readMirrorStates(ctx.db, portalId, type, ids);
  const isLive = (state: MirrorState | undefined) => state !== undefined && state.mergedInto === null;
  return ids.filter((id) => isLive(states.get(id)));
}

/** Who waits to be read is no drift: we were told. */
async function withoutWaiting(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
  type: MirrorType,
  ids: readonly string[],
): Promise<string[]> {
  const waiting = await findWaitingRecords(ctx.db, portalId, type, ids);
  return ids.filter((id) => !waiting.has(id));
}
