import type { AccountScore } from "@touchstone/shared/account-score.ts";
import {
  type AccountSnapshot,
  type Signal,
  type SnapshotPerson,
  seniorities,
} from "@touchstone/shared/account-snapshot.ts";
import type { Criterion, CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { asPersonId } from "@touchstone/shared/ids.ts";
import type { ScoringModel } from "@touchstone/shared/model-shape.ts";
import { raiseText } from "@touchstone/shared/score-text.ts";

/** One fact that could come true, and what it takes to bring it about (ours: 1 is a click of the rep's own). */
export interface PossibleFact {
  readonly group: string;
  /** With who must do it, and without: the latter when who does not matter. */
  readonly action: string;
  readonly plainAction: string;
  readonly effort: number;
  readonly upTo: boolean;
  apply(snapshot: AccountSnapshot): AccountSnapshot;
}

const mostMembers = 5;
const effortOfFillIn = 1;
/** Ours: what somebody outside must be moved to do. Kinds that are not named take 4. */
const effortOfKind: Readonly<Record<string, number>> = {
  email_open: 2,
  email_click: 2,
  page_visit: 2,
  pricing_page_visit: 3,
  content_download: 3,
  email_reply: 3,
  message_reply: 3,
  form_submission: 3,
};
/** A visit that nobody has made yet is taken to have this many pages. */
const pagesOfVisit = 4;

export function listPossibleFacts(
  snapshot: AccountSnapshot,
  model: ScoringModel,
  before: AccountScore,
  now: number,
): PossibleFact[] {
  const unknown = new Set(before.lines.filter((line) => line.state === "unknown").map((line) => line.criterion));
  const answers = model.criteria.filter((criterion) => unknown.has(criterion.key)).flatMap((one) => fill(one, now));
  const kinds = new Set(model.criteria.flatMap((one) => (isEarnedBySignals(one) ? one.signals : [])));
  const people = listPeople(snapshot, model);
  return [...answers, ...[...kinds].flatMap((kind) => people.map((person) => happen(kind, person, now)))];
}

const isEarnedBySignals = (criterion: Criterion) =>
  criterion.kind === "signal-count" || criterion.kind === "signal-rungs";

/** The best value of an unknown criterion that a rep can fill in. */
function fill(criterion: Criterion, now: number): PossibleFact[] {
  switch (criterion.kind) {
    case "judged":
      return answer(criterion, now);
    case "property-map":
    case "property-ranges": {
      const value = bestValue(criterion);
      if (value === null) return [];
      const apply = (snapshot: AccountSnapshot) => ({
        ...snapshot,
        properties: { ...snapshot.properties, [criterion.property]: value },
      });
      return [fillIn(criterion.key, `Filling in ${criterion.label.toLowerCase()}`, apply)];
    }
    default:
      return [];
  }
}

function answer(criterion: CriterionOf<"judged">, now: number): PossibleFact[] {
  const best = [...criterion.rungs].sort((a, b) => b.points - a.points)[0];
  if (best === undefined) return [];
  const judgement = { criterion: criterion.key, rung: best.key, by: "0", at: now, expiresAt: null };
  const apply = (snapshot: AccountSnapshot) => ({
    ...snapshot,
    judgements: [...snapshot.judgements.filter((one) => one.criterion !== criterion.key), judgement],
  });
  return [fillIn(criterion.key, `An answer to "${criterion.question}"`, apply)];
}

const fillIn = (group: string, action: string, apply: PossibleFact["apply"]): PossibleFact => ({
  group,
  action,
  plainAction: action,
  effort: effortOfFillIn,
  upTo: true,
  apply,
});

function bestValue(criterion: Extract<Criterion, { kind: "property-map" | "property-ranges" }>): string | null {
  if (criterion.kind === "property-map") {
    return [...criterion.rungs].sort((a, b) => b.points - a.points)[0]?.values[0] ?? null;
  }
  const range = [...criterion.rungs].sort((a, b) => b.points - a.points)[0]?.ranges[0];
  if (range === undefined) return null;
  return String(range.from ?? (range.to === undefined ? 0 : range.to - 1));
}

/** Members who could do something, most senior first, and one newcomer of each seniority. */
function listPeople(snapshot: AccountSnapshot, model: ScoringModel): SnapshotPerson[] {
  const members = snapshot.people
    .filter((person) => !person.roles.some((role) => model.engagement.ignoredRoles.includes(role)))
    .sort((a, b) => rank(a) - rank(b) || Number(a.id) - Number(b.id))
    .slice(0, mostMembers);
  const newcomers = [null, ...seniorities].map((seniority) => ({ id: asPersonId("0"), seniority, roles: [] }));
  return [...members, ...newcomers];
}

const rank = (person: SnapshotPerson): number =>
  person.seniority === null ? seniorities.length : seniorities.indexOf(person.seniority);

function happen(kind: string, person: SnapshotPerson, now: number): PossibleFact {
  const signal: Signal = {
    key: "what-if",
    kind,
    personId: person.id,
    at: now,
    source: "what-if",
    strength: kind === "page_visit" ? pagesOfVisit : null,
    subject: "what-if",
    expiresAt: null,
  };
  const isNew = person.id === "0";
  return {
    group: kind,
    action: raiseText(kind, { seniority: person.seniority, another: isNew }),
    plainAction: raiseText(kind, null),
    // A higher seniority is harder to move; a person who is known already is easier to reach.
    effort: (effortOfKind[kind] ?? 4) + (seniorities.length - rank(person)) / 4 + (isNew ? 0.5 : 0),
    upTo: false,
    apply: (snapshot) => ({
      ...snapshot,
      people: isNew ? [...snapshot.people, person] : snapshot.people,
      signals: [...snapshot.signals, signal],
    }),
  };
}
