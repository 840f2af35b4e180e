import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { pointsText } from "@touchstone/shared/score-text.ts";
import { type CriterionJudge, plainWords, unknownWords } from "../criterion-judge.ts";
import { toLine } from "../draft-line.ts";
import { propertyEvidence } from "../list-evidence.ts";
import { quoteValue, readProperty } from "../read-property.ts";
import { never, unknownPoints } from "../score-record.ts";
import { toThousandths } from "../thousandths.ts";

/**
 * Points when a property holds anything at all, such as an owner. Empty is a known zero, unlike anywhere else: nobody
 * owns what has no owner. Unknown only when the portal has no such property. Its record adds 1 for filled and 0 for empty.
 */
export function compilePropertyFilled(criterion: CriterionOf<"property-filled">): CriterionJudge {
  const { property } = criterion;
  const absent = toLine(unknownPoints, never);
  const empty = toLine(0, never, 0);
  const filled = toLine(toThousandths(criterion.points), never, 1);
  return {
    decide: ({ properties }) => {
      if (!Object.hasOwn(properties, property)) return absent;
      return readProperty(properties, property) === null ? empty : filled;
    },
    word: ([, , isFilled], { ordered }) => {
      if (isFilled === undefined) return unknownWords(`the portal has no property ${property}`);
      if (isFilled === 0) return plainWords(`${property} is empty`, "empty = 0");
      const value = readProperty(ordered.snapshot.properties, property) ?? "";
      return {
        reason: `${property} is filled in`,
        arithmetic: `filled = ${pointsText(criterion.points)}`,
        at: null,
        cappedFrom: null,
        evidence: [propertyEvidence(property, quoteValue(value))],
        evidenceCount: 1,
      };
    },
  };
}
