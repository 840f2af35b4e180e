import type { Evidence } from "@touchstone/shared/account-score.ts";
import type { Signal, SnapshotPerson } from "@touchstone/shared/account-snapshot.ts";
import { evidenceNote, seniorityText } from "@touchstone/shared/score-text.ts";
import type { Engaged, EngagedPerson } from "./find-engaged.ts";
import type { SignalSelection, Why } from "./select-signals.ts";

const most = 20;

/** Newest first. `sizesAdd`: the criterion adds up strengths, so that a repeat still adds its size. */
export function listSignalEvidence({ listed, whys }: SignalSelection, sizesAdd: boolean): Evidence[] {
  const evidence: Evidence[] = [];
  const count = Math.min(listed.length, most);
  for (let index = 0; index < count; index++) {
    const signal = listed[index];
    if (signal !== undefined) evidence.push(signalEvidence(signal, whys?.[index] ?? "counted", sizesAdd));
  }
  return evidence;
}

function signalEvidence(signal: Signal, why: Why, sizesAdd: boolean): Evidence {
  const addsSize = sizesAdd && why === "repeat";
  return {
    kind: "signal",
    what: signal.kind,
    value: signal.subject ?? (signal.strength === null ? null : String(signal.strength)),
    personId: signal.personId,
    at: signal.at,
    counted: why === "counted" || addsSize,
    note: why === "counted" ? null : evidenceNote[addsSize ? "repeatStrength" : why],
  };
}

/** Engaged people, most recent first; then those who are listed and worth nothing. */
export function listPeopleEvidence(engaged: Engaged): Evidence[] {
  return [
    ...engaged.counted.slice(0, most).map((one) => engagedEvidence(one, true)),
    ...engaged.ignored.slice(0, most).map((one) => engagedEvidence(one, false)),
  ];
}

const engagedEvidence = ({ person, newest }: EngagedPerson, counted: boolean): Evidence =>
  personEvidence(person, newest.at, counted);

export function personEvidence(person: SnapshotPerson, at: number | null, counted: boolean): Evidence {
  return {
    kind: "person",
    what: person.roles[0] ?? "no_role",
    value: person.seniority === null ? null : seniorityText[person.seniority],
    personId: person.id,
    at,
    counted,
    note: counted ? null : evidenceNote.role,
  };
}

export const propertyEvidence = (property: string, value: string): Evidence => ({
  kind: "property",
  what: property,
  value,
  personId: null,
  at: null,
  counted: true,
  note: null,
});
