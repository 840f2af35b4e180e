import type { Signal } from "@touchstone/shared/account-snapshot.ts";
import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { normalText } from "@touchstone/shared/normal-text.ts";
import { none } from "./score-record.ts";
import type { SignalSelection } from "./select-signals.ts";
import type { SignalColumns } from "./signal-columns.ts";
import { numberOf, whyOf, whys } from "./why.ts";

type Condition = CriterionOf<"signal-rungs">["rungs"][number]["when"][number];
/** Which signals a condition looks at; null: all of the criterion. */
type Fits = ((signal: Signal) => boolean) | null;

/** Number of the newest signal that a rung rests on when all its conditions hold; `none` when they do not. */
export type Reach = (selection: SignalSelection, signals: SignalColumns) => number;

export function compileReach(when: readonly Condition[]): Reach {
  const tests = when.map(compileTest);
  return (selection, signals) => {
    let newest: number = none;
    for (const test of tests) {
      const found = test(selection, signals);
      if (found === none) return none;
      // The lower its number, the newer a signal is.
      if (newest === none || found < newest) newest = found;
    }
    return newest;
  };
}

function compileTest({ measure, atLeast, signals, subjects }: Condition): Reach {
  const fits = compileFits(signals, subjects);
  return (selection, columns) => {
    const { newest, count } = findFitting(selection, columns, fits);
    const amount = measure === "count" ? count : addSizes(selection, columns, fits);
    return amount >= atLeast ? newest : none;
  };
}

function compileFits(kinds: Condition["signals"], subjects: Condition["subjects"]): Fits {
  if (kinds === undefined && subjects === undefined) return null;
  const about = subjects === undefined ? null : new Set(subjects.map(normalText));
  return ({ kind, subject }) =>
    (kinds === undefined || kinds.includes(kind)) &&
    (about === null || (subject !== null && about.has(normalText(subject))));
}

function findFitting(
  { counted, countedCount }: SignalSelection,
  { list }: SignalColumns,
  fits: Fits,
): { newest: number; count: number } {
  if (fits === null) return { newest: countedCount === 0 ? none : (counted[0] ?? none), count: countedCount };
  let newest: number = none;
  let count = 0;
  for (let index = 0; index < countedCount; index++) {
    const number = counted[index] ?? 0;
    const signal = list[number];
    if (signal === undefined || !fits(signal)) continue;
    if (newest === none) newest = number;
    count++;
  }
  return { newest, count };
}

/** What sizes (pages) come to. Repeats of a day add theirs, although they are not another visit. */
export function addSizes({ listed, listedCount }: SignalSelection, { list, sizes }: SignalColumns, fits: Fits): number {
  let sum = 0;
  for (let index = 0; index < listedCount; index++) {
    const code = listed[index] ?? 0;
    const why = whyOf(code);
    if (why !== whys.counted && why !== whys.repeat) continue;
    const number = numberOf(code);
    const signal = fits === null ? null : list[number];
    if (fits === null || (signal && fits(signal))) sum += sizes[number] ?? 0;
  }
  return sum;
}
