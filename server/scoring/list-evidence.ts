import type { Evidence } from "@touchstone/shared/account-score.ts";
import type { SnapshotPerson } from "@touchstone/shared/account-snapshot.ts";
import { evidenceNote, seniorityText } from "@touchstone/shared/score-text.ts";
import type { Engaged, EngagedPerson } from "./find-engaged.ts";
import type { ListedSignal, SignalSelection } from "./select-signals.ts";

const most = 20;

/** Newest first. `sizesAdd`: the criterion adds up strengths, so that a repeat still adds its size. */
export function listSignalEvidence(selection: SignalSelection, sizesAdd: boolean): Evidence[] {
  return selection.listed.slice(0, most).map((listed) => signalEvidence(listed, sizesAdd));
}

function signalEvidence({ signal, why }: ListedSignal, sizesAdd: boolean): Evidence {
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
    ...engaged.counted.slice(0, most).map((person) => personEvidence(person, true)),
    ...engaged.ignored.slice(0, most).map((person) => personEvidence(person, false)),
  ];
}

function personEvidence({ person, newest }: EngagedPerson, counted: boolean): Evidence {
  return {
    kind: "person",
    what: person.roles[0] ?? "no_role",
    value: describeSeniority(person),
    personId: person.id,
    at: newest.at,
    counted,
    note: counted ? null : evidenceNote.role,
  };
}

const describeSeniority = (person: SnapshotPerson): string | null =>
  person.seniority === null ? null : seniorityText[person.seniority];

export const propertyEvidence = (property: string, value: string): Evidence => ({
  kind: "property",
  what: property,
  value,
  personId: null,
  at: null,
  counted: true,
  note: null,
});
