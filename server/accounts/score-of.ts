import type { AccountScore } from "@touchstone/shared/account-score.ts";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { ColdRule } from "@touchstone/shared/cold-rule.ts";
import type { HotRule } from "@touchstone/shared/hot-rule.ts";
import { headlineText } from "@touchstone/shared/score-text.ts";
import type { LastScore, ScoreMove, StoredScore } from "../db/account-scores.ts";
import type { HotStanding } from "../db/hot-standing.ts";
import type { CompiledModel } from "../scoring/compile-model.ts";
import { isWarm } from "../scoring/judge-cold.ts";
import { type OrderedSnapshot, orderSnapshot } from "../scoring/order-snapshot.ts";
import { packProof } from "../scoring/pack-proof.ts";
import { recordScore } from "../scoring/record-score.ts";
import type { ScoreRecord } from "../scoring/score-record.ts";
import { readTotals, type ScoreTotals } from "../scoring/score-totals.ts";
import { wordExclusion, writeEarned } from "../scoring/write-ledger.ts";
import { type Decided, explainLast } from "./explain-last.ts";
import { hotStandingOf } from "./hot-standing-of.ts";
import type { PortalModels } from "./load-models.ts";
import { findReason } from "./reason-of.ts";
import { toOutput } from "./to-output.ts";

/** What the scores of one reading are made with. */
export interface Scoring {
  readonly models: PortalModels;
  readonly rules: PortalRules;
  readonly reading: { readonly snapshotNo: number; readonly at: number };
  /** See `readOurTargets`. */
  readonly ourTargets: ReadonlySet<string>;
}

export interface PortalRules {
  readonly hot: HotRule;
  readonly cold: ColdRule;
}

/** What a result says of a score: nothing of its ledger. */
export interface DecidedScore extends ScoreTotals, Pick<AccountScore, "model" | "exclusion"> {}

/**
 * A score that was just made, as it is kept. Not in words: hundreds are made for each whose ledger somebody reads. And without
 * what it was made from, so that no more than one account is in memory at a time.
 */
export interface FreshScore {
  readonly stored: StoredScore;
  readonly standing: HotStanding;
  /** See `isWarm`. */
  readonly warm: boolean | null;
  /** "Excluded: Competitor"; null for an account that is not. */
  readonly excluded: string | null;
}

/** A snapshot's score under both models, beside the last one, and where it stands to the portal's rules. */
export async function scoreOf(
  snapshot: AccountSnapshot,
  { models, rules, reading, ourTargets }: Scoring,
  last: LastScore | null,
): Promise<FreshScore> {
  const ordered = orderSnapshot(snapshot);
  const records = {
    priority: recordScore(ordered, models.priority, reading.at),
    readiness: recordScore(ordered, models.readiness, reading.at),
  };
  const priority = decidedOf(records.priority, ordered, models.priority);
  const readiness = decidedOf(records.readiness, ordered, models.readiness);
  const reason = findReason(priority, readiness, writeEarned(records.priority, ordered, models.priority));
  const tier = priority.state === "excluded" ? "excluded" : (priority.band?.key ?? null);
  const made = {
    accountId: snapshot.accountId,
    snapshotNo: reading.snapshotNo,
    proof: packProof({ snapshot, ...records }),
    models: basisOf(snapshot, models),
    score: priority.score,
    tier,
    readiness: readiness.score,
    scoredAt: reading.at,
    fits: fitOf([priority, readiness]),
    nextChangeAt: earliest(records.priority.nextChangeAt, records.readiness.nextChangeAt),
    output: toOutput(priority, readiness, reason),
  };
  const isOurTarget = ourTargets.has(snapshot.accountId);
  const judged = { snapshot, stored: made, last, priority, readiness, isOurTarget };
  return {
    stored: { ...made, move: await moveOf(made, last, { ordered, records }, models) },
    standing: hotStandingOf(judged, rules.hot, models.readiness.model.bands),
    warm: isWarm({ priority, readiness }, rules.cold),
    excluded: priority.state === "excluded" ? headlineText(null, priority) : null,
  };
}

const decidedOf = (record: ScoreRecord, ordered: OrderedSnapshot, compiled: CompiledModel): DecidedScore => ({
  ...readTotals(record, compiled),
  model: compiled.reference,
  exclusion: wordExclusion(record, ordered, compiled),
});

/** Whether the account passes the gate of the ideal customer profile; null: that is unknown, or no model has one. */
function fitOf(scores: readonly Pick<ScoreTotals, "gates">[]): boolean | null {
  const gate = scores.flatMap(({ gates }) => gates).find(({ purpose }) => purpose === "icp");
  return gate === undefined || gate.state === "unknown" ? null : gate.state === "passed";
}

const earliest = (a: number | null, b: number | null): number | null => {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
};

/**
 * "playbook-100 v2, readiness-10 v1, 3 properties unread": what a score was made by, without what the account itself did. Properties
 * are unread while the companies are read again for a new model, or for good when the portal has none of that name.
 */
function basisOf({ properties }: AccountSnapshot, { priority, readiness }: PortalModels): string {
  const wanted = new Set([...priority.properties, ...readiness.properties]);
  const unread = [...wanted].filter((name) => !(name in properties)).length;
  const names = [priority, readiness].map(({ reference }) => `${reference.key} v${reference.version}`);
  return [...names, ...(unread > 0 ? [`${unread} properties unread`] : [])].join(", ");
}

/** Null: score, tier and readiness are the last ones. */
async function moveOf(
  made: Pick<StoredScore, "score" | "tier" | "readiness">,
  last: LastScore | null,
  decided: Decided,
  models: PortalModels,
): Promise<ScoreMove | null> {
  if (last === null) return { replaces: false, scoreFrom: null, tierFrom: null, reasons: ["First score"] };
  if (last.score === made.score && last.tier === made.tier && last.readiness === made.readiness) return null;
  const reasons = await explainLast(last, decided, models);
  return { replaces: true, scoreFrom: last.score, tierFrom: last.tier, reasons };
}
