import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { normalText } from "@touchstone/shared/normal-text.ts";
import { pointsText } from "@touchstone/shared/score-text.ts";
import { type CompileContext, type CriterionJudge, compileLine, unknownFinding } from "../criterion-judge.ts";
import { dayMs } from "../day.ts";
import { listSignalEvidence, propertyEvidence } from "../list-evidence.ts";
import { quoteValue, readNumber, readProperty } from "../read-property.ts";
import { type SignalSelection, selectSignals } from "../select-signals.ts";
import { toThousandths } from "../thousandths.ts";

type Rung = CriterionOf<"feed">["rungs"][number];

const noFeed = "no source reports this yet";

/** What an outside source says (row 35); the better of its property and its strongest signal. Unknown without either. */
export function compileFeed(criterion: CriterionOf<"feed">, context: CompileContext): CriterionJudge {
  const line = compileLine(criterion);
  const bucket = context.bucketOf(criterion.signals);
  const windowMs = criterion.windowDays * dayMs;
  const { property } = criterion;
  const rungOfText = compileTexts(criterion.rungs);
  return ({ buckets, properties, now }) => {
    const selection = selectSignals(buckets[bucket] ?? [], windowMs, "signal", now);
    const value = property === undefined ? null : readProperty(properties, property);
    const byProperty = value === null ? undefined : (rungOfText(value) ?? rungOfNumber(criterion.rungs, value));
    const rung = better(byProperty, rungOfSignals(criterion.rungs, selection));
    if (rung === undefined) {
      const lost = value === null ? noFeed : `${property} is "${quoteValue(value)}", which is on no rung`;
      return line(unknownFinding(lost, selection.changesAt));
    }
    const evidence = listSignalEvidence(selection, false);
    if (property !== undefined && value !== null) evidence.push(propertyEvidence(property, quoteValue(value)));
    return line({
      known: true,
      points: toThousandths(rung.points),
      reason: rung.label,
      arithmetic: `${rung.label} = ${pointsText(rung.points)}`,
      at: selection.counted[0]?.at ?? null,
      cappedFrom: null,
      evidence,
      evidenceCount: selection.listed.length + (value === null ? 0 : 1),
      changesAt: selection.changesAt,
    });
  };
}

function compileTexts(rungs: readonly Rung[]): (text: string) => Rung | undefined {
  const index = new Map<string, Rung>();
  for (const rung of rungs) {
    for (const name of [rung.key, rung.label, ...rung.values]) index.set(normalText(name), rung);
  }
  return (text) => index.get(normalText(text));
}

function rungOfNumber(rungs: readonly Rung[], text: string): Rung | undefined {
  const number = readNumber(text);
  return number === null ? undefined : rungs.find((rung) => number >= rung.strengthFrom);
}

/** A signal without a strength says that there was something: the lowest rung that is worth points. */
function rungOfSignals(rungs: readonly Rung[], selection: SignalSelection): Rung | undefined {
  const something = rungs.findLast((rung) => rung.points > 0);
  return selection.counted.reduce<Rung | undefined>((best, { strength }) => {
    const rung = strength === null ? something : rungs.find(({ strengthFrom }) => strength >= strengthFrom);
    return better(best, rung);
  }, undefined);
}

function better(a: Rung | undefined, b: Rung | undefined): Rung | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.points > a.points ? b : a;
}
