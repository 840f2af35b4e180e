import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { lockScores, removeScores, saveScores } from "../db/account-scores.ts";
import { recordWarmth } from "../db/cold-accounts.ts";
import { buryWork, forgetLetters } from "../db/dead-letters.ts";
import { type DirtyAccount, releaseDirty, settleDirty } from "../db/dirty-accounts.ts";
import { endForExcluded } from "../db/hot-alerts.ts";
import { hasRunningAlerts, recordHotStanding } from "../db/hot-standing.ts";
import { needs } from "../db/inbox.ts";
import { coldRuleSetting, hotRuleSetting, readSetting } from "../db/portal-settings.ts";
import { holdPortal } from "../db/portals.ts";
import { markProgramme } from "../db/programme-due.ts";
import { markStale } from "../db/stale-records.ts";
import { wantTiers } from "../db/tier-runs.ts";
import { isNobodysFault } from "./is-nobodys-fault.ts";
import type { PortalModels } from "./load-models.ts";
import { type Poisoned, reasonOfFailure, scoreFromMirror } from "./score-from-mirror.ts";

export type ScoringParts = Pick<Context, "db" | "queue" | "now" | "log" | "metrics">;
type Trx = Parameters<typeof settleDirty>[0];
const maxAttempts = 8;
const retryMs = 5_000;

/**
 * Scores claimed accounts from the mirror, saves them and settles their claims. An account that cannot be read, scored or
 * saved holds up none of the others: the batch is halved until it stands alone.
 */
export async function scoreBatch(
  ctx: ScoringParts,
  portalId: PortalId,
  models: PortalModels,
  claims: readonly DirtyAccount[],
): Promise<void> {
  try {
    // Again whenever a person was erased between reading and saving.
    while (!(await scoreTogether(ctx, portalId, models, claims)));
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

/** False when a person was erased meanwhile: nothing was saved, because what was read may name them. */
async function scoreTogether(
  ctx: ScoringParts,
  portalId: PortalId,
  models: PortalModels,
  claims: readonly DirtyAccount[],
): Promise<boolean> {
  if (claims.length === 0) return true;
  const { value: hot } = await readSetting(ctx.db, portalId, hotRuleSetting);
  const { value: cold } = await readSetting(ctx.db, portalId, coldRuleSetting);
  const { reading, erasures, scored, poisoned, gone, unknown } = await scoreFromMirror(
    ctx,
    portalId,
    models,
    { hot, cold },
    claims,
  );
  const ids = claims.map(({ accountId }) => accountId);
  const woken = await ctx.db.transaction().execute(async (trx) => {
    if ((await holdPortal(trx, portalId)) !== erasures) return null;
    const scores = scored.map(({ stored }) => stored);
    // Whatever made an account be scored again may have moved its stage or its people too. Before the scores, as whoever
    // judges stages takes marks and scores in this order: crosswise, PostgreSQL ended one of the two.
    await markProgramme(
      trx,
      portalId,
      scores.map(({ accountId }) => accountId),
    );
    if (gone.length > 0) await lockScores(trx, portalId, ids);
    const saved = await saveScores(trx, portalId, scores);
    const ours = new Set<string>(saved);
    const kept = scored.filter(({ stored }) => ours.has(stored.accountId));
    const standings = kept.map(({ standing }) => standing);
    const raised = await recordHotStanding(trx, portalId, standings, hot, reading.at);
    const excluded = kept.flatMap(({ stored: { accountId }, excluded: why }) =>
      why === null ? [] : [{ accountId, why }],
    );
    await endForExcluded(trx, portalId, excluded, reading.at);
    const warmth = kept.flatMap(({ stored, warm }) => (warm === null ? [] : [{ accountId: stored.accountId, warm }]));
    await recordWarmth(trx, portalId, warmth, reading.at);
    await removeScores(trx, portalId, gone, reading);
    await settle(trx, portalId, claims, poisoned);
    // Linked to by a record, but never read itself: it is fetched, and scored when it is there.
    await markStale(
      trx,
      portalId,
      unknown.map((objectId) => ({ objectType: "companies", objectId, needs: needs.properties })),
    );
    const clocks = await hasRunningAlerts(trx, portalId);
    const isMoved = scores.some(({ move }) => move !== null) || gone.length > 0;
    // Last: it holds a row that the whole portal shares.
    return { raised, clocks, tiers: await wantTiers(trx, portalId, isMoved ? "score" : "anything") };
  });
  if (woken === null) return false;
  if (woken.raised > 0) await ctx.queue.wake("make-tasks", portalId);
  // What was just read may be the outreach that a clock waits for.
  if (woken.clocks) await ctx.queue.wake("tend-hot-accounts", portalId);
  ctx.metrics.scored(scored.length);
  if (unknown.length > 0) await ctx.queue.wake("refresh-records", portalId);
  if (woken.tiers) await ctx.queue.wake("assign-tiers", portalId);
  logPoisoned(ctx, portalId, poisoned);
  return true;
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
  await releaseDirty(trx, portalId, again, retryMs, true);
}

function logPoisoned(ctx: Pick<ScoringParts, "log">, portalId: PortalId, poisoned: readonly Poisoned[]): void {
  for (const { claim, reason } of poisoned)
    ctx.log.error({ portalId, accountId: claim.accountId, reason }, "an account could not be scored");
}
