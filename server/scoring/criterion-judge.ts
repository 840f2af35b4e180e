import type { Evidence, GateResult } from "@touchstone/shared/account-score.ts";
import type { ScoringModel } from "@touchstone/shared/model-shape.ts";
import { toLine } from "./draft-line.ts";
import type { Facts } from "./gather-facts.ts";
import type { OrderedSnapshot } from "./order-snapshot.ts";
import { type LineRecord, never, unknownPoints } from "./score-record.ts";

/** One criterion, ready to judge any account. Both halves stand in one file, which alone knows what its records mean. */
export interface CriterionJudge {
  decide(facts: Facts): LineRecord;
  /** Looks up and formats what was decided; decides nothing. */
  word(line: LineRecord, view: LineView): LineWords;
}

/** What a criterion may ask for while its model is compiled. */
export interface CompileContext {
  readonly model: ScoringModel;
  /** Number of the bucket that holds the signals of these kinds. */
  bucketOf(kinds: readonly string[]): number;
  /** Number of the list of people who engaged within this window. */
  engagedWithin(windowMs: number): number;
}

/** What wording may look at besides the record: the facts that it names by number, and the gates that came first. */
export interface LineView {
  readonly ordered: OrderedSnapshot;
  /** Null for a gate that is judged after the criteria; numbered as in the model. */
  readonly gates: readonly (GateResult | null)[];
}

/** The words of a line. `cappedFrom` in thousandths. */
export interface LineWords {
  readonly reason: string;
  readonly arithmetic: string;
  readonly at: number | null;
  readonly cappedFrom: number | null;
  readonly evidence: readonly Evidence[];
  readonly evidenceCount: number;
}

const noEvidence: readonly Evidence[] = Object.freeze([]);

/** Of a line that rests on no evidence. */
export const plainWords = (reason: string, arithmetic: string): LineWords => ({
  reason,
  arithmetic,
  at: null,
  cappedFrom: null,
  evidence: noEvidence,
  evidenceCount: 0,
});

export const unknownWords = (reason: string): LineWords => plainWords(reason, "not known");

/** A moment as a record holds it. */
export const recordTime = (at: number): number => (at === Number.POSITIVE_INFINITY ? never : at);

/** Nothing could be observed: a line without what the kind adds. */
export const unobservedLine = (observedAt: number): LineRecord => toLine(unknownPoints, recordTime(observedAt));
export const isUnobserved = (line: LineRecord): boolean => line.length === 2;
