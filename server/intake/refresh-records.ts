import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { readBudgetUse } from "../db/budgets.ts";
import { forgetLetters } from "../db/dead-letters.ts";
import { markDirty, type Priority, priorities, requestClasses } from "../db/dirty-accounts.ts";
import { needs } from "../db/inbox.ts";
import { holdForReading } from "../db/move-tier.ts";
import { erasePerson, findErased } from "../db/people.ts";
import { findPortal } from "../db/portals.ts";
import { noteUnreadable } from "../db/readable-types.ts";
import { nextReadNo } from "../db/records.ts";
import {
  type Claimable,
  claimStale,
  markStale,
  readRipeness,
  type StaleRecord,
  settleStale,
} from "../db/stale-records.ts";
import { HubSpotForbidden, HubSpotRejected } from "../hubspot/hubspot-errors.ts";
import { gatheringWindowMs } from "./gathering-window.ts";
import { endsWork, giveBack, giveBackFailed, giveBackUnsought, layAside, leaveUnread } from "./give-back.ts";
import { markAfterMerge, markNeighbours } from "./mark-neighbours.ts";
import { propertiesToRead } from "./properties-to-read.ts";
import { readLinks } from "./read-links.ts";
import { readReadability } from "./readable-types.ts";
import { everything, isMirrorType, isNeeded, type MirrorType } from "./record-properties.ts";
import { personHash, saveToMirror } from "./save-to-mirror.ts";
import { originOf, replacesSignals } from "./signals-of.ts";

type Parts = Pick<Context, "db" | "hubspot" | "queue" | "log" | "config">;

/**
 * Five batch reads of HubSpot (100 records each), whose links then cost one request instead of five (1,000 each;
 * hubspot-api.md §4.2). More would be lost when HubSpot wants us to wait in the middle.
 */
const batchSize = 500;
/**
 * A portal's turn; what is left waits for the next one, so that no portal holds a worker for long, and no live change waits for
 * hundreds of records that are looked for one by one.
 */
const turnMs = 5_000;

/**
 * Job: brings the mirror up to date with what changed in a portal, then has the touched accounts scored. An event was
 * only a hint: what is read is the present state, so neither order nor duplicates of events matter.
 */
export async function refreshRecords(ctx: Parts, portalId: PortalId): Promise<void> {
  const portal = await findPortal(ctx.db, portalId);
  if (!portal || portal.status === "disconnected" || portal.status === "preparing") return;
  const use = await readBudgetUse(ctx.db, portalId);
  // Several events of one change arrive within moments: letting them gather costs one read instead of many.
  const windowMs = gatheringWindowMs(use, ctx.config.settleMs);
  const endAt = performance.now() + turnMs;
  const isTimeUp = () => performance.now() >= endAt;
  let liveUntil = "-infinity";
  for (let worked = false; ; worked = true) {
    const ripe = await readRipeness(ctx.db, portalId, windowMs);
    if (ripe.ripeInMs === 0) {
      // While changes never cease, those of the slice before are scored beside the next reading.
      if (worked) await ctx.queue.wake("rescore-batch", portalId);
      // What was marked until now goes with what is ripe, of every type: so a change of several records is one rescore.
      liveUntil = ripe.now;
    }
    const outcome = await refreshBatch(ctx, portalId, use.pausedMs > 0 ? "erasures" : { liveUntil }, isTimeUp);
    if (outcome === "more" && !isTimeUp()) continue;
    if (outcome === "more" || worked) await ctx.queue.wake("rescore-batch", portalId);
    const againMs = outcome === "more" ? 0 : outcome === "none" ? ripe.ripeInMs : outcome.laterMs;
    if (outcome === "more" || typeof outcome === "object" || againMs)
      await ctx.queue.wake("refresh-records", portalId, againMs ?? 0);
    return;
  }
}

/** "none": nothing was free to claim. `laterMs`: so long HubSpot, or the work itself, wants us to wait. */
type Outcome = "more" | "none" | { readonly laterMs: number };

async function refreshBatch(
  ctx: Parts,
  portalId: PortalId,
  claimable: Claimable,
  isTimeUp: () => boolean,
): Promise<Outcome> {
  const claims = await claimStale(ctx.db, portalId, batchSize, ctx.config.leaseMs, claimable);
  const type = claims[0]?.objectType;
  if (type === undefined) return "none";
  if (!isMirrorType(type)) {
    // Left by another version of this program: it must not hold up the types that we know.
    await layAside(ctx, portalId, claims, `the mirror holds no records of type ${type}`);
    return "more";
  }
  if ((await readReadability(ctx.db, portalId))(type) !== "readable") {
    await leaveUnread(ctx, portalId, type, claims);
    return "more";
  }
  try {
    const erased = await findErasedClaims(ctx, portalId, type, claims);
    for (const claim of erased) await erase(ctx, portalId, claim);
    const reads = claims.filter((claim) => !erased.includes(claim));
    if (reads.length > 0) await refreshApart(ctx, portalId, type, reads, isTimeUp);
    return "more";
  } catch (error) {
    if (error instanceof HubSpotForbidden && !isNeeded(type)) {
      // Read again, they would hold up everything else of the portal for good. The backfill leaves them out too.
      await noteUnreadable(ctx.db, portalId, type);
      await leaveUnread(ctx, portalId, type, claims);
      return "more";
    }
    const laterMs = await giveBack(ctx, portalId, claims, error);
    if (endsWork(error)) throw error;
    return { laterMs };
  }
}

/** People to erase now, and those erased before about whom another event came: it leaves the same traces. */
async function findErasedClaims(
  ctx: Parts,
  portalId: PortalId,
  type: MirrorType,
  claims: readonly StaleRecord[],
): Promise<StaleRecord[]> {
  if (type !== "contacts") return [];
  const hashes = new Map(claims.map((claim) => [claim, personHash(portalId, claim.objectId)]));
  const before = await findErased(ctx.db, portalId, [...hashes.values()]);
  return claims.filter(
    (claim) => (claim.needs & needs.erasure) > 0 || before.has(hashes.get(claim)?.toString("hex") ?? ""),
  );
}

async function erase(ctx: Parts, portalId: PortalId, claim: StaleRecord): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    const accounts = await erasePerson(trx, portalId, claim.objectId, (id) => personHash(portalId, id));
    await markDirty(trx, portalId, accounts, priorities.live);
    await settleStale(trx, portalId, [claim]);
  });
  ctx.log.info({ portalId }, "a person was erased for good");
}

/** HubSpot refuses a whole request for one id that it does not like: halved until it stands alone, it holds up no other. */
async function refreshApart(
  ctx: Parts,
  portalId: PortalId,
  type: MirrorType,
  claims: readonly StaleRecord[],
  isTimeUp: () => boolean,
) {
  try {
    await refresh(ctx, portalId, type, claims, isTimeUp);
  } catch (error) {
    if (!(error instanceof HubSpotRejected)) throw error;
    if (claims.length === 1) return void (await giveBack(ctx, portalId, claims, error));
    const middle = Math.ceil(claims.length / 2);
    await refreshApart(ctx, portalId, type, claims.slice(0, middle), isTimeUp);
    await refreshApart(ctx, portalId, type, claims.slice(middle), isTimeUp);
  }
}

async function refresh(
  ctx: Parts,
  portalId: PortalId,
  type: MirrorType,
  claims: readonly StaleRecord[],
  isTimeUp: () => boolean,
) {
  // Taken before the request: a reading that was asked for later always wins.
  const readNo = await nextReadNo(ctx.db);
  const priority: Priority = claims[0]?.priority ?? priorities.live;
  const records = await ctx.hubspot.readRecords(portalId, {
    objectType: type,
    ids: claims.map((claim) => claim.objectId),
    properties: await propertiesToRead(ctx.db, portalId, type),
    priority: requestClasses[priority],
    findMerged: claims.filter((claim) => (claim.needs & needs.mergeTrace) > 0).map((claim) => claim.objectId),
    askBinFirst: true,
    rowsMayFail: true,
    isTimeUp,
  });
  const found = records.found.map((record) => ({ objectId: record.id, properties: record.properties }));
  const there = new Set(found.map((record) => record.objectId));
  // An activity's signals rest on whom it was with, so its links are read with it, whatever changed.
  const wantsLinks = (claim: StaleRecord) => replacesSignals(type) || (claim.needs & needs.associations) > 0;
  const toLink = claims
    .filter((claim) => wantsLinks(claim) && there.has(claim.objectId))
    .map((claim) => claim.objectId);
  const linked = await readLinks(ctx, portalId, type, toLink, requestClasses[priority]);
  const isBack = (claim: StaleRecord) => (claim.needs & needs.neighbours) > 0 && there.has(claim.objectId);
  const restored = claims.filter(isBack).map((claim) => claim.objectId);
  const lonely = await markNeighbours(ctx, portalId, type, restored, priority);
  const failed = [...records.failed, ...linked.failed, ...lonely];
  const untold = new Set([...failed.map(({ id }) => id), ...records.unsought]);
  const told = claims.filter((claim) => !untold.has(claim.objectId));
  const unmarked = await markAfterMerge(ctx, portalId, type, records.movedTo, priority);
  // In a statement of its own: beside the claims it would be locked out of order.
  const unread = [...records.movedTo.values()].filter((to) => !toLink.includes(to));
  const again = [
    ...unread.map((objectId) => ({ objectType: type, objectId, needs: everything })),
    ...unmarked.map(({ id }) => ({ objectType: type, objectId: id, needs: needs.neighbours })),
  ];
  await markStale(ctx.db, portalId, again, priority);
  await ctx.db.transaction().execute(async (trx) => {
    await holdForReading(trx, portalId, type, records.movedTo);
    const touched = await saveToMirror(trx, portalId, {
      type,
      readNo,
      found,
      missing: records.missing,
      linkedIds: linked.linkedIds,
      links: linked.links,
      movedTo: records.movedTo,
    });
    await markDirty(trx, portalId, touched, priority);
    await forgetLetters(trx, portalId, "record", told.map(originOf));
    await settleStale(trx, portalId, told);
  });
  await giveBackFailed(ctx, portalId, claims, failed);
  await giveBackUnsought(ctx, portalId, claims, records.unsought);
}
