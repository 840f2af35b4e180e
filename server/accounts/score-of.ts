import type { AccountScore } from "@touchstone/shared/account-score.ts";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { ColdRule } from "@touchstone/shared/cold-rule.ts";
import type { HotRule } from "@touchstone/shared/hot-rule.ts";
import type { LastScore, StoredScore } from "../db/account-scores.ts";
import type { HotStanding } from "../db/hot-standing.ts";
import type { CompiledModel } from "../scoring/compile-model.ts";
import { isWarm } from "../scoring/judge-cold.ts";
import { type OrderedSnapshot, orderSnapshot } from "../scoring/order-snapshot.ts";
import { packProof } from "../scoring/pack-proof.ts";
import { recordScore } from "../scoring/record-score.ts";
import type { ScoreRecord } from "../scoring/score-record.ts";
import { readTotals, type ScoreTotals } from "../scoring/score-totals.ts";
import { wordExclusion, writeEarned } from "../scoring/write-ledger.ts";
import { hotStandingOf } from "./hot-standing-of.ts";
import type { PortalModels } from "./load-models.ts";
import { findReason } from "./reason-of.ts";
import { toOutput } from "./to-output.ts";

/** What the scores of one reading are made with. */
export interface Scoring {
  readonly models: PortalModels;
  readonly rules: PortalRules;
  readonly reading: { readonly snapshotNo: number; readonly at: number };
}

export interface PortalRules {
  readonly hot: HotRule;
  readonly cold: ColdRule;
}

/** What a result says of a score: nothing of its ledger. */
export interface DecidedScore extends ScoreTotals, Pick<AccountScore, "model" | "exclusion"> {}

/** What a score was decided from, and what was decided. */
export interface Decided {
  readonly ordered: OrderedSnapshot;
  readonly records: Readonly<Record<"priority" | "readiness", ScoreRecord>>;
}

/**
 * A score that was just made, as it is kept. Not in words: hundreds are made for each whose ledger somebody reads. And without
 * what it was made from, so that no more than one account is in memory at a time.
 */
export interface FreshScore {
  readonly stored: Omit<StoredScore, "move">;
  readonly last: LastScore | null;
  /** Whether score, tier or readiness are others than before. */
  readonly moved: boolean;
  /** Only of an account that moved from another score: why is to be told. */
  readonly decided: Decided | null;
  readonly standing: HotStanding;
  /** See `isWarm`. */
  readonly warm: boolean | null;
}

/** A snapshot's score under both models, beside the last one, and where it stands to the portal's rules. */
export function scoreOf(
  snapshot: AccountSnapshot,
  { models, rules, reading }: Scoring,
  last: LastScore | null,
): FreshScore {
  const ordered = orderSnapshot(snapshot);
  const records = {
    priority: recordScore(ordered, models.priority, reading.at),
    readiness: recordScore(ordered, models.readiness, reading.at),
  };
  const priority = decidedOf(records.priority, ordered, models.priority);
  const readiness = decidedOf(records.readiness, ordered, models.readiness);
  const reason = findReason(priority, readiness, writeEarned(records.priority, ordered, models.priority));
  const tier = priority.state === "excluded" ? "excluded" : (priority.band?.key ?? null);
  const stored = {
    accountId: snapshot.accountId,
    snapshotNo: reading.snapshotNo,
    proof: packProof({ snapshot, ...records }),
    models: namesOf(models),
    score: priority.score,
    tier,
    readiness: readiness.score,
    scoredAt: reading.at,
    nextChangeAt: earliest(records.priority.nextChangeAt, records.readiness.nextChangeAt),
    output: toOutput(priority, readiness, reason),
  };
  const moved = !last || last.score !== stored.score || last.tier !== tier || last.readiness !== stored.readiness;
  return {
    stored,
    last,
    moved,
    decided: moved && last !== null ? { ordered, records } : null,
    standing: hotStandingOf({ snapshot, stored, last, priority, readiness }, rules.hot, models.readiness.model.bands),
    warm: isWarm({ priority, readiness }, rules.cold),
  };
}

const decidedOf = (record: ScoreRecord, ordered: OrderedSnapshot, compiled: CompiledModel): DecidedScore => ({
  ...readTotals(record, compiled),
  model: compiled.reference,
  exclusion: wordExclusion(record, ordered, compiled),
});

const earliest = (a: number | null, b: number | null): number | null => {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
};

/** "playbook-100 v2, readiness-10 v1" */
export const namesOf = ({ priority, readiness }: Pick<PortalModels, "priority" | "readiness">): string =>
  [priority, readiness].map(({ reference }) => `${reference.key} v${reference.version}`).join(", ");

/** As it is saved. `reasons` say why it moved, when it did and something was there before. */
export function toStored({ stored, last, moved }: FreshScore, reasons: readonly string[]): StoredScore {
  if (!moved) return { ...stored, move: null };
  if (last === null)
    return { ...stored, move: { replaces: false, scoreFrom: null, tierFrom: null, reasons: ["First score"] } };
  return { ...stored, move: { replaces: true, scoreFrom: last.score, tierFrom: last.tier, reasons } };
}
