import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { readScores, removeScores, saveScores } from "../db/account-scores.ts";
import { buryWork, forgetLetters } from "../db/dead-letters.ts";
import { type DirtyAccount, releaseDirty, settleDirty } from "../db/dirty-accounts.ts";
import { needs } from "../db/inbox.ts";
import { isPassingError } from "../db/is-passing-error.ts";
import { holdPortal } from "../db/portals.ts";
import { findUnknownRecords, nextReadNo } from "../db/records.ts";
import { markStale } from "../db/stale-records.ts";
import { AppError } from "../errors.ts";
import { loadBatch } from "./load-batch.ts";
import type { PortalModels } from "./load-models.ts";
import { lookBackOf } from "./look-back-of.ts";
import { type FreshScore, scoreOf } from "./score-of.ts";

type Parts = Pick<Context, "db" | "queue" | "now" | "log" | "metrics">;
type Trx = Parameters<typeof settleDirty>[0];
interface Poisoned {
  readonly claim: DirtyAccount;
  readonly reason: string;
}

const maxAttempts = 8;
const retryMs = 5_000;

/**
 * Scores claimed accounts from the mirror, saves them and settles their claims. An account that cannot be read, scored or
 * saved holds up none of the others: the batch is halved until it stands alone.
 */
export async function scoreBatch(
  ctx: Parts,
  portalId: PortalId,
  models: PortalModels,
  claims: readonly DirtyAccount[],
): Promise<void> {
  try {
    await scoreTogether(ctx, portalId, models, claims);
  } catch (error) {
    if (isNobodysFault(error)) throw error;
    const [only] = claims;
    if (!only || claims.length > 1) {
      const middle = Math.ceil(claims.length / 2);
      await scoreBatch(ctx, portalId, models, claims.slice(0, middle));
      await scoreBatch(ctx, portalId, models, claims.slice(middle));
      return;
    }
    const poisoned = [{ claim: only, reason: reasonOfFailure(error) }];
    await ctx.db.transaction().execute(async (trx) => {
      await holdPortal(trx, portalId);
      await settle(trx, portalId, claims, poisoned);
    });
    logPoisoned(ctx, portalId, poisoned);
  }
}

async function scoreTogether(
  ctx: Parts,
  portalId: PortalId,
  models: PortalModels,
  claims: readonly DirtyAccount[],
): Promise<void> {
  if (claims.length === 0) return;
  // Taken before the mirror is read: whoever read later wins (see saveScores).
  const snapshotNo = await nextReadNo(ctx.db);
  const now = ctx.now();
  const ids = claims.map((claim) => claim.accountId);
  const snapshots = await loadBatch(ctx.db, portalId, ids, now - lookBackOf(models));
  const last = await readScores(ctx.db, portalId, ids);
  const scored: FreshScore[] = [];
  const poisoned: Poisoned[] = [];
  for (const claim of claims) {
    const makeSnapshot = snapshots.get(claim.accountId);
    if (!makeSnapshot) continue;
    try {
      scored.push(scoreOf(makeSnapshot(), models, snapshotNo, now, last.get(claim.accountId) ?? null));
    } catch (error) {
      poisoned.push({ claim, reason: reasonOfFailure(error) });
    }
  }
  const gone = ids.filter((id) => !snapshots.has(id));
  const unknown = await findUnknownRecords(ctx.db, portalId, "companies", gone);
  await ctx.db.transaction().execute(async (trx) => {
    await holdPortal(trx, portalId);
    await saveScores(
      trx,
      portalId,
      scored.map(({ score }) => score),
      scored.flatMap(({ move }) => move ?? []),
    );
    await removeScores(trx, portalId, gone, snapshotNo);
    await settle(trx, portalId, claims, poisoned);
    // Linked to by a record, but never read itself: it is fetched, and scored when it is there.
    await markStale(
      trx,
      portalId,
      unknown.map((objectId) => ({ objectType: "companies", objectId, needs: needs.properties })),
    );
  });
  ctx.metrics.scored(scored.length);
  if (unknown.length > 0) await ctx.queue.wake("refresh-records", portalId);
  logPoisoned(ctx, portalId, poisoned);
}

async function settle(
  trx: Trx,
  portalId: PortalId,
  claims: readonly DirtyAccount[],
  poisoned: readonly Poisoned[],
): Promise<void> {
  const again = poisoned.filter(({ claim }) => claim.attempts + 1 < maxAttempts).map(({ claim }) => claim);
  const spent = poisoned.filter(({ claim }) => !again.includes(claim));
  const sound = claims.filter((claim) => !poisoned.some((one) => one.claim === claim));
  await forgetLetters(
    trx,
    portalId,
    "account",
    sound.map((claim) => claim.accountId),
  );
  await buryWork(
    trx,
    portalId,
    spent.map(({ claim, reason }) => ({
      kind: "account",
      subject: claim.accountId,
      reason,
      attempts: claim.attempts + 1,
      needs: null,
    })),
  );
  await settleDirty(
    trx,
    portalId,
    claims.filter((claim) => !again.includes(claim)),
  );
  await releaseDirty(trx, portalId, again, retryMs);
}

/** The database or the portal is away, or the database is of another version of the program: no account is to blame. */
const isNobodysFault = (error: unknown): boolean =>
  error instanceof AppError || isPassingError(error) || /^42/.test(String((error as { code?: unknown }).code));

const reasonOfFailure = (error: unknown): string => (error instanceof Error ? error.message : "unknown");

function logPoisoned(ctx: Pick<Parts, "log">, portalId: PortalId, poisoned: readonly Poisoned[]): void {
  for (const { claim, reason } of poisoned)
    ctx.log.error({ portalId, accountId: claim.accountId, reason }, "an account could not be scored");
}
