import {
  type AccountSnapshot,
  type BuyingRole,
  buyingRoles,
  type Judgement,
  type Signal,
  type SnapshotDeal,
  type SnapshotPerson,
  seniorities,
} from "@touchstone/shared/account-snapshot.ts";
import { asAccountId, asPersonId, asPortalId, type PersonId } from "@touchstone/shared/ids.ts";
import { roleBits } from "./people-columns.ts";
import type { ScoreRecord } from "./score-record.ts";

/** All that proves a stored score under both models: with the versions of the models every word of it can be written again. */
export interface Proof {
  readonly snapshot: AccountSnapshot;
  readonly priority: ScoreRecord;
  readonly readiness: ScoreRecord;
}

/**
 * A proof as a text, a tenth of what its objects would be in JSON: lists instead of names, each word once, times as
 * distances. `scoredAt` stands beside it, so that a score that did not change is the same text.
 */
export function packProof({ snapshot, priority, readiness }: Proof): string {
  const { portalId, accountId, properties, people, deals, signals, cutKinds, judgements } = snapshot;
  const packed: Packed = [
    format,
    portalId,
    accountId,
    properties,
    people.flatMap(({ id, seniority, roles }) => [
      id,
      seniority === null ? -1 : seniorities.indexOf(seniority),
      packRoles(roles),
    ]),
    deals.map(({ id, state, createdAt, closedAt, amount }) => [id, state, createdAt, closedAt, amount]),
    packSignals(signals, people),
    cutKinds ?? 0,
    judgements.map(({ criterion, rung, by, at, expiresAt }) => [criterion, rung, by, at, expiresAt]),
    packRecord(priority),
    packRecord(readiness),
  ];
  return JSON.stringify(packed);
}

export function unpackProof(text: string, scoredAt: number): Proof {
  const packed = parse(text);
  return {
    snapshot: readSnapshot(packed),
    priority: unpackRecord(packed[9], scoredAt),
    readiness: unpackRecord(packed[10], scoredAt),
  };
}

/** Only what the score was made from. */
export const unpackSnapshot = (text: string): AccountSnapshot => readSnapshot(parse(text));

function parse(text: string): Packed {
  const packed: Packed = JSON.parse(text);
  if (packed[0] !== format) throw new Error(`a proof of format ${packed[0]} cannot be read`);
  return packed;
}

function readSnapshot(packed: Packed): AccountSnapshot {
  const [, portalId, accountId, properties, flatPeople, deals, signals, cutKinds, judgements] = packed;
  const people = unpackPeople(flatPeople);
  return {
    portalId: asPortalId(portalId),
    accountId: asAccountId(accountId),
    properties,
    people,
    deals: deals.map(([id, state, createdAt, closedAt, amount]) => ({ id, state, createdAt, closedAt, amount })),
    signals: unpackSignals(signals, people),
    ...(cutKinds !== 0 && { cutKinds }),
    judgements: judgements.map(([criterion, rung, by, at, expiresAt]) => ({ criterion, rung, by, at, expiresAt })),
  };
}

/** Raised when the lists below change: a text of another format is refused, not misread. */
const format = 1;

type Packed = [
  version: number,
  portalId: number,
  accountId: string,
  properties: AccountSnapshot["properties"],
  people: (string | number | PackedRoles)[],
  deals: [SnapshotDeal["id"], SnapshotDeal["state"], number | null, number | null, number | null][],
  signals: PackedSignals,
  cutKinds: readonly string[] | 0,
  judgements: [Judgement["criterion"], Judgement["rung"], Judgement["by"], number, number | null][],
  priority: PackedRecord,
  readiness: PackedRecord,
];

/** Bits when the roles stand in the order of `buyingRoles`, else the list itself. */
type PackedRoles = number | readonly BuyingRole[];

function packRoles(roles: readonly BuyingRole[]): PackedRoles {
  const bits = roleBits(roles);
  const inOrder = rolesOf(bits);
  return inOrder.length === roles.length && inOrder.every((role, index) => role === roles[index]) ? bits : roles;
}

const rolesOf = (bits: number): BuyingRole[] => buyingRoles.filter((_role, place) => (bits & (1 << place)) !== 0);

function unpackPeople(flat: Packed[4]): SnapshotPerson[] {
  const people: SnapshotPerson[] = [];
  for (let at = 0; at < flat.length; at += 3) {
    const [id, level, roles] = [flat[at], flat[at + 1], flat[at + 2]];
    people.push({
      id: asPersonId(String(id)),
      seniority: seniorities[Number(level)] ?? null,
      roles: typeof roles === "number" ? rolesOf(roles) : ((roles ?? []) as readonly BuyingRole[]),
    });
  }
  return people;
}

/**
 * Words that signals share, then a list for each of their fields, or 0 for one that all of them lack: what the key says
 * beyond kind and person (or the key itself, in a list); the kind's word; the number of the person, or an id; the distance in
 * time from the signal before; the source's word; strength; the subject's word; expiry.
 */
type PackedSignals = [
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

function packSignals(signals: readonly Signal[], people: readonly SnapshotPerson[]): PackedSignals {
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

function unpackSignals(packed: PackedSignals, people: readonly SnapshotPerson[]): Signal[] {
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

type PackedRecord = ReturnType<typeof packRecord>;

const packRecord = (record: ScoreRecord) =>
  [
    record.model,
    record.version,
    record.exclusion,
    record.score,
    record.earned,
    record.attainable,
    record.provisional ? 1 : 0,
    record.rescaled,
    record.band,
    record.axes,
    record.axesAttainable,
    record.gates,
    record.risks,
    record.lines,
    record.nextChangeAt,
  ] as const;

function unpackRecord(packed: PackedRecord, scoredAt: number): ScoreRecord {
  const [model, version, exclusion, score, earned, attainable, provisional, rescaled, band, ...lists] = packed;
  const [axes, axesAttainable, gates, risks, lines, nextChangeAt] = lists;
  return {
    model,
    version,
    scoredAt,
    exclusion,
    score,
    earned,
    attainable,
    provisional: provisional === 1,
    rescaled,
    band,
    axes,
    axesAttainable,
    gates,
    risks,
    lines,
    nextChangeAt,
  };
}
