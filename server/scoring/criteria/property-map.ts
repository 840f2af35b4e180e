import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { normalText } from "@touchstone/shared/normal-text.ts";
import { pointsText, propertyLabel, valueText } from "@touchstone/shared/score-text.ts";
import { type CriterionJudge, unknownWords } from "../criterion-judge.ts";
import { toLine } from "../draft-line.ts";
import { propertyEvidence } from "../list-evidence.ts";
import { quoteValue, readProperty } from "../read-property.ts";
import { type LineRecord, never, unknownPoints } from "../score-record.ts";
import { toThousandths } from "../thousandths.ts";

/**
 * Points for the value of an enumeration or short text; of several values the best. Its record adds the number of the rung,
 * after the last one `otherwise`; nothing when the property is empty. A rung's record is made once for all accounts.
 */
export function compilePropertyMap(criterion: CriterionOf<"property-map">): CriterionJudge {
  const { property, separator } = criterion;
  const steps = [...criterion.rungs, criterion.otherwise];
  const lines = steps.map((step, rung) => toLine(toThousandths(step.points), never, rung));
  const empty = toLine(unknownPoints, never);
  const lineOf = indexValues(criterion, lines);
  return {
    decide: ({ properties }) => {
      const value = readProperty(properties, property);
      if (value === null) return empty;
      return separator === undefined ? lineOf(value) : bestLine(value, separator, lineOf);
    },
    word: ([, , rung], { ordered }) => {
      const step = steps[rung ?? steps.length];
      const value = readProperty(ordered.snapshot.properties, property);
      if (step === undefined || value === null) return unknownWords(`${propertyLabel(property)} is empty`);
      const quoted = quoteValue(value);
      return {
        reason: `${valueText(quoted)}: ${step.label}`,
        arithmetic: `${step.label} = ${pointsText(step.points)}`,
        at: null,
        cappedFrom: null,
        evidence: [propertyEvidence(property, quoted)],
        evidenceCount: 1,
      };
    },
  };
}

/** The best of a list of values; without making the list, which takes longer than looking its members up. */
function bestLine(values: string, separator: string, lineOf: (value: string) => LineRecord): LineRecord {
  let end = values.indexOf(separator);
  if (end === -1) return lineOf(values);
  let best = lineOf(values.slice(0, end));
  while (end !== -1) {
    const start = end + 1;
    end = values.indexOf(separator, start);
    const line = lineOf(end === -1 ? values.slice(start) : values.slice(start, end));
    if ((line[0] ?? 0) > (best[0] ?? 0)) best = line;
  }
  return best;
}

/** Values as written, for speed, and in normal form. */
function indexValues(
  criterion: CriterionOf<"property-map">,
  lines: readonly LineRecord[],
): (value: string) => LineRecord {
  const aliases = new Map(
    Object.entries(criterion.aliases ?? {}).map(([value, others]) => [normalText(value), others]),
  );
  const otherwise = lines[criterion.rungs.length] ?? [];
  const index = new Map<string, LineRecord>();
  criterion.rungs.forEach((rung, number) => {
    for (const value of rung.values) {
      for (const name of [value, ...(aliases.get(normalText(value)) ?? [])]) {
        index.set(name, lines[number] ?? otherwise);
        index.set(normalText(name), lines[number] ?? otherwise);
      }
    }
  });
  return (value) => index.get(value) ?? index.get(normalText(value)) ?? otherwise;
}
