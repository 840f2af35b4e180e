import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { pointsText } from "@touchstone/shared/score-text.ts";
import { type CriterionJudge, compileLine, unknownFinding } from "../criterion-judge.ts";
import { propertyEvidence } from "../list-evidence.ts";
import { quoteValue, readNumber, readProperty } from "../read-property.ts";
import { toThousandths } from "../thousandths.ts";

/** Points for a number; a range holds its `from` and excludes its `to`. */
export function compilePropertyRanges(criterion: CriterionOf<"property-ranges">): CriterionJudge {
  const line = compileLine(criterion);
  const { property, otherwise } = criterion;
  const ranges = criterion.rungs.flatMap((rung) =>
    rung.ranges.map(({ from, to }) => ({ rung, from: from ?? -Infinity, to: to ?? Infinity })),
  );
  const absent = unknownFinding(`${property} is empty`);
  return ({ properties }) => {
    const text = readProperty(properties, property);
    if (text === null) return line(absent);
    const number = readNumber(text);
    if (number === null) return line(unknownFinding(`${property} is "${quoteValue(text)}", which is not a number`));
    const rung = ranges.find(({ from, to }) => number >= from && number < to)?.rung ?? otherwise;
    return line({
      known: true,
      points: toThousandths(rung.points),
      reason: `${text}: ${rung.label}`,
      arithmetic: `${rung.label} = ${pointsText(rung.points)}`,
      at: null,
      cappedFrom: null,
      evidence: [propertyEvidence(property, quoteValue(text))],
      evidenceCount: 1,
      changesAt: Number.POSITIVE_INFINITY,
    });
  };
}
