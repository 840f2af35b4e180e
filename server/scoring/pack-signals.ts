import type { Signal, SnapshotPerson } from "@touchstone/shared/account-snapshot.ts";
import { asPersonId, type PersonId } from "@touchstone/shared/ids.ts";

/**
 * Words that signals share, then a list for each of their fields, or 0 for one that all of them lack: what the key says
 * beyond kind and person (or the key itself, in a list); the kind's word; the number of the person, or an id; the distance in
 * time from the signal before; the source's word; strength; the subject's word; expiry.
 */
export type PackedSignals = [
  words: string[],
  keys: (string | [string])[],
  kinds: number[],
  people: (number | string)[] | 0,
  times: number[],
  sources: number[],
  strengths: (number | null)[] | 0,
  subjects: number[] | 0,
  expiries: (number | null)[] | 0,
];

const none = -1;

export function packSignals(signals: readonly Signal[], people: readonly SnapshotPerson[]): PackedSignals {
  const words = collectWords();
  const numbers = new Map<string, number>(people.map(({ id }, index) => [id, index]));
  const keys: PackedSignals[1] = [];
  const kinds: number[] = [];
  const whose: (number | string)[] = [];
  const times: number[] = [];
  const sources: number[] = [];
  const strengths: (number | null)[] = [];
  const subjects: number[] = [];
  const expiries: (number | null)[] = [];
  let before = 0;
  for (const { key, kind, personId, at, source, strength, subject, expiresAt } of signals) {
    keys.push(packKey(key, kind, personId));
    kinds.push(words.placeOf(kind));
    whose.push(personId === null ? none : (numbers.get(personId) ?? personId));
    times.push(at - before);
    sources.push(words.placeOf(source));
    strengths.push(strength);
    subjects.push(subject === null ? none : words.placeOf(subject));
    expiries.push(expiresAt);
    before = at;
  }
  return [
    words.list,
    keys,
    kinds,
    isLacking(whose, none) ? 0 : whose,
    times,
    sources,
    isLacking(strengths, null) ? 0 : strengths,
    isLacking(subjects, none) ? 0 : subjects,
    isLacking(expiries, null) ? 0 : expiries,
  ];
}

const isLacking = <Value>(values: readonly Value[], lack: Value): boolean => values.every((value) => value === lack);

const mostListed = 32;

/** Each word once. Few are used, and mostly the same again and again: a list is searched faster than a map is built. */
function collectWords(): { list: string[]; placeOf(word: string): number } {
  const list: string[] = [];
  const longList = new Map<string, number>();
  const placeOf = (word: string): number => {
    const known = list.length <= mostListed ? list.indexOf(word) : (longList.get(word) ?? none);
    if (known !== none) return known;
    const place = list.push(word) - 1;
    if (list.length === mostListed + 1) for (const [index, one] of list.entries()) longList.set(one, index);
    else if (list.length > mostListed) longList.set(word, place);
    return place;
  };
  return { list, placeOf };
}

/** Most keys begin with kind and person. */
function packKey(key: string, kind: string, personId: string | null): string | [string] {
  if (personId === null) return [key];
  const [first, second] = [kind.length, kind.length + 1 + personId.length];
  const isUsual =
    key.startsWith(kind) && key[first] === ":" && key.startsWith(personId, first + 1) && key[second] === ":";
  return isUsual ? key.slice(second + 1) : [key];
}

export function unpackSignals(packed: PackedSignals, people: readonly SnapshotPerson[]): Signal[] {
  const [words, keys, kinds, whose, times, sources, strengths, subjects, expiries] = packed;
  let at = 0;
  return keys.map((key, index) => {
    const kind = words[kinds[index] ?? none] ?? "";
    const personId = unpackPerson(whose === 0 ? none : (whose[index] ?? none), people);
    at += times[index] ?? 0;
    return {
      key: typeof key === "string" ? `${kind}:${personId}:${key}` : key[0],
      kind,
      personId,
      at,
      source: words[sources[index] ?? none] ?? "",
      strength: strengths === 0 ? null : (strengths[index] ?? null),
      subject: subjects === 0 ? null : (words[subjects[index] ?? none] ?? null),
      expiresAt: expiries === 0 ? null : (expiries[index] ?? null),
    };
  });
}

function unpackPerson(person: number | string, people: readonly SnapshotPerson[]): PersonId | null {
  if (typeof person === "string") return asPersonId(person);
  return people[person]?.id ?? null;
}
