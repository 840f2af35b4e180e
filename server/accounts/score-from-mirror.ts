import { setImmediate } from "node:timers/promises";
import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { readScores } from "../db/account-scores.ts";
import type { DirtyAccount } from "../db/dirty-accounts.ts";
import { readOurTargets } from "../db/our-targets.ts";
import { beginReading } from "../db/portals.ts";
import { findUnknownRecords } from "../db/records.ts";
import { lookBackDays } from "../scoring/look-back-days.ts";
import { isNobodysFault } from "./is-nobodys-fault.ts";
import { loadBatch } from "./load-batch.ts";
import type { PortalModels } from "./load-models.ts";
import { type FreshScore, type PortalRules, scoreOf } from "./score-of.ts";

/** An account that cannot be scored, and why. */
export interface Poisoned {
  readonly claim: DirtyAccount;
  readonly reason: string;
}

/** What one reading of the mirror gave; nothing of it is saved yet. */
export interface ScoredBatch {
  readonly reading: { readonly snapshotNo: number; readonly at: number };
  /** See `holdPortal`. */
  readonly erasures: number;
  readonly scored: readonly FreshScore[];
  readonly poisoned: readonly Poisoned[];
  /** Accounts without a company. */
  readonly gone: readonly string[];
  /** Of those, the ones that were never read. */
  readonly unknown: readonly string[];
}

const dayMs = 86_400_000;
/** Accounts that are scored before anything else may have its turn: some milliseconds. */
const mostAtOnce = 50;

/** Scores accounts from the mirror, beside their last scores. */
export async function scoreFromMirror(
  { db, now }: Pick<Context, "db" | "now">,
  portalId: PortalId,
  models: PortalModels,
  rules: PortalRules,
  claims: readonly DirtyAccount[],
): Promise<ScoredBatch> {
  // Taken before the mirror is read: whoever read later wins (see saveScores).
  const { snapshotNo, erasures } = await beginReading(db, portalId);
  const reading = { snapshotNo, at: now() };
  const ids = claims.map((claim) => claim.accountId);
  const since = reading.at - lookBackDays([models.priority.model, models.readiness.model]) * dayMs;
  const snapshots = await loadBatch(db, portalId, ids, since);
  const last = await readScores(db, portalId, ids);
  const scoring = { models, rules, reading, ourTargets: await readOurTargets(db, portalId, ids) };
  const scored: FreshScore[] = [];
  const poisoned: Poisoned[] = [];
  for (const [place, claim] of claims.entries()) {
    const makeSnapshot = snapshots.get(claim.accountId);
    if (!makeSnapshot) continue;
    // The same process answers cards.
    if (place % mostAtOnce === mostAtOnce - 1) await setImmediate();
    try {
      scored.push(await scoreOf(makeSnapshot(), scoring, last.get(claim.accountId) ?? null));
    } catch (error) {
      // A model of the last score may have to be read.
      if (isNobodysFault(error)) throw error;
      poisoned.push({ claim, reason: reasonOfFailure(error) });
    }
  }
  const gone = ids.filter((id) => !snapshots.has(id));
  const unknown = await findUnknownRecords(db, portalId, "companies", gone);
  return { reading, erasures, scored, poisoned, gone, unknown };
}

export const reasonOfFailure = (error: unknown): string => (error instanceof Error ? error.message : "unknown");
