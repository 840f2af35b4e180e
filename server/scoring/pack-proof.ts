import {
  type AccountSnapshot,
  type BuyingRole,
  buyingRoles,
  type Judgement,
  type SnapshotDeal,
  type SnapshotPerson,
  seniorities,
} from "@touchstone/shared/account-snapshot.ts";
import { asAccountId, asPersonId, asPortalId } from "@touchstone/shared/ids.ts";
import { type PackedSignals, packSignals, unpackSignals } from "./pack-signals.ts";
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
