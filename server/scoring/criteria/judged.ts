import type { Evidence } from "@touchstone/shared/account-score.ts";
import type { Judgement } from "@touchstone/shared/account-snapshot.ts";
import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { normalText } from "@touchstone/shared/normal-text.ts";
import { pointsText } from "@touchstone/shared/score-text.ts";
import { type CriterionJudge, compileLine, type Finding, unknownFinding } from "../criterion-judge.ts";
import { propertyEvidence } from "../list-evidence.ts";
import { quoteValue, readProperty } from "../read-property.ts";
import { toThousandths } from "../thousandths.ts";

type Rung = CriterionOf<"judged">["rungs"][number];

/** Points for a rung that a person picked; without a standing answer, the rung that the property names. */
export function compileJudged(criterion: CriterionOf<"judged">): CriterionJudge {
  const line = compileLine(criterion);
  const { key, property } = criterion;
  const rungs = new Map(criterion.rungs.map((rung) => [rung.key, rung]));
  const byName = new Map(
    criterion.rungs.flatMap((rung) => [
      [normalText(rung.key), rung],
      [normalText(rung.label), rung],
    ]),
  );
  return ({ judgements, properties, now }) => {
    const standing = judgements.get(key);
    const judgement = standing?.judgement ?? null;
    const nextAt = standing?.nextAt ?? Number.POSITIVE_INFINITY;
    if (judgement !== null && (judgement.expiresAt === null || judgement.expiresAt > now)) {
      const rung = rungs.get(judgement.rung);
      const changesAt = Math.min(nextAt, judgement.expiresAt ?? Number.POSITIVE_INFINITY);
      if (rung !== undefined) return line(fromJudgement(rung, judgement, changesAt));
      return line(unknownFinding(`the answer ${quoteValue(judgement.rung)} is not one of this model's`, changesAt));
    }
    const value = property === undefined ? null : readProperty(properties, property);
    const rung = value === null ? undefined : byName.get(normalText(value));
    if (property !== undefined && value !== null) {
      if (rung !== undefined) return line(fromProperty(rung, property, value, nextAt));
      return line(unknownFinding(`${property} is "${quoteValue(value)}", which is not one of the answers`, nextAt));
    }
    return line(unknownFinding(judgement === null ? "nobody has judged this yet" : "the last answer expired", nextAt));
  };
}

function fromJudgement(rung: Rung, judgement: Judgement, changesAt: number): Finding {
  const evidence: Evidence = {
    kind: "judgement",
    what: rung.key,
    value: rung.label,
    personId: null,
    at: judgement.at,
    counted: true,
    note: `answered by user ${judgement.by}`,
  };
  return { ...findRung(rung, "judged"), at: judgement.at, evidence: [evidence], changesAt };
}

function fromProperty(rung: Rung, property: string, value: string, changesAt: number): Finding {
  return { ...findRung(rung, property), evidence: [propertyEvidence(property, quoteValue(value))], changesAt };
}

function findRung(rung: Rung, by: string): Finding {
  return {
    known: true,
    points: toThousandths(rung.points),
    reason: `${by}: ${rung.label}`,
    arithmetic: `${rung.label} = ${pointsText(rung.points)}`,
    at: null,
    cappedFrom: null,
    evidence: [],
    evidenceCount: 1,
    changesAt: Number.POSITIVE_INFINITY,
  };
}
