import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { countText, pointsText } from "@touchstone/shared/score-text.ts";
import {
  type CompileContext,
  type CriterionJudge,
  isUnobserved,
  recordTime,
  unknownWords,
  unobservedLine,
} from "../criterion-judge.ts";
import { dayMs } from "../day.ts";
import { draft, finishLine, toLine } from "../draft-line.ts";
import { compileHalfLife, type HalfLife } from "../half-life.ts";
import { listSignals, timeOf } from "../list-evidence.ts";
import { nothingObserved } from "../nothing-observed.ts";
import { type LineRecord, never, none } from "../score-record.ts";
import { newestOf, type SignalSelection, selectSignals } from "../select-signals.ts";
import { thousandthsText, toThousandths } from "../thousandths.ts";
import { mostEvidence } from "../why.ts";

/** So many entries stand before the weights and the codes. */
const headLength = 6;

/** Of a selection in which nothing is. */
const nothing = toLine(0, never, none, none, 0, 0);

/**
 * min(signals, cap) × points; with a half-life, the signals' remaining weights take the place of their number. Its record
 * adds the points before the cap (`none`: not capped), the number of the newest signal (`none`: there is none), how many
 * count, how many are listed in all, and the codes of evidence. With a half-life the total weight and the weights of
 * the newest 20 that count, all in thousandths, stand before the codes.
 */
export function compileSignalCount(criterion: CriterionOf<"signal-count">, context: CompileContext): CriterionJudge {
  const bucket = context.bucketOf(criterion.signals);
  const windowMs = criterion.windowDays * dayMs;
  const halfLife = compileHalfLife(criterion.halfLife, windowMs);
  const { cap, unit, windowDays, countBy } = criterion;
  const each = toThousandths(criterion.pointsEach);
  const weighing = halfLife === null ? null : { halfLife, each, cap };
  const times = `${cap}) × ${pointsText(criterion.pointsEach)} = `;
  return {
    decide: (facts) => {
      if (!facts.observed) return unobservedLine(facts.observedAt);
      const selection = selectSignals(facts, bucket, windowMs, countBy);
      if (selection.listedCount === 0 && selection.changesAt === Number.POSITIVE_INFINITY) return nothing;
      if (weighing !== null) return weigh(selection, facts.signals.times, facts.now, weighing);
      const { countedCount, changesAt } = selection;
      draft[0] = Math.min(countedCount, cap) * each;
      draft[1] = recordTime(changesAt);
      draft[2] = countedCount > cap ? countedCount * each : none;
      draftCounts(selection);
      return finishLine(headLength, selection);
    },
    word: (line, { ordered }) => {
      if (isUnobserved(line)) return unknownWords(nothingObserved);
      const [points = 0, , beforeCap = none, newest = none, count = 0, listed = 0] = line;
      const counted = countText(count, unit.one, unit.many);
      const amount = halfLife === null ? counted : weightsText(line, count);
      const start = halfLife === null ? headLength : headLength + 1 + Math.min(count, mostEvidence);
      return {
        reason: `${counted} in ${windowDays} days`,
        arithmetic: `min(${amount}, ${times}${thousandthsText(points)}`,
        at: timeOf(newest, ordered),
        cappedFrom: beforeCap === none ? null : beforeCap,
        evidence: listSignals(line, start, ordered, false),
        evidenceCount: listed,
      };
    },
  };
}

interface Weighing {
  readonly halfLife: HalfLife;
  readonly each: number;
  readonly cap: number;
}

function weigh(
  selection: SignalSelection,
  times: readonly number[],
  now: number,
  { halfLife, each, cap }: Weighing,
): LineRecord {
  const { counted, countedCount } = selection;
  const { left, stepMs } = halfLife;
  const start = headLength + 1;
  let { changesAt } = selection;
  let weight = 0;
  for (let index = 0; index < countedCount; index++) {
    const at = times[counted[index] ?? 0] ?? now;
    const steps = Math.floor((now - at) / stepMs);
    const own = left[steps] ?? 0;
    if (index < mostEvidence) draft[start + index] = own;
    weight += own;
    changesAt = Math.min(changesAt, at + (steps + 1) * stepMs);
  }
  draft[0] = Math.round((Math.min(weight, cap * 1000) * each) / 1000);
  draft[1] = recordTime(changesAt);
  draft[2] = weight > cap * 1000 ? Math.round((weight * each) / 1000) : none;
  draftCounts(selection);
  draft[headLength] = weight;
  return finishLine(start + Math.min(countedCount, mostEvidence), selection);
}

function draftCounts(selection: SignalSelection): void {
  draft[3] = newestOf(selection);
  draft[4] = selection.countedCount;
  draft[5] = selection.listedCount;
}

/** "1 + 0.5 + 0.25", after the twentieth added up. */
function weightsText(line: LineRecord, count: number): string {
  if (count === 0) return "0";
  const total = line[headLength] ?? 0;
  const end = headLength + 1 + Math.min(count, mostEvidence);
  let text = "";
  let shown = 0;
  for (let place = headLength + 1; place < end; place++) {
    const weight = line[place] ?? 0;
    text += text === "" ? thousandthsText(weight) : ` + ${thousandthsText(weight)}`;
    shown += weight;
  }
  return count <= mostEvidence ? text : `${text} + ${thousandthsText(total - shown)} of ${count - mostEvidence} more`;
}
