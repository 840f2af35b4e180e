import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { normalText } from "@touchstone/shared/normal-text.ts";
import { pointsText } from "@touchstone/shared/score-text.ts";
import {
  type CompileContext,
  type CriterionJudge,
  compileLine,
  sharedLine,
  unknownFinding,
} from "../criterion-judge.ts";
import { dayMs } from "../day.ts";
import type { Facts } from "../gather-facts.ts";
import { listSignalEvidence, propertyEvidence } from "../list-evidence.ts";
import { quoteValue, readNumber, readProperty } from "../read-property.ts";
import { type SignalSelection, selectSignals } from "../select-signals.ts";
import { toThousandths } from "../thousandths.ts";

type Rung = CriterionOf<"feed">["rungs"][number];

const noFeed = "no source reports this yet";

interface Reported {
  readonly value: string | null;
  readonly selection: SignalSelection;
  readonly rung: Rung | undefined;
}

/** What an outside source says (row 35); the better of its property and its strongest signal. Unknown without either. */
export function compileFeed(criterion: CriterionOf<"feed">, context: CompileContext): CriterionJudge {
  const write = compileLine(criterion);
  const hear = compileHearing(criterion, context);
  const { property } = criterion;
  const silent = sharedLine(write(unknownFinding(noFeed)));
  return {
    points: (facts) => {
      const { rung } = hear(facts);
      return rung === undefined ? null : toThousandths(rung.points);
    },
    line: (facts) => {
      const { value, selection, rung } = hear(facts);
      if (rung === undefined) {
        if (value === null && selection.changesAt === Number.POSITIVE_INFINITY) return silent;
        const lost = value === null ? noFeed : `${property} is "${quoteValue(value)}", which is on no rung`;
        return write(unknownFinding(lost, selection.changesAt));
      }
      const evidence = listSignalEvidence(selection, false);
      if (property !== undefined && value !== null) evidence.push(propertyEvidence(property, quoteValue(value)));
      return write({
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
    },
  };
}

function compileHearing(criterion: CriterionOf<"feed">, context: CompileContext): (facts: Facts) => Reported {
  const bucket = context.bucketOf(criterion.signals);
  const windowMs = criterion.windowDays * dayMs;
  const { property, rungs } = criterion;
  const rungOfText = compileTexts(rungs);
  return (facts) => {
    const selection = selectSignals(facts, bucket, windowMs, "signal");
    const value = property === undefined ? null : readProperty(facts.properties, property);
    const byProperty = value === null ? undefined : (rungOfText(value) ?? rungOfNumber(rungs, value));
    return { value, selection, rung: better(byProperty, rungOfSignals(rungs, selection)) };
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
