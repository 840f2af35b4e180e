import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { pointsText, propertyLabel, valueText } from "@touchstone/shared/score-text.ts";
import { type CriterionJudge, unknownWords } from "../criterion-judge.ts";
import { toLine } from "../draft-line.ts";
import { propertyEvidence } from "../list-evidence.ts";
import { quoteValue, readProperty } from "../read-property.ts";
import { type LineRecord, never, unknownPoints } from "../score-record.ts";
import { toThousandths } from "../thousandths.ts";

/**
 * Points for a number; a range holds its `from` and excludes its `to`. Its record adds the number of the rung, after the
 * last one `otherwise`; nothing when the property holds no number.
 */
export function compilePropertyRanges(criterion: CriterionOf<"property-ranges">): CriterionJudge {
  const { property } = criterion;
  const steps = [...criterion.rungs, criterion.otherwise];
  const find = compileLadder(criterion);
  const unknown = toLine(unknownPoints, never);
  return {
    decide: ({ numbers }) => {
      const number = numbers[property];
      // What an object inherits is no number.
      return typeof number === "number" ? find(number) : unknown;
    },
    word: ([, , rung], { ordered }) => {
      const text = readProperty(ordered.snapshot.properties, property);
      if (text === null) return unknownWords(`${propertyLabel(property)} is empty`);
      const step = steps[rung ?? steps.length];
      if (step === undefined) {
        return unknownWords(`${propertyLabel(property)} is "${quoteValue(text)}", which is not a number`);
      }
      return {
        reason: `${valueText(text)}: ${step.label}`,
        arithmetic: `${step.label} = ${pointsText(step.points)}`,
        at: null,
        cappedFrom: null,
        evidence: [propertyEvidence(property, quoteValue(text))],
        evidenceCount: 1,
      };
    },
  };
}

function compileLadder({ rungs, otherwise }: CriterionOf<"property-ranges">): (number: number) => LineRecord {
  const ranges = rungs.flatMap((rung, number) => {
    const line = toLine(toThousandths(rung.points), never, number);
    return rung.ranges.map(({ from, to }) => ({ line, from: from ?? -Infinity, to: to ?? Infinity }));
  });
  const outside = toLine(toThousandths(otherwise.points), never, rungs.length);
  return (number) => {
    for (const { from, to, line } of ranges) if (number >= from && number < to) return line;
    return outside;
  };
}
