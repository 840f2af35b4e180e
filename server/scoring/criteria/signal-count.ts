import type { Signal } from "@touchstone/shared/account-snapshot.ts";
import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { countText, pointsText } from "@touchstone/shared/score-text.ts";
import {
  type CompileContext,
  type CriterionJudge,
  compileLine,
  type Finding,
  sharedLine,
  textsByCount,
  unknownFinding,
} from "../criterion-judge.ts";
import { dayMs } from "../day.ts";
import { compileHalfLife, firstStepAt, type HalfLife, nextStepAt, weightAt } from "../half-life.ts";
import { listSignalEvidence } from "../list-evidence.ts";
import { nothingObserved } from "../nothing-observed.ts";
import { type SignalSelection, selectSignals } from "../select-signals.ts";
import { thousandthsText, toThousandths } from "../thousandths.ts";

/** min(signals, cap) × points; with a half-life, the signals' remaining weights take the place of their number. */
export function compileSignalCount(criterion: CriterionOf<"signal-count">, context: CompileContext): CriterionJudge {
  const write = compileLine(criterion);
  const bucket = context.bucketOf(criterion.signals);
  const windowMs = criterion.windowDays * dayMs;
  const halfLife = compileHalfLife(criterion.halfLife, windowMs);
  const find = halfLife === null ? compileCounting(criterion) : compileWeighing(criterion, halfLife);
  const most = criterion.cap * 1000;
  const each = toThousandths(criterion.pointsEach);
  const nothing = sharedLine(
    write(find({ listed: [], whys: null, counted: [], changesAt: Number.POSITIVE_INFINITY }, 0)),
  );
  return {
    points: (facts) => {
      if (!facts.observed) return null;
      const { counted } = selectSignals(facts, bucket, windowMs, criterion.countBy);
      const weight = halfLife === null ? counted.length * 1000 : totalWeight(counted, halfLife, facts.now);
      return Math.round((Math.min(weight, most) * each) / 1000);
    },
    line: (facts) => {
      if (!facts.observed) return write(unknownFinding(nothingObserved, facts.observedAt));
      const selection = selectSignals(facts, bucket, windowMs, criterion.countBy);
      if (selection.listed.length === 0 && selection.changesAt === Number.POSITIVE_INFINITY) return nothing;
      return write(find(selection, facts.now));
    },
  };
}

type Find = (selection: SignalSelection, now: number) => Finding;

/** "min(4 opens, 3) × 1 = 3" */
function compileCounting({ cap, unit, windowDays, pointsEach }: CriterionOf<"signal-count">): Find {
  const each = toThousandths(pointsEach);
  const reasonOf = textsByCount((count) => `${countText(count, unit.one, unit.many)} in ${windowDays} days`);
  const arithmeticOf = textsByCount((count) => {
    const points = thousandthsText(Math.min(count, cap) * each);
    return `min(${countText(count, unit.one, unit.many)}, ${cap}) × ${pointsText(pointsEach)} = ${points}`;
  });
  return (selection) => {
    const { counted, listed, changesAt } = selection;
    return {
      known: true,
      points: Math.min(counted.length, cap) * each,
      reason: reasonOf(counted.length),
      arithmetic: arithmeticOf(counted.length),
      at: counted[0]?.at ?? null,
      cappedFrom: counted.length > cap ? counted.length * each : null,
      evidence: listSignalEvidence(selection, false),
      evidenceCount: listed.length,
      changesAt,
    };
  };
}

/** "min(1 + 0.5 + 0.25, 3) × 2 = 3.5" */
function compileWeighing(criterion: CriterionOf<"signal-count">, halfLife: HalfLife): Find {
  const { cap, unit, windowDays, pointsEach } = criterion;
  const each = toThousandths(pointsEach);
  const reasonOf = textsByCount((count) => `${countText(count, unit.one, unit.many)} in ${windowDays} days`);
  const times = `, ${cap}) × ${pointsText(pointsEach)} = `;
  return (selection, now) => {
    const { counted, listed, changesAt } = selection;
    const { weight, text, stepsAt } = weigh(counted, halfLife, now);
    const points = Math.round((Math.min(weight, cap * 1000) * each) / 1000);
    return {
      known: true,
      points,
      reason: reasonOf(counted.length),
      arithmetic: `${text}${times}${thousandthsText(points)}`,
      at: counted[0]?.at ?? null,
      cappedFrom: weight > cap * 1000 ? Math.round((weight * each) / 1000) : null,
      evidence: listSignalEvidence(selection, false),
      evidenceCount: listed.length,
      changesAt: Math.min(changesAt, stepsAt),
    };
  };
}

function totalWeight(signals: readonly Signal[], halfLife: HalfLife, now: number): number {
  let total = 0;
  for (const signal of signals) total += weightAt(halfLife, signal.at, now);
  return total;
}

const mostShown = 20;

/** In one pass: the sum, its text newest first ("min(1 + 0.5", after the twentieth added up), and when it falls next. */
function weigh(
  signals: readonly Signal[],
  halfLife: HalfLife,
  now: number,
): { weight: number; text: string; stepsAt: number } {
  let weight = 0;
  let text = "min(";
  let stepsAt = Number.POSITIVE_INFINITY;
  const count = Math.min(signals.length, mostShown);
  for (let index = 0; index < count; index++) {
    const at = signals[index]?.at ?? now;
    const left = weightAt(halfLife, at, now);
    weight += left;
    text += index === 0 ? thousandthsText(left) : ` + ${thousandthsText(left)}`;
    stepsAt = Math.min(stepsAt, nextStepAt(halfLife, at, now));
  }
  if (count === 0) return { weight, text: "min(0", stepsAt };
  if (signals.length === count) return { weight, text, stepsAt };
  const rest = signals.slice(mostShown);
  const more = totalWeight(rest, halfLife, now);
  text += ` + ${thousandthsText(more)} of ${rest.length} more`;
  return { weight: weight + more, text, stepsAt: Math.min(stepsAt, firstStepAt(rest, halfLife, now)) };
}
