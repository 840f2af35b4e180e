import type { Evidence } from "@touchstone/shared/account-score.ts";
import type { Signal } from "@touchstone/shared/account-snapshot.ts";
import { evidenceNote, seniorityText } from "@touchstone/shared/score-text.ts";
import type { OrderedSnapshot } from "./order-snapshot.ts";
import type { LineRecord } from "./score-record.ts";
import { numberOf, type Why, whyOf, whys } from "./why.ts";

/** The codes of signals from place `start` of a line on. `sizesAdd`: strengths are added up, so that a repeat adds its own. */
export function listSignals(
  line: LineRecord,
  start: number,
  { signals }: OrderedSnapshot,
  sizesAdd: boolean,
): Evidence[] {
  const evidence: Evidence[] = [];
  for (let place = start; place < line.length; place++) {
    const code = line[place] ?? 0;
    const signal = signals.list[numberOf(code)];
    if (signal !== undefined) evidence.push(signalEvidence(signal, whyOf(code), sizesAdd));
  }
  return evidence;
}

function signalEvidence(signal: Signal, why: Why, sizesAdd: boolean): Evidence {
  const addsSize = sizesAdd && why === whys.repeat;
  return {
    kind: "signal",
    what: signal.kind,
    value: signal.subject ?? (signal.strength === null ? null : String(signal.strength)),
    personId: signal.personId,
    at: signal.at,
    counted: why === whys.counted || addsSize,
    note: addsSize ? evidenceNote.repeatStrength : noteOf[why],
  };
}

const noteOf: Readonly<Record<Why, string | null>> = {
  [whys.counted]: null,
  [whys.repeat]: evidenceNote.repeat,
  [whys.scanner]: evidenceNote.scanner,
  [whys.role]: evidenceNote.role,
};

/** Takes the code of a person, and when that person did what is listed. */
export function personEvidence(code: number, at: number | null, { people }: OrderedSnapshot): Evidence[] {
  const person = people.list[numberOf(code)];
  if (person === undefined) return [];
  const why = whyOf(code);
  return [
    {
      kind: "person",
      what: person.roles[0] ?? "no_role",
      value: person.seniority === null ? null : seniorityText[person.seniority],
      personId: person.id,
      at,
      counted: why === whys.counted,
      note: noteOf[why],
    },
  ];
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

export const timeOf = (signal: number | undefined, { signals }: OrderedSnapshot): number | null =>
  signal === undefined ? null : (signals.times[signal] ?? null);
