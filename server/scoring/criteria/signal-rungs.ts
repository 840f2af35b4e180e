import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { countText } from "@touchstone/shared/score-text.ts";
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
import type { Facts } from "../gather-facts.ts";
import { compileHalfLife, firstStepAt, type HalfLife, weightAt } from "../half-life.ts";
import { listSignals, timeOf } from "../list-evidence.ts";
import { nothingObserved } from "../nothing-observed.ts";
import { addSizes, compileReach, type Reach } from "../reach-rung.ts";
import { never, none } from "../score-record.ts";
import { newestOf, selectSignals } from "../select-signals.ts";
import { thousandthsText, toThousandths } from "../thousandths.ts";

interface CompiledRung {
  readonly label: string;
  readonly points: number;
  readonly reach: Reach;
}

/** So many entries stand before the codes. */
const headLength = 8;

/** Of a selection in which nothing is. */
const nothing = toLine(0, never, none, 0, none, 0, 0, 0);

/**
 * A ladder over what a window's signals come to. Of the rungs that hold, the one worth most now. Its record adds the number
 * of the rung (`none` without one), the weight that its half-life leaves in thousandths, the number of the newest signal
 * (`none` without one), how many count, what their sizes come to, how many are listed in all, and the codes of evidence.
 */
export function compileSignalRungs(criterion: CriterionOf<"signal-rungs">, context: CompileContext): CriterionJudge {
  const bucket = context.bucketOf(criterion.signals);
  const windowMs = criterion.windowDays * dayMs;
  const halfLife = compileHalfLife(criterion.halfLife, windowMs);
  const rungs = criterion.rungs.map(compileRung).sort((a, b) => b.points - a.points);
  const sizesAdd = criterion.rungs.some((rung) => rung.when.some(({ measure }) => measure === "strength"));
  return {
    decide: (facts) => {
      if (!facts.observed) return unobservedLine(facts.observedAt);
      const selection = selectSignals(facts, bucket, windowMs, criterion.countBy);
      const { listedCount, countedCount } = selection;
      if (listedCount === 0 && selection.changesAt === Number.POSITIVE_INFINITY) return nothing;
      const sizes = sizesAdd ? addSizes(selection, facts.signals, null) : 0;
      const best = findBest(rungs, selection, halfLife, facts);
      const stepAt = halfLife === null ? Number.POSITIVE_INFINITY : firstStepAt(selection, facts, halfLife);
      const changesAt = recordTime(Math.min(selection.changesAt, stepAt));
      draft[0] = best.points;
      draft[1] = changesAt;
      draft[2] = best.rung;
      draft[3] = best.weight;
      draft[4] = newestOf(selection);
      draft[5] = countedCount;
      draft[6] = sizes;
      draft[7] = listedCount;
      return finishLine(headLength, selection);
    },
    word: (line, { ordered }) => {
      if (isUnobserved(line)) return unknownWords(nothingObserved);
      const [points = 0, , number = none, weight = 0, newest = none, count = 0, sizes = 0, listed = 0] = line;
      const rung = rungs[number];
      const label = rung?.label ?? criterion.none;
      const weighed =
        rung === undefined || halfLife === null
          ? `${label} = `
          : `${label}: ${thousandthsText(rung.points)} × ${thousandthsText(weight)} = `;
      return {
        reason: `${amountText(criterion, count, sizesAdd ? sizes : null)} in ${criterion.windowDays} days: ${label}`,
        arithmetic: `${weighed}${thousandthsText(points)}`,
        at: timeOf(newest, ordered),
        cappedFrom: null,
        evidence: listSignals(line, headLength, ordered, sizesAdd),
        evidenceCount: listed,
      };
    },
  };
}

const compileRung = ({ label, points, when }: CriterionOf<"signal-rungs">["rungs"][number]): CompiledRung => ({
  label,
  points: toThousandths(points),
  reach: compileReach(when),
});

/** Takes rungs that are worth most first. */
function findBest(
  rungs: readonly CompiledRung[],
  selection: Parameters<Reach>[0],
  halfLife: HalfLife | null,
  { signals, now }: Facts,
): { rung: number; points: number; weight: number } {
  let best = { rung: none as number, points: 0, weight: 0 };
  for (let rung = 0; rung < rungs.length; rung++) {
    const full = rungs[rung]?.points ?? 0;
    if (best.rung !== none && full <= best.points) break;
    const newest = rungs[rung]?.reach(selection, signals) ?? none;
    if (newest === none) continue;
    const weight = halfLife === null ? 1000 : weightAt(halfLife, signals.times[newest] ?? now, now);
    const points = Math.round((full * weight) / 1000);
    if (best.rung === none || points > best.points) best = { rung, points, weight };
  }
  return best;
}

/** "2 visits and 6 pages" */
function amountText({ unit }: CriterionOf<"signal-rungs">, count: number, sizes: number | null): string {
  const counted = countText(count, unit.one, unit.many);
  return sizes === null || unit.strength === undefined ? counted : `${counted} and ${sizes} ${unit.strength}`;
}
