import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { normalText } from "@touchstone/shared/normal-text.ts";
import { pointsText } from "@touchstone/shared/score-text.ts";
import { type CriterionJudge, compileLine, unknownFinding } from "../criterion-judge.ts";
import { propertyEvidence } from "../list-evidence.ts";
import { quoteValue, readProperty } from "../read-property.ts";
import { toThousandths } from "../thousandths.ts";

interface Rung {
  readonly label: string;
  readonly points: number;
}

/** Points for the value of an enumeration or short text; of several values the best. */
export function compilePropertyMap(criterion: CriterionOf<"property-map">): CriterionJudge {
  const line = compileLine(criterion);
  const rungOf = indexValues(criterion);
  const { property, separator, otherwise } = criterion;
  const absent = unknownFinding(`${property} is empty`);
  return ({ properties }) => {
    const value = readProperty(properties, property);
    if (value === null) return line(absent);
    const rung = bestRung(separator === undefined ? [value] : value.split(separator), rungOf, otherwise);
    const quoted = quoteValue(value);
    return line({
      known: true,
      points: toThousandths(rung.points),
      reason: `${quoted}: ${rung.label}`,
      arithmetic: `${rung.label} = ${pointsText(rung.points)}`,
      at: null,
      cappedFrom: null,
      evidence: [propertyEvidence(property, quoted)],
      evidenceCount: 1,
      changesAt: Number.POSITIVE_INFINITY,
    });
  };
}

function bestRung(values: readonly string[], rungOf: ReadonlyMap<string, Rung>, otherwise: Rung): Rung {
  const rungs = values.map((value) => rungOf.get(value) ?? rungOf.get(normalText(value)) ?? otherwise);
  return rungs.reduce((best, rung) => (rung.points > best.points ? rung : best));
}

/** Values as written, for speed, and in normal form. */
function indexValues(criterion: CriterionOf<"property-map">): ReadonlyMap<string, Rung> {
  const aliases = new Map(
    Object.entries(criterion.aliases ?? {}).map(([value, others]) => [normalText(value), others]),
  );
  const index = new Map<string, Rung>();
  for (const rung of criterion.rungs) {
    for (const value of rung.values) {
      for (const name of [value, ...(aliases.get(normalText(value)) ?? [])]) {
        index.set(name, rung);
        index.set(normalText(name), rung);
      }
    }
  }
  return index;
}
