import type { PacketLine } from "./hot-api.ts";
import { personName } from "./person-name.ts";
import { notEngagingKinds, type SignalKind, signalKinds } from "./signal-kinds.ts";

/** What the words of a signal are made of. */
export interface TellableSignal {
  readonly kind: string;
  readonly personId: string | null;
  readonly at: number;
  readonly subject: string | null;
}

type Properties = Readonly<Record<string, string | null>>;

/** Whether a signal is something that a person did towards us; a kind that is not ours counts as such. */
export const engages = (kind: string): boolean => !notEngagingKinds.includes(kind);

/** What to quote when reaching out: who engaged with what and when, in the order given, each person and thing once (row 83). */
export function packetLines(
  signals: readonly TellableSignal[],
  people: ReadonlyMap<string, Properties>,
  most: number,
): PacketLine[] {
  return onceEach(signals.filter(({ kind }) => engages(kind)))
    .slice(0, most)
    .map((signal) => toLine(signal, people.get(signal.personId ?? "")));
}

const isKnown = (kind: string): kind is SignalKind => Object.hasOwn(signalKinds, kind);

function onceEach(signals: readonly TellableSignal[]): TellableSignal[] {
  const seen = new Set<string>();
  return signals.filter(({ personId, kind, subject }) => {
    const key = JSON.stringify([personId, kind, subject]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function toLine(signal: TellableSignal, person: Properties | undefined): PacketLine {
  const what = isKnown(signal.kind) ? signalKinds[signal.kind].label : signal.kind.replaceAll("_", " ");
  const subject = signal.subject ? ` (${signal.subject})` : "";
  if (signal.personId === null) return { text: `Somebody ${what}${subject}`, person: null, at: signal.at };
  const who = person?.jobtitle ? `${personName(person)}, ${person.jobtitle},` : personName(person);
  return { text: `${who} ${what}${subject}`, person: personName(person), at: signal.at };
}
