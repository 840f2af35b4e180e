import type { Evidence } from "@touchstone/shared/account-score.ts";
import { personName } from "@touchstone/shared/person-name.ts";
import { evidenceText } from "@touchstone/shared/score-text.ts";

/** The people of a ledger, by id, as the mirror holds them now. */
export type People = ReadonlyMap<string, Readonly<Record<string, string | null>>>;

/** "Ana Ruiz, CTO, asked for a demo". A person whose name we may no longer hold is still counted, without one. */
export function describeEvidence(evidence: Evidence, people: People): string {
  const text = evidenceText(evidence);
  if (evidence.personId === null) return text.charAt(0).toUpperCase() + text.slice(1);
  const { name, title } = nameOf(evidence.personId, people);
  const who = title ? `${name}, ${title}` : name;
  if (evidence.kind === "person") return `${who}: ${text}`;
  return title ? `${who}, ${text}` : `${who} ${text}`;
}

export function nameOf(personId: string, people: People): { name: string; title: string | null } {
  const person = people.get(personId);
  return { name: personName(person), title: person?.jobtitle || null };
}
