import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { pointsText } from "@touchstone/shared/score-text.ts";
import { type CriterionJudge, compileLine, sharedLine, unknownFinding } from "../criterion-judge.ts";
import { propertyEvidence } from "../list-evidence.ts";
import { quoteValue, readProperty } from "../read-property.ts";
import { toThousandths } from "../thousandths.ts";

/**
 * Points when a property holds anything at all, such as an owner. Empty is a known zero, unlike anywhere else: nobody
 * owns what has no owner. Unknown only when the portal has no such property.
 */
export function compilePropertyFilled(criterion: CriterionOf<"property-filled">): CriterionJudge {
  const write = compileLine(criterion);
  const { property } = criterion;
  const full = toThousandths(criterion.points);
  const absent = sharedLine(write(unknownFinding(`the portal has no property ${property}`)));
  const finding = { known: true, at: null, cappedFrom: null, changesAt: Number.POSITIVE_INFINITY };
  const empty = sharedLine(
    write({
      ...finding,
      points: 0,
      reason: `${property} is empty`,
      arithmetic: "empty = 0",
      evidence: [],
      evidenceCount: 0,
    }),
  );
  const arithmetic = `filled = ${pointsText(criterion.points)}`;
  return {
    points: ({ properties }) => {
      if (!Object.hasOwn(properties, property)) return null;
      return readProperty(properties, property) === null ? 0 : full;
    },
    line: ({ properties }) => {
      if (!Object.hasOwn(properties, property)) return absent;
      const value = readProperty(properties, property);
      if (value === null) return empty;
      const evidence = [propertyEvidence(property, quoteValue(value))];
      const reason = `${property} is filled in`;
      return write({ ...finding, points: full, reason, arithmetic, evidence, evidenceCount: 1 });
    },
  };
}
