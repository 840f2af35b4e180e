import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import {
  type LastScore,
  readScores,
  removeScores,
  type ScoreMove,
  type StoredScore,
  saveScores,
} from "../db/account-scores.ts";
import { buryWork, forgetLetters } from "../db/dead-letters.ts";
import { claimDirty, type DirtyAccount, priorities, releaseDirty, settleDirty } from "../db/dirty-accounts.ts";
import { needs } from "../db/inbox.ts";
import { findPortal, holdPortal } from "../db/portals.ts";
import { findUnknownRecords, nextReadNo } from "../db/records.ts";
import { markStale } from "../db/stale-records.ts";
import { explainChange } from "../scoring/explain-change.ts";
import { scoreAccount } from "../scoring/score-account.ts";
import { loadBatch } from "./load-batch.ts";
import { loadModels, type PortalModels } from "./load-models.ts";
import { reasonOf } from "./reason-of.ts";
import { toOutput } from "./to-output.ts";
import { type Waiting, writeBack } from "./write-back.ts";

type Parts = Pick<Context, "config" | "db" | "hubspot" | "queue" | "now" | "log" | "metrics">;

/** One batch write of HubSpot takes 100 records (hubspot-api.md §4.2), so 100 accounts are one unit of work. */
const batchSize = 100;
/** A portal's turn; what is left waits for the next one, so that no portal holds a worker for long. */
const turnMs = 5_000;
const maxAttempts = 8;

/**
 * Job: scores the accounts of a portal whose score may be old, from the mirror alone, and writes changed results back.
 * Whatever made an account dirty (a webhook, a backfill, the passing of time), this is the one way to a new score.
 */
export async function rescoreBatch(ctx: Parts, portalId: PortalId): Promise<void> {
  const portal = await findPortal(ctx.db, portalId);
  if (!portal || portal.status === "disconnected") return;
  let models: PortalModels | null = null;
  const endAt = performance.now() + turnMs;
  let claims = await claimDirty(ctx.db, portalId, batchSize, ctx.config.leaseMs);
  const waiting = whoWaits(claims);
  while (claims.length > 0) {
    // After the claim: a model that is published later marks these accounts again.
    models = await loadModels(ctx.db, portalId, models);
    await rescore(ctx, portalId, models, claims);
    // A full batch is written at once; smaller ones gather, so that ten accounts cost one request.
    if (claims.length === batchSize) await writeBack(ctx, portalId, whoWaits(claims), endAt);
    if (performance.now() > endAt) break;
    claims = await claimDirty(ctx.db, portalId, batchSize, ctx.config.leaseMs);
  }
  const writing = await writeBack(ctx, portalId, waiting, endAt);
  if (writing === "more" || (claims.length > 0 && writing === "done")) await ctx.queue.wake("rescore-batch", portalId);
}

/** The most urgent account tells. Without one, results of an earlier turn are written. */
function whoWaits(claims: readonly DirtyAccount[]): Waiting {
  const priority = Math.min(...claims.map((claim) => claim.priority));
  if (priority === priorities.due) return "due";
  return priority === priorities.backfill ? "backfill" : "webhook";
}

async function rescore(
  ctx: Parts,
  portalId: PortalId,
  models: PortalModels,
  claims: readonly DirtyAccount[],
): Promise<void> {
  // Taken before the mirror is read: whoever read later wins (see saveScores).
  const snapshotNo = await nextReadNo(ctx.db);
  const now = ctx.now();
  const ids = claims.map((claim) => claim.accountId);
  const snapshots = await loadBatch(ctx.db, portalId, ids, now);
  const last = await readScores(ctx.db, portalId, ids);
  const scored: { score: StoredScore; move: ScoreMove | null }[] = [];
  const poisoned: { claim: DirtyAccount; reason: string }[] = [];
  for (const claim of claims) {
    const snapshot = snapshots.get(claim.accountId);
    if (!snapshot) continue;
    try {
      scored.push(scoreOne(snapshot, models, snapshotNo, now, last.get(claim.accountId) ?? null));
    } catch (error) {
      // One account that cannot be scored must not hold up the others.
      poisoned.push({ claim, reason: error instanceof Error ? error.message : "unknown" });
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
  for (const { claim, reason } of poisoned)
    ctx.log.error({ portalId, accountId: claim.accountId, reason }, "an account could not be scored");
}

async function settle(
  trx: Parameters<typeof settleDirty>[0],
  portalId: PortalId,
  claims: readonly DirtyAccount[],
  poisoned: readonly { claim: DirtyAccount; reason: string }[],
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
  await releaseDirty(trx, portalId, again, 5_000);
}

function scoreOne(
  snapshot: AccountSnapshot,
  models: PortalModels,
  snapshotNo: number,
  now: number,
  last: LastScore | null,
): { score: StoredScore; move: ScoreMove | null } {
  const priority = scoreAccount(snapshot, models.priority, now);
  const readiness = scoreAccount(snapshot, models.readiness, now);
  const accountId: AccountId = snapshot.accountId;
  const tier = priority.state === "excluded" ? "excluded" : (priority.band?.key ?? null);
  const times = [priority.nextChangeAt, readiness.nextChangeAt].flatMap((at) => at ?? []);
  const score: StoredScore = {
    accountId,
    snapshotNo,
    snapshot,
    priority,
    readiness,
    score: priority.score,
    tier,
    scoredAt: now,
    nextChangeAt: times.length > 0 ? Math.min(...times) : null,
    output: toOutput(priority, readiness, reasonOf(priority, readiness)),
  };
  const moved =
    !last || last.score !== priority.score || last.tier !== tier || last.readiness.score !== readiness.score;
  if (!moved) return { score, move: null };
  const changes = last ? [...explainChange(last.priority, priority), ...explainChange(last.readiness, readiness)] : [];
  const reasons = last ? [...new Set(changes.map((change) => change.text))] : ["First score"];
  return {
    score,
    move: { accountId, snapshotNo, scoreFrom: last?.score ?? null, tierFrom: last?.tier ?? null, reasons },
  };
}
