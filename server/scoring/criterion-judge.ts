import type { Evidence, LedgerLine, LineState } from "@touchstone/shared/account-score.ts";
import { criterionMax } from "@touchstone/shared/criterion-max.ts";
import type { Criterion } from "@touchstone/shared/criterion-shapes.ts";
import type { ScoringModel } from "@touchstone/shared/model-shape.ts";
import type { Facts } from "./gather-facts.ts";
import { fromThousandths } from "./thousandths.ts";

/** One criterion, ready to judge any account. Both say the same; `points` leaves out what only the ledger needs. */
export interface CriterionJudge {
  /** In thousandths; null when not known. */
  points(facts: Facts): number | null;
  line(facts: Facts): LedgerLine;
}

/** What a criterion may ask for while its model is compiled. */
export interface CompileContext {
  readonly model: ScoringModel;
  /** Number of the bucket that holds the signals of these kinds. */
  bucketOf(kinds: readonly string[]): number;
  /** Number of the list of people who engaged within this window. */
  engagedWithin(windowMs: number): number;
}

/** What a criterion found. Points in thousandths; times in ms since 1970-01-01 UTC, Infinity when nothing will change. */
export interface Finding {
  readonly known: boolean;
  readonly points: number;
  readonly reason: string;
  readonly arithmetic: string;
  readonly at: number | null;
  readonly cappedFrom: number | null;
  readonly evidence: readonly Evidence[];
  readonly evidenceCount: number;
  readonly changesAt: number;
}

const maxEvidence = 20;

export function compileLine(criterion: Criterion): (finding: Finding) => LedgerLine {
  const { key, axis, label, source } = criterion;
  const max = criterionMax(criterion);
  return (finding) => ({
    criterion: key,
    axis,
    label,
    state: stateOf(finding),
    points: fromThousandths(finding.points),
    max,
    reason: finding.reason,
    arithmetic: finding.arithmetic,
    at: finding.at,
    cappedFrom: finding.cappedFrom === null ? null : fromThousandths(finding.cappedFrom),
    evidence: finding.evidence.length > maxEvidence ? finding.evidence.slice(0, maxEvidence) : finding.evidence,
    evidenceCount: finding.evidenceCount,
    changesAt: finding.changesAt === Number.POSITIVE_INFINITY ? null : finding.changesAt,
    source,
  });
}

function stateOf(finding: Finding): LineState {
  if (!finding.known) return "unknown";
  return finding.points > 0 ? "earned" : "zero";
}

const noEvidence: readonly Evidence[] = Object.freeze([]);

export function unknownFinding(reason: string, changesAt = Number.POSITIVE_INFINITY): Finding {
  return {
    known: false,
    points: 0,
    reason,
    arithmetic: "not known",
    at: null,
    cappedFrom: null,
    evidence: noEvidence,
    evidenceCount: 0,
    changesAt,
  };
}

/**
 * A line that says the same of every account and is made once; frozen, since many ledgers share it. A copy, because an
 * object that lives teaches V8 to put all others of its place in the code among the old ones, which made scoring 3 × slower.
 */
export function sharedLine(line: LedgerLine): LedgerLine {
  const evidence = Object.freeze(line.evidence.map((one) => Object.freeze({ ...one })));
  return Object.freeze({ ...line, evidence });
}

const mostTexts = 200;

/** Texts that depend on a small count alone are written once. */
export function textsByCount(write: (count: number) => string): (count: number) => string {
  const texts: string[] = [];
  return (count) => {
    const known = texts[count];
    if (known !== undefined) return known;
    const text = write(count);
    if (count < mostTexts) texts[count] = text;
    return text;
  };
}
