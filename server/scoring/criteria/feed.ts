import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { normalText } from "@touchstone/shared/normal-text.ts";
import { pointsText } from "@touchstone/shared/score-text.ts";
import { type CompileContext, type CriterionJudge, recordTime, unknownWords } from "../criterion-judge.ts";
import { dayMs } from "../day.ts";
import { draft, finishLine, toLine } from "../draft-line.ts";
import type { Facts } from "../gather-facts.ts";
import { listSignals, propertyEvidence, timeOf } from "../list-evidence.ts";
import type { OrderedSnapshot } from "../order-snapshot.ts";
import { quoteValue, readNumber, readProperty } from "../read-property.ts";
import { type LineRecord, none, unknownPoints } from "../score-record.ts";
import { newestOf, type SignalSelection, selectSignals } from "../select-signals.ts";
import { toThousandths } from "../thousandths.ts";
import { mostEvidence } from "../why.ts";

type Feed = CriterionOf<"feed">;
type Rung = Feed["rungs"][number];

/** So many entries stand before the codes. */
const headLength = 6;

/**
 * What an outside source says (row 35); the better of its property and its strongest signal. Unknown without either. Its
 * record adds whether the property is filled (1 or 0) and, when known, the numbers of the rung and of the newest signal
 * (`none` without one), how many signals are listed in all, and their codes of evidence.
 */
export function compileFeed(criterion: Feed, context: CompileContext): CriterionJudge {
  const bucket = context.bucketOf(criterion.signals);
  const windowMs = criterion.windowDays * dayMs;
  const { property, rungs } = criterion;
  const rungOfText = compileTexts(rungs);
  return {
    decide: (facts) => {
      const selection = selectSignals(facts, bucket, windowMs, "signal");
      const value = property === undefined ? null : readProperty(facts.properties, property);
      const byProperty = value === null ? none : rungOfText(value);
      const rung = better(rungs, byProperty, rungOfSignals(rungs, selection, facts));
      const changesAt = recordTime(selection.changesAt);
      const isFilled = value === null ? 0 : 1;
      const step = rungs[rung];
      if (step === undefined) return toLine(unknownPoints, changesAt, isFilled);
      draft[0] = toThousandths(step.points);
      draft[1] = changesAt;
      draft[2] = isFilled;
      draft[3] = rung;
      draft[4] = newestOf(selection);
      draft[5] = selection.listedCount;
      return finishLine(headLength, selection);
    },
    word: (line, { ordered }) => wordFeed(criterion, line, ordered),
  };
}

function wordFeed({ property = "", rungs }: Feed, line: LineRecord, ordered: OrderedSnapshot) {
  const [, , isFilled = 0, number = none, newest = none, listed = 0] = line;
  const quoted = isFilled === 0 ? "" : quoteValue(readProperty(ordered.snapshot.properties, property) ?? "");
  const rung = rungs[number];
  if (rung === undefined) {
    const reason = isFilled === 0 ? "no source reports this yet" : `${property} is "${quoted}", which is on no rung`;
    return unknownWords(reason);
  }
  const own = isFilled === 0 ? [] : [propertyEvidence(property, quoted)];
  return {
    reason: rung.label,
    arithmetic: `${rung.label} = ${pointsText(rung.points)}`,
    at: timeOf(newest, ordered),
    cappedFrom: null,
    evidence: [...listSignals(line, headLength, ordered, false), ...own].slice(0, mostEvidence),
    evidenceCount: listed + isFilled,
  };
}

/** A rung's name or one of its values, else a number. */
function compileTexts(rungs: readonly Rung[]): (text: string) => number {
  const index = new Map<string, number>();
  rungs.forEach((rung, at) => {
    for (const name of [rung.key, rung.label, ...rung.values]) index.set(normalText(name), at);
  });
  return (text) => {
    const number = readNumber(text);
    const byNumber = number === null ? none : rungs.findIndex((rung) => number >= rung.strengthFrom);
    return index.get(normalText(text)) ?? byNumber;
  };
}

/** A signal without a strength says that there was something: the lowest rung that is worth points. */
function rungOfSignals(rungs: readonly Rung[], { counted, countedCount }: SignalSelection, { signals }: Facts): number {
  const something = rungs.findLastIndex((rung) => rung.points > 0);
  let best: number = none;
  for (let index = 0; index < countedCount; index++) {
    const strength = signals.list[counted[index] ?? 0]?.strength ?? null;
    const rung = strength === null ? something : rungs.findIndex(({ strengthFrom }) => strength >= strengthFrom);
    best = better(rungs, best, rung);
  }
  return best;
}

/** Takes and gives numbers of rungs. */
function better(rungs: readonly Rung[], a: number, b: number): number {
  const [first, second] = [rungs[a], rungs[b]];
  if (first === undefined || second === undefined) return first === undefined ? b : a;
  return second.points > first.points ? b : a;
}
