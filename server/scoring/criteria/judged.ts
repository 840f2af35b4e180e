import type { Evidence } from "@touchstone/shared/account-score.ts";
import type { Judgement } from "@touchstone/shared/account-snapshot.ts";
import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { normalText } from "@touchstone/shared/normal-text.ts";
import { pointsText } from "@touchstone/shared/score-text.ts";
import { type CriterionJudge, compileLine, type Finding, sharedLine, unknownFinding } from "../criterion-judge.ts";
import type { Facts } from "../gather-facts.ts";
import { propertyEvidence } from "../list-evidence.ts";
import { quoteValue, readProperty } from "../read-property.ts";
import { toThousandths } from "../thousandths.ts";

type Rung = CriterionOf<"judged">["rungs"][number];

/** What an account says to a judged criterion: a standing answer, else the property's text. */
interface Said {
  readonly judgement: Judgement | null;
  /** An answer was given and has run out. */
  readonly expired: boolean;
  readonly nextAt: number;
  readonly value: string | null;
  readonly rung: Rung | undefined;
}

/** Points for a rung that a person picked; without a standing answer, the rung that the property names. */
export function compileJudged(criterion: CriterionOf<"judged">): CriterionJudge {
  const write = compileLine(criterion);
  const hear = compileHearing(criterion);
  const silent = sharedLine(write(unknownFinding("nobody has judged this yet")));
  return {
    points: (facts) => {
      const { rung } = hear(facts);
      return rung === undefined ? null : toThousandths(rung.points);
    },
    line: (facts) => {
      const said = hear(facts);
      const isSilent = said.judgement === null && !said.expired && said.value === null;
      return isSilent && said.nextAt === Number.POSITIVE_INFINITY ? silent : write(findingOf(said, criterion.property));
    },
  };
}

function compileHearing({ key, property, rungs }: CriterionOf<"judged">): (facts: Facts) => Said {
  const byKey = new Map(rungs.map((rung) => [rung.key, rung]));
  const byName = new Map(
    rungs.flatMap((rung) => [
      [normalText(rung.key), rung],
      [normalText(rung.label), rung],
    ]),
  );
  return ({ judgements, properties, now }) => {
    const standing = judgements.get(key);
    const judgement = standing?.judgement ?? null;
    const nextAt = standing?.nextAt ?? Number.POSITIVE_INFINITY;
    if (judgement !== null && (judgement.expiresAt === null || judgement.expiresAt > now)) {
      return { judgement, expired: false, nextAt, value: null, rung: byKey.get(judgement.rung) };
    }
    const value = property === undefined ? null : readProperty(properties, property);
    const rung = value === null ? undefined : byName.get(normalText(value));
    return { judgement: null, expired: judgement !== null, nextAt, value, rung };
  };
}

function findingOf({ judgement, expired, nextAt, value, rung }: Said, property: string | undefined): Finding {
  if (judgement !== null) {
    const changesAt = Math.min(nextAt, judgement.expiresAt ?? Number.POSITIVE_INFINITY);
    if (rung !== undefined) return fromJudgement(rung, judgement, changesAt);
    return unknownFinding(`the answer ${quoteValue(judgement.rung)} is not one of this model's`, changesAt);
  }
  if (property !== undefined && value !== null) {
    if (rung !== undefined) return fromProperty(rung, property, value, nextAt);
    return unknownFinding(`${property} is "${quoteValue(value)}", which is not one of the answers`, nextAt);
  }
  return unknownFinding(expired ? "the last answer expired" : "nobody has judged this yet", nextAt);
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
