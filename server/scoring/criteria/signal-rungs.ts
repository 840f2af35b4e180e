import type { Signal } from "@touchstone/shared/account-snapshot.ts";
import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { normalText } from "@touchstone/shared/normal-text.ts";
import { countText, pointsText } from "@touchstone/shared/score-text.ts";
import { type CompileContext, type CriterionJudge, compileLine, unknownFinding } from "../criterion-judge.ts";
import { dayMs } from "../day.ts";
import { compileHalfLife, type HalfLife, nextStepAt, weightAt } from "../half-life.ts";
import { listSignalEvidence } from "../list-evidence.ts";
import { nothingObserved } from "../nothing-observed.ts";
import { type SignalSelection, selectSignals } from "../select-signals.ts";
import { fromThousandths, toThousandths } from "../thousandths.ts";

type Rung = CriterionOf<"signal-rungs">["rungs"][number];

interface ReachedRung {
  readonly label: string;
  readonly base: number;
  readonly points: number;
  readonly weight: number;
}

interface CompiledRung {
  readonly label: string;
  readonly points: number;
  /** The newest signal that the rung rests on when all its conditions hold; null when they do not. */
  reach(selection: SignalSelection): Signal | null;
}

/** A ladder over what a window's signals come to. Of the rungs that hold, the one worth most now. */
export function compileSignalRungs(criterion: CriterionOf<"signal-rungs">, context: CompileContext): CriterionJudge {
  const line = compileLine(criterion);
  const bucket = context.bucketOf(criterion.signals);
  const windowMs = criterion.windowDays * dayMs;
  const halfLife = compileHalfLife(criterion.halfLife, windowMs);
  const rungs = criterion.rungs.map(compileRung).sort((a, b) => b.points - a.points);
  const sizesAdd = criterion.rungs.some((rung) => rung.when.some(({ measure }) => measure === "strength"));
  return (facts) => {
    if (!facts.observed) return line(unknownFinding(nothingObserved, facts.observedAt));
    const selection = selectSignals(facts.buckets[bucket] ?? [], windowMs, criterion.countBy, facts.now);
    const best = findBest(rungs, selection, halfLife, facts.now);
    const label = best?.label ?? criterion.none;
    return line({
      known: true,
      points: best?.points ?? 0,
      reason: `${describe(criterion, selection, sizesAdd)} in ${criterion.windowDays} days: ${label}`,
      arithmetic: arithmeticOf(label, best, halfLife),
      at: selection.counted[0]?.at ?? null,
      cappedFrom: null,
      evidence: listSignalEvidence(selection, sizesAdd),
      evidenceCount: selection.listed.length,
      changesAt: Math.min(selection.changesAt, firstStepAt(selection.counted, halfLife, facts.now)),
    });
  };
}

function compileRung(rung: Rung): CompiledRung {
  const tests = rung.when.map(({ measure, atLeast, signals, subjects }) => {
    const kinds = signals === undefined ? null : new Set(signals);
    const about = subjects === undefined ? null : new Set(subjects.map(normalText));
    const fits = (signal: Signal) =>
      (kinds === null || kinds.has(signal.kind)) &&
      (about === null || (signal.subject !== null && about.has(normalText(signal.subject))));
    return (selection: SignalSelection): Signal | null => {
      const newest = selection.counted.find(fits);
      if (newest === undefined) return null;
      const amount = measure === "count" ? selection.counted.filter(fits).length : addSizes(selection, fits);
      return amount >= atLeast ? newest : null;
    };
  });
  return {
    label: rung.label,
    points: toThousandths(rung.points),
    reach: (selection) => {
      let newest: Signal | null = null;
      for (const test of tests) {
        const found = test(selection);
        if (found === null) return null;
        if (newest === null || found.at > newest.at) newest = found;
      }
      return newest;
    },
  };
}

/** Repeats of a day add their size (pages), although they are not another visit. */
function addSizes(selection: SignalSelection, fits: (signal: Signal) => boolean): number {
  return selection.listed.reduce(
    (sum, { signal, why }) =>
      (why === "counted" || why === "repeat") && fits(signal) ? sum + (signal.strength ?? 0) : sum,
    0,
  );
}

function findBest(
  rungs: readonly CompiledRung[],
  selection: SignalSelection,
  halfLife: HalfLife | null,
  now: number,
): ReachedRung | null {
  let best: ReachedRung | null = null;
  for (const rung of rungs) {
    if (best !== null && rung.points <= best.points) break;
    const newest = rung.reach(selection);
    if (newest === null) continue;
    const weight = halfLife === null ? 1000 : weightAt(halfLife, newest.at, now);
    const points = Math.round((rung.points * weight) / 1000);
    if (best === null || points > best.points) best = { label: rung.label, base: rung.points, points, weight };
  }
  return best;
}

function describe(criterion: CriterionOf<"signal-rungs">, selection: SignalSelection, sizesAdd: boolean): string {
  const { one, many, strength } = criterion.unit;
  const count = countText(selection.counted.length, one, many);
  return sizesAdd && strength !== undefined ? `${count} and ${addSizes(selection, () => true)} ${strength}` : count;
}

function arithmeticOf(label: string, best: ReachedRung | null, halfLife: HalfLife | null): string {
  if (best === null) return `${label} = 0`;
  const points = pointsText(fromThousandths(best.points));
  if (halfLife === null) return `${label} = ${points}`;
  return `${label}: ${pointsText(fromThousandths(best.base))} × ${pointsText(fromThousandths(best.weight))} = ${points}`;
}

function firstStepAt(signals: readonly Signal[], halfLife: HalfLife | null, now: number): number {
  if (halfLife === null) return Number.POSITIVE_INFINITY;
  return signals.reduce((first, { at }) => Math.min(first, nextStepAt(halfLife, at, now)), Number.POSITIVE_INFINITY);
}
