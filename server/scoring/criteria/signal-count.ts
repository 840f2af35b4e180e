import type { Signal } from "@touchstone/shared/account-snapshot.ts";
import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { countText, pointsText } from "@touchstone/shared/score-text.ts";
import { type CompileContext, type CriterionJudge, compileLine, unknownFinding } from "../criterion-judge.ts";
import { dayMs } from "../day.ts";
import { compileHalfLife, type HalfLife, nextStepAt, weightAt } from "../half-life.ts";
import { listSignalEvidence } from "../list-evidence.ts";
import { nothingObserved } from "../nothing-observed.ts";
import { selectSignals } from "../select-signals.ts";
import { fromThousandths, toThousandths } from "../thousandths.ts";

/** min(signals, cap) × points; with a half-life, the signals' remaining weights take the place of their number. */
export function compileSignalCount(criterion: CriterionOf<"signal-count">, context: CompileContext): CriterionJudge {
  const line = compileLine(criterion);
  const bucket = context.bucketOf(criterion.signals);
  const windowMs = criterion.windowDays * dayMs;
  const halfLife = compileHalfLife(criterion.halfLife, windowMs);
  const { cap, unit, windowDays } = criterion;
  const each = toThousandths(criterion.pointsEach);
  return (facts) => {
    if (!facts.observed) return line(unknownFinding(nothingObserved, facts.observedAt));
    const selection = selectSignals(facts.buckets[bucket] ?? [], windowMs, criterion.countBy, facts.now);
    const { counted } = selection;
    const weight = halfLife === null ? counted.length * 1000 : totalWeight(counted, halfLife, facts.now);
    const points = Math.round((Math.min(weight, cap * 1000) * each) / 1000);
    const shown =
      halfLife === null ? countText(counted.length, unit.one, unit.many) : weightsText(counted, halfLife, facts.now);
    return line({
      known: true,
      points,
      reason: `${countText(counted.length, unit.one, unit.many)} in ${windowDays} days`,
      arithmetic: `min(${shown}, ${cap}) × ${pointsText(criterion.pointsEach)} = ${pointsText(fromThousandths(points))}`,
      at: counted[0]?.at ?? null,
      cappedFrom: weight > cap * 1000 ? Math.round((weight * each) / 1000) : null,
      evidence: listSignalEvidence(selection, false),
      evidenceCount: selection.listed.length,
      changesAt: Math.min(selection.changesAt, firstStepAt(counted, halfLife, facts.now)),
    });
  };
}

function totalWeight(signals: readonly Signal[], halfLife: HalfLife, now: number): number {
  return signals.reduce((total, signal) => total + weightAt(halfLife, signal.at, now), 0);
}

/** Newest first, as the evidence is: "1 + 0.5"; what follows the twentieth is added up. */
function weightsText(signals: readonly Signal[], halfLife: HalfLife, now: number): string {
  const shown = signals.slice(0, 20).map((signal) => pointsText(fromThousandths(weightAt(halfLife, signal.at, now))));
  const rest = signals.slice(20);
  if (rest.length > 0)
    shown.push(`${pointsText(fromThousandths(totalWeight(rest, halfLife, now)))} of ${rest.length} more`);
  return shown.length === 0 ? "0" : shown.join(" + ");
}

function firstStepAt(signals: readonly Signal[], halfLife: HalfLife | null, now: number): number {
  if (halfLife === null) return Number.POSITIVE_INFINITY;
  return signals.reduce((first, { at }) => Math.min(first, nextStepAt(halfLife, at, now)), Number.POSITIVE_INFINITY);
}
