import type { LedgerLine } from "@touchstone/shared/account-score.ts";
import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { normalText } from "@touchstone/shared/normal-text.ts";
import { pointsText, propertyLabel, valueText } from "@touchstone/shared/score-text.ts";
import { type CriterionJudge, compileLine, sharedLine, unknownFinding } from "../criterion-judge.ts";
import { propertyEvidence } from "../list-evidence.ts";
import { quoteValue, readProperty } from "../read-property.ts";
import { toThousandths } from "../thousandths.ts";

interface Rung {
  readonly label: string;
  readonly points: number;
}

/** Points for the value of an enumeration or short text; of several values the best. */
export function compilePropertyMap(criterion: CriterionOf<"property-map">): CriterionJudge {
  const write = compileLine(criterion);
  const rungOf = indexValues(criterion);
  const { property, separator, otherwise } = criterion;
  const find = (value: string): Rung =>
    separator === undefined ? findRung(value, rungOf, otherwise) : bestRung(value.split(separator), rungOf, otherwise);
  const lineOf = (value: string): LedgerLine => writeLine(write, property, quoteValue(value), find(value));
  // The model's own values are the same for every account: their lines are made once.
  const lines = new Map([...rungOf.keys()].map((value) => [value, sharedLine(lineOf(value))]));
  const empty = sharedLine(write(unknownFinding(`${propertyLabel(property)} is empty`)));
  return {
    points: ({ properties }) => {
      const value = readProperty(properties, property);
      return value === null ? null : toThousandths(find(value).points);
    },
    line: ({ properties }) => {
      const value = readProperty(properties, property);
      return value === null ? empty : (lines.get(value) ?? lineOf(value));
    },
  };
}

const writeLine = (write: ReturnType<typeof compileLine>, property: string, quoted: string, rung: Rung): LedgerLine =>
  write({
    known: true,
    points: toThousandths(rung.points),
    reason: `${valueText(quoted)}: ${rung.label}`,
    arithmetic: `${rung.label} = ${pointsText(rung.points)}`,
    at: null,
    cappedFrom: null,
    evidence: [propertyEvidence(property, quoted)],
    evidenceCount: 1,
    changesAt: Number.POSITIVE_INFINITY,
  });

const findRung = (value: string, rungOf: ReadonlyMap<string, Rung>, otherwise: Rung): Rung =>
  rungOf.get(value) ?? rungOf.get(normalText(value)) ?? otherwise;

function bestRung(values: readonly string[], rungOf: ReadonlyMap<string, Rung>, otherwise: Rung): Rung {
  const rungs = values.map((value) => findRung(value, rungOf, otherwise));
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
