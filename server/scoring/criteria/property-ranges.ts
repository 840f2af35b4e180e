import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { pointsText, propertyLabel, valueText } from "@touchstone/shared/score-text.ts";
import { type CriterionJudge, compileLine, sharedLine, unknownFinding } from "../criterion-judge.ts";
import { propertyEvidence } from "../list-evidence.ts";
import { quoteValue, readNumber, readProperty } from "../read-property.ts";
import { toThousandths } from "../thousandths.ts";

/** Points for a number; a range holds its `from` and excludes its `to`. */
export function compilePropertyRanges(criterion: CriterionOf<"property-ranges">): CriterionJudge {
  const write = compileLine(criterion);
  const find = compileLadder(criterion);
  const { property } = criterion;
  const empty = sharedLine(write(unknownFinding(`${propertyLabel(property)} is empty`)));
  return {
    points: ({ properties }) => {
      const text = readProperty(properties, property);
      const number = text === null ? null : readNumber(text);
      return number === null ? null : find(number).points;
    },
    line: ({ properties }) => {
      const text = readProperty(properties, property);
      if (text === null) return empty;
      const number = readNumber(text);
      if (number === null)
        return write(unknownFinding(`${propertyLabel(property)} is "${quoteValue(text)}", which is not a number`));
      const { points, label, arithmetic } = find(number);
      return write({
        known: true,
        points,
        reason: `${valueText(text)}: ${label}`,
        arithmetic,
        at: null,
        cappedFrom: null,
        evidence: [propertyEvidence(property, quoteValue(text))],
        evidenceCount: 1,
        changesAt: Number.POSITIVE_INFINITY,
      });
    },
  };
}

interface Step {
  readonly label: string;
  /** In thousandths. */
  readonly points: number;
  readonly arithmetic: string;
}

function compileLadder({ rungs, otherwise }: CriterionOf<"property-ranges">): (number: number) => Step {
  const stepOf = ({ label, points }: { label: string; points: number }): Step => ({
    label,
    points: toThousandths(points),
    arithmetic: `${label} = ${pointsText(points)}`,
  });
  const ranges = rungs.flatMap((rung) => {
    const step = stepOf(rung);
    return rung.ranges.map(({ from, to }) => ({ step, from: from ?? -Infinity, to: to ?? Infinity }));
  });
  const outside = stepOf(otherwise);
  return (number) => {
    for (const { from, to, step } of ranges) if (number >= from && number < to) return step;
    return outside;
  };
}
