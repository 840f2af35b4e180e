import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { normalText } from "@touchstone/shared/normal-text.ts";
import { pointsText } from "@touchstone/shared/score-text.ts";
import { type CriterionJudge, type LineView, type LineWords, recordTime, unknownWords } from "../criterion-judge.ts";
import { toLine } from "../draft-line.ts";
import type { StandingJudgement } from "../find-standing.ts";
import { propertyEvidence } from "../list-evidence.ts";
import { quoteValue, readProperty } from "../read-property.ts";
import { type LineRecord, never, none, unknownPoints } from "../score-record.ts";
import { toThousandths } from "../thousandths.ts";

type Judged = CriterionOf<"judged">;

/** What was found, with a rung where points were earned: by a standing answer, else by the property's text. */
const found = { silence: 0, expired: 1, answer: 2, property: 3 } as const;

const silent = toLine(unknownPoints, never, found.silence, none, none);

/**
 * Points for a rung that a person picked; without a standing answer, the rung that the property names. Its record adds what
 * was found, the number of the rung (`none`: not one of this model's) and that of the judgement.
 */
export function compileJudged(criterion: Judged): CriterionJudge {
  const { key, property, rungs } = criterion;
  const rungOf = indexRungs(rungs);
  const pointsOf = (rung: number): number => {
    const step = rungs[rung];
    return step === undefined ? unknownPoints : toThousandths(step.points);
  };
  return {
    decide: ({ judgements, properties, now }) => {
      const standing = judgements.get(key);
      const judgement = standing?.judgement ?? null;
      if (standing !== undefined && judgement !== null && !hasExpired(standing, now)) {
        const rung = rungs.findIndex((one) => one.key === judgement.rung);
        const changesAt = Math.min(standing.nextAt, judgement.expiresAt ?? Number.POSITIVE_INFINITY);
        return toLine(pointsOf(rung), recordTime(changesAt), found.answer, rung, standing.number);
      }
      const nextAt = recordTime(standing?.nextAt ?? Number.POSITIVE_INFINITY);
      const value = property === undefined ? null : readProperty(properties, property);
      if (value !== null) {
        const rung = rungOf.get(normalText(value)) ?? none;
        return toLine(pointsOf(rung), nextAt, found.property, rung, none);
      }
      if (judgement === null && nextAt === never) return silent;
      return toLine(unknownPoints, nextAt, judgement === null ? found.silence : found.expired, none, none);
    },
    word: (line, view) => wordJudged(criterion, line, view),
  };
}

const hasExpired = ({ judgement }: StandingJudgement, now: number): boolean =>
  judgement !== null && judgement.expiresAt !== null && judgement.expiresAt <= now;

function indexRungs(rungs: Judged["rungs"]): ReadonlyMap<string, number> {
  return new Map(
    rungs.flatMap((rung, number) => [
      [normalText(rung.key), number],
      [normalText(rung.label), number],
    ]),
  );
}

function wordJudged({ property = "", rungs }: Judged, line: LineRecord, { ordered }: LineView): LineWords {
  const [, , what, rung = none, number = none] = line;
  const step = rungs[rung];
  if (what === found.answer) {
    const judgement = ordered.snapshot.judgements[number];
    if (step === undefined || judgement === undefined) {
      return unknownWords(`the answer ${quoteValue(judgement?.rung ?? "")} is not one of this model's`);
    }
    const { key, label } = step;
    const { at, by } = judgement;
    const note = `answered by user ${by}`;
    const evidence = { kind: "judgement", what: key, value: label, personId: null, at, counted: true, note } as const;
    return { ...wordRung(step, "judged"), at, evidence: [evidence] };
  }
  if (what === found.property) {
    const quoted = quoteValue(readProperty(ordered.snapshot.properties, property) ?? "");
    if (step === undefined) return unknownWords(`${property} is "${quoted}", which is not one of the answers`);
    return { ...wordRung(step, property), evidence: [propertyEvidence(property, quoted)] };
  }
  return unknownWords(what === found.expired ? "the last answer expired" : "nobody has judged this yet");
}

const wordRung = ({ label, points }: Judged["rungs"][number], by: string): LineWords => ({
  reason: `${by}: ${label}`,
  arithmetic: `${label} = ${pointsText(points)}`,
  at: null,
  cappedFrom: null,
  evidence: [],
  evidenceCount: 1,
});
