import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { buryWork } from "../db/dead-letters.ts";
import { needs } from "../db/inbox.ts";
import { isPassingError } from "../db/is-passing-error.ts";
import { releaseStale, type StaleRecord, settleStale } from "../db/stale-records.ts";
import { AppError, PortalDisconnected } from "../errors.ts";
import { HubSpotForbidden, HubSpotRateLimited, HubSpotRevoked } from "../hubspot/hubspot-errors.ts";
import type { FailedRead } from "../hubspot/row-errors.ts";
import { originOf } from "./signals-of.ts";

type Parts = Pick<Context, "db" | "log">;

const maxAttempts = 8;
const againMs = 2_000;

/** Nothing more may be asked of HubSpot for this portal; who runs the job decides what becomes of the portal. */
export const endsWork = (error: unknown) =>
  error instanceof HubSpotRevoked || error instanceof HubSpotForbidden || error instanceof PortalDisconnected;

/** HubSpot answered, and said of these that it could not read them. */
class RowsNotRead extends Error {}

/** HubSpot's trouble with a row may last: eight attempts at it take over four minutes. */
function delayOf(error: unknown, claims: readonly StaleRecord[]): number {
  if (error instanceof HubSpotRateLimited) return error.waitMs;
  if (!(error instanceof RowsNotRead)) return againMs;
  return againMs * 2 ** claims.reduce((most, { attempts }) => Math.max(most, attempts), 0);
}

/** Rows that HubSpot could not read, beside others that it read: they are asked for again, each time after a longer while. */
export async function giveBackFailed(
  ctx: Parts,
  portalId: PortalId,
  claims: readonly StaleRecord[],
  failed: readonly FailedRead[],
): Promise<void> {
  if (failed.length === 0) return;
  const ids = new Set(failed.map(({ id }) => id));
  const categories = [...new Set(failed.map(({ category }) => category))].sort();
  const error = new RowsNotRead(`HubSpot could not read this record: ${categories.join(", ")}`);
  await giveBack(
    ctx,
    portalId,
    claims.filter(({ objectId }) => ids.has(objectId)),
    error,
  );
}

/** Nobody got round to these: they go on waiting as they did. */
export async function giveBackUnsought(
  ctx: Parts,
  portalId: PortalId,
  claims: readonly StaleRecord[],
  unsought: readonly string[],
): Promise<void> {
  if (unsought.length === 0) return;
  const ids = new Set(unsought);
  const left = claims.filter(({ objectId }) => ids.has(objectId));
  await ctx.db.transaction().execute((trx) => releaseStale(trx, portalId, left, 0, false));
}

/**
 * Waiting for HubSpot or the database is nobody's fault and costs no attempt; what fails by itself again and again is laid
 * aside, but never the wish to erase a person. Returns how long it waits.
 */
export async function giveBack(
  ctx: Parts,
  portalId: PortalId,
  claims: readonly StaleRecord[],
  error: unknown,
): Promise<number> {
  const waits = endsWork(error) || isPassingError(error) || (error instanceof AppError && error.retry === "later");
  const delayMs = delayOf(error, claims);
  const isSpent = (claim: StaleRecord) => claim.attempts + 1 >= maxAttempts && (claim.needs & needs.erasure) === 0;
  const spent = waits ? [] : claims.filter(isSpent);
  const reason = error instanceof Error ? error.message : "unknown";
  // A limit is said once, where it is met.
  const level = error instanceof HubSpotRateLimited ? "debug" : "warn";
  ctx.log[level]({ portalId, records: claims.length, delayMs, reason }, "records could not be refreshed");
  await layAside(ctx, portalId, spent, reason);
  const again = claims.filter((claim) => !spent.includes(claim));
  await ctx.db.transaction().execute((trx) => releaseStale(trx, portalId, again, delayMs, !waits));
  return delayMs;
}

export async function layAside(
  ctx: Parts,
  portalId: PortalId,
  claims: readonly StaleRecord[],
  reason: string,
): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    await buryWork(
      trx,
      portalId,
      claims.map((claim) => ({
        kind: "record",
        subject: originOf(claim),
        reason,
        attempts: claim.attempts + 1,
        needs: claim.needs,
      })),
    );
    await settleStale(trx, portalId, claims);
  });
}

/** What the portal does not let us read is nobody's work: the next grant reads all of it. */
export async function leaveUnread(
  ctx: Parts,
  portalId: PortalId,
  type: string,
  claims: readonly StaleRecord[],
): Promise<void> {
  ctx.log.info({ portalId, type, records: claims.length }, "the portal does not let us read these records");
  await ctx.db.transaction().execute((trx) => settleStale(trx, portalId, claims));
}
