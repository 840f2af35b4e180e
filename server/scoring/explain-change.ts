import type { AccountScore, Evidence, LedgerLine } from "@touchstone/shared/account-score.ts";
import { deltaText, evidenceText } from "@touchstone/shared/score-text.ts";
import { fromThousandths, toThousandths } from "./thousandths.ts";

/** What moved a line: another model or version, a signal, a fact (property, answer, person), or time alone. */
export type ChangeCause = "model" | "signal" | "fact" | "time";

export interface LineChange {
  readonly criterion: string;
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly cause: ChangeCause;
  /** "+5 Inbound requests: asked for a demo (Book a demo)" */
  readonly text: string;
}

/** What is compared of a score: lines that did not move may be absent from both. */
export type Told = Pick<AccountScore, "model" | "scoredAt" | "exclusion" | "lines">;

/**
 * Why one score of an account became another: a sentence for each line that moved, the largest move first. The deltas of
 * all lines and of the two roundings add up to the difference of the scores.
 */
export function explainChange(before: Told, after: Told): LineChange[] {
  const modelMoved = before.model.key !== after.model.key || before.model.version !== after.model.version;
  const old = new Map(before.lines.map((line) => [line.criterion, line]));
  const present = new Set(after.lines.map((line) => line.criterion));
  const moved = after.lines.flatMap((line) => {
    const earlier = old.get(line.criterion);
    if (earlier?.points === line.points) return [];
    const cause =
      earlier === undefined ? absentCause(modelMoved) : findCause(earlier, line, modelMoved, after.scoredAt);
    return describeMove(earlier, line, cause, after);
  });
  const gone = before.lines
    .filter((line) => !present.has(line.criterion))
    .flatMap((line) => describeMove(line, undefined, absentCause(modelMoved), after));
  return [...moved, ...gone].sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from));
}

/** A line is missing because the model changed, or because the account is or was excluded. */
const absentCause = (modelMoved: boolean): ChangeCause => (modelMoved ? "model" : "fact");

function findCause(before: LedgerLine, after: LedgerLine, modelMoved: boolean, scoredAt: number): ChangeCause {
  const appeared = newEvidence(before, after);
  const timePassed = before.changesAt !== null && before.changesAt <= scoredAt;
  const fell = after.points < before.points;
  if (fell && timePassed && !appeared.some(({ kind }) => kind === "property" || kind === "judgement")) return "time";
  if (appeared.some(({ kind }) => kind === "property" || kind === "judgement")) return "fact";
  if (appeared.length > 0) return "signal";
  if (modelMoved) return "model";
  return timePassed ? "time" : "fact";
}

function newEvidence(before: LedgerLine | undefined, after: LedgerLine): Evidence[] {
  const known = new Set(before?.evidence.map(identify));
  return after.evidence.filter((one) => one.counted && !known.has(identify(one)));
}

const identify = (one: Evidence): string => JSON.stringify([one.kind, one.what, one.value, one.personId, one.at]);

function describeMove(
  before: LedgerLine | undefined,
  after: LedgerLine | undefined,
  cause: ChangeCause,
  score: Told,
): LineChange[] {
  const line = after ?? before;
  const from = before?.points ?? 0;
  const to = after?.points ?? 0;
  if (line === undefined || from === to) return [];
  const delta = fromThousandths(toThousandths(to) - toThousandths(from));
  const why = after === undefined ? absence(cause, score) : wording(before, after, cause, score);
  return [
    {
      criterion: line.criterion,
      label: line.label,
      from,
      to,
      cause,
      text: `${deltaText(delta)} ${line.label}: ${why}`,
    },
  ];
}

function absence(cause: ChangeCause, score: Told): string {
  if (cause === "model") return `no longer part of ${score.model.name} version ${score.model.version}`;
  return score.exclusion === null ? "no longer scored" : `excluded, ${score.exclusion.label}`;
}

function wording(before: LedgerLine | undefined, after: LedgerLine, cause: ChangeCause, score: Told): string {
  switch (cause) {
    case "model":
      return `${score.model.name} version ${score.model.version} counts it differently`;
    case "time":
      return `time passed: ${after.reason}`;
    case "signal": {
      const newest = newEvidence(before, after)[0];
      return newest === undefined || newest.kind === "person" ? after.reason : evidenceText(newest);
    }
    case "fact":
      return after.reason;
  }
}
