import type { LedgerLine } from "@touchstone/shared/account-score.ts";
import type { Signal } from "@touchstone/shared/account-snapshot.ts";
import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { normalText } from "@touchstone/shared/normal-text.ts";
import { countText } from "@touchstone/shared/score-text.ts";
import {
  type CompileContext,
  type CriterionJudge,
  compileLine,
  sharedLine,
  textsByCount,
  unknownFinding,
} from "../criterion-judge.ts";
import { dayMs } from "../day.ts";
import { compileHalfLife, firstStepAt, type HalfLife, weightAt } from "../half-life.ts";
import { listSignalEvidence } from "../list-evidence.ts";
import { nothingObserved } from "../nothing-observed.ts";
import { type SignalSelection, selectSignals } from "../select-signals.ts";
import { thousandthsText, toThousandths } from "../thousandths.ts";

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
  const write = compileLine(criterion);
  const bucket = context.bucketOf(criterion.signals);
  const windowMs = criterion.windowDays * dayMs;
  const halfLife = compileHalfLife(criterion.halfLife, windowMs);
  const rungs = criterion.rungs.map(compileRung).sort((a, b) => b.points - a.points);
  const sizesAdd = criterion.rungs.some((rung) => rung.when.some(({ measure }) => measure === "strength"));
  const describe = compileDescription(criterion, sizesAdd);
  const writeOf = (selection: SignalSelection, now: number): LedgerLine => {
    const best = findBest(rungs, selection, halfLife, now);
    const label = best?.label ?? criterion.none;
    const { counted, listed, changesAt } = selection;
    return write({
      known: true,
      points: best?.points ?? 0,
      reason: `${describe(selection)}${label}`,
      arithmetic: arithmeticOf(label, best, halfLife),
      at: counted[0]?.at ?? null,
      cappedFrom: null,
      evidence: listSignalEvidence(selection, sizesAdd),
      evidenceCount: listed.length,
      changesAt: halfLife === null ? changesAt : Math.min(changesAt, firstStepAt(counted, halfLife, now)),
    });
  };
  const nothing = sharedLine(writeOf({ listed: [], whys: null, counted: [], changesAt: Number.POSITIVE_INFINITY }, 0));
  return {
    points: (facts) => {
      if (!facts.observed) return null;
      const selection = selectSignals(facts, bucket, windowMs, criterion.countBy);
      return findBest(rungs, selection, halfLife, facts.now)?.points ?? 0;
    },
    line: (facts) => {
      if (!facts.observed) return write(unknownFinding(nothingObserved, facts.observedAt));
      const selection = selectSignals(facts, bucket, windowMs, criterion.countBy);
      const isEmpty = selection.listed.length === 0 && selection.changesAt === Number.POSITIVE_INFINITY;
      return isEmpty ? nothing : writeOf(selection, facts.now);
    },
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
      const amount = measure === "count" ? countFitting(selection.counted, fits) : addSizes(selection, fits);
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

function countFitting(signals: readonly Signal[], fits: (signal: Signal) => boolean): number {
  let count = 0;
  for (const signal of signals) if (fits(signal)) count++;
  return count;
}

/** Repeats of a day add their size (pages), although they are not another visit. */
function addSizes({ listed, whys }: SignalSelection, fits: (signal: Signal) => boolean): number {
  let sum = 0;
  listed.forEach((signal, index) => {
    const why = whys?.[index] ?? "counted";
    if ((why === "counted" || why === "repeat") && fits(signal)) sum += signal.strength ?? 0;
  });
  return sum;
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

/** "2 visits and 6 pages in 30 days: " */
function compileDescription(
  criterion: CriterionOf<"signal-rungs">,
  sizesAdd: boolean,
): (selection: SignalSelection) => string {
  const { one, many, strength } = criterion.unit;
  const within = ` in ${criterion.windowDays} days: `;
  if (!sizesAdd || strength === undefined) {
    const describe = textsByCount((count) => `${countText(count, one, many)}${within}`);
    return ({ counted }) => describe(counted.length);
  }
  return (selection) =>
    `${countText(selection.counted.length, one, many)} and ${addSizes(selection, () => true)} ${strength}${within}`;
}

function arithmeticOf(label: string, best: ReachedRung | null, halfLife: HalfLife | null): string {
  if (best === null) return `${label} = 0`;
  const points = thousandthsText(best.points);
  if (halfLife === null) return `${label} = ${points}`;
  return `${label}: ${thousandthsText(best.base)} × ${thousandthsText(best.weight)} = ${points}`;
}
