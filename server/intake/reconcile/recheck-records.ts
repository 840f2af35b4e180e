import type { PortalId } from "@touchstone/shared/ids.ts";
import { outputProperties } from "@touchstone/shared/output-properties.ts";
import { personProperties } from "@touchstone/shared/person-properties.ts";
import type { Transaction } from "kysely";
import type { Context } from "../../context.ts";
import { priorities } from "../../db/dirty-accounts.ts";
import { correctWrites, type HeldOutput } from "../../db/held-outputs.ts";
import { needs } from "../../db/inbox.ts";
import { type MirrorState, newlyMerged, readLinkKeys, readMirrorStates } from "../../db/mirror-state.ts";
import type { OutputType } from "../../db/output-tables.ts";
import type { Drift } from "../../db/reconciles.ts";
import { type MirrorRecord, nextReadNo } from "../../db/records.ts";
import type { Schema } from "../../db/schema.ts";
import { markStale } from "../../db/stale-records.ts";
import type { FailedRead } from "../../hubspot/row-errors.ts";
import { markNeighbours } from "../mark-neighbours.ts";
import { propertiesToRead } from "../properties-to-read.ts";
import { readLinks } from "../read-links.ts";
import { everything, type MirrorType } from "../record-properties.ts";
import { type Reading, saveToMirror } from "../save-to-mirror.ts";
import { storableProperties } from "../storable-properties.ts";
import { addDrift, countDrift, type DriftKind, hasSameKeys, hasSameValues } from "./drift.ts";
import { readTruth } from "./read-truth.ts";

type Parts = Pick<Context, "db" | "hubspot">;

/** What HubSpot says of records that the mirror may be wrong about, and how it differs. */
export interface Recheck {
  readonly reading: Reading;
  readonly movedTo: ReadonlyMap<string, string>;
  /** What HubSpot holds of our own results. */
  readonly held: readonly HeldOutput[];
  /** People to be erased here too. */
  readonly vanished: readonly string[];
  readonly drift: Drift;
}

/** Records of which types hold results of ours. */
export const outputTypeOf = (type: MirrorType): OutputType | null =>
  type === "companies" || type === "contacts" ? type : null;

const ownNames = {
  companies: outputProperties.map(({ name }) => name),
  contacts: personProperties.map(({ name }) => name),
} satisfies Record<OutputType, readonly string[]>;

export function outputNamesOf(type: MirrorType): readonly string[] {
  const output = outputTypeOf(type);
  return output === null ? [] : ownNames[output];
}

/** Reads records as HubSpot has them now, in batches, with all their links. Nothing is saved yet. */
export async function recheckRecords(
  ctx: Parts,
  portalId: PortalId,
  type: MirrorType,
  ids: readonly string[],
): Promise<Recheck> {
  // Taken before the requests: a reading that was asked for later always wins.
  const readNo = await nextReadNo(ctx.db);
  const names = await propertiesToRead(ctx.db, portalId, type);
  const own = outputNamesOf(type);
  const asked = [...names, ...own];
  const before = await readMirrorStates(ctx.db, portalId, type, ids);
  const truth = await readTruth(ctx, portalId, type, ids, before, asked);
  const merged = newlyMerged(before, truth.movedTo);
  const lonely = await markNeighbours(ctx, portalId, type, merged, priorities.reconcile);
  const told = truth.found.map(({ id }) => id);
  const { links, linkedIds, failed: unlinked } = await readLinks(ctx, portalId, type, told, "reconcile");
  await readLater(ctx, portalId, type, [...truth.failed, ...truth.binned, ...idsOf(unlinked)], idsOf(lonely));
  const linksBefore = await readLinkKeys(ctx.db, portalId, type, linkedIds);
  const found = truth.found.map(({ id, properties }) => ({ objectId: id, properties: mirrored(properties, own) }));
  const missing = truth.missing.filter((id) => before.get(id)?.archived === false);
  const linksOf = Map.groupBy(links, (link) => link.fromId);
  const kinds: DriftKind[] = [
    ...found.flatMap((record) => {
      const { objectId } = record;
      return differenceOf(names, before.get(objectId), record, linksBefore.get(objectId), linksOf.get(objectId)) ?? [];
    }),
    ...[...missing, ...truth.binned].map(() => "deleted" as const),
    ...merged.map(() => "merged" as const),
  ];
  return {
    reading: { type, readNo, found, missing, linkedIds, links },
    movedTo: truth.movedTo,
    held: own.length > 0 ? truth.found.map((record) => toHeld(record.id, record.properties, own)) : [],
    vanished: truth.vanished,
    drift: addDrift(countDrift(kinds), { erased: truth.vanished.length }),
  };
}

/** Saves what was read. Returns the accounts to score again, and how many results HubSpot holds otherwise than we thought. */
export async function saveRecheck(
  trx: Transaction<Schema>,
  portalId: PortalId,
  { reading, movedTo, held }: Recheck,
): Promise<{ touched: string[]; corrected: number }> {
  const touched = await saveToMirror(trx, portalId, { ...reading, movedTo });
  const output = outputTypeOf(reading.type);
  return { touched, corrected: output === null ? 0 : await correctWrites(trx, portalId, output, held) };
}

const idsOf = (failed: readonly FailedRead[]): string[] => failed.map(({ id }) => id);

/** The run goes on without them, and their next reading tells what became of them, or of those around them. */
async function readLater(
  ctx: Parts,
  portalId: PortalId,
  objectType: MirrorType,
  ids: readonly string[],
  lonely: readonly string[],
) {
  const marks = [
    ...ids.map((objectId) => ({ objectType, objectId, needs: everything | needs.mergeTrace })),
    ...lonely.map((objectId) => ({ objectType, objectId, needs: needs.neighbours })),
  ];
  await markStale(ctx.db, portalId, marks, priorities.reconcile);
}

function differenceOf(
  names: readonly string[],
  known: MirrorState | undefined,
  { properties }: MirrorRecord,
  linksBefore: ReadonlySet<string> = new Set(),
  links: Reading["links"] = [],
): DriftKind | null {
  if (!known || known.archived) return "created";
  if (!hasSameValues(names, known.properties, properties)) return "changed";
  return hasSameKeys(linksBefore, new Set(links.map(({ toType, toId }) => `${toType}:${toId}`))) ? null : "links";
}

/** As the mirror keeps them: our own results are no part of it. */
const mirrored = (properties: Readonly<Record<string, string | null>>, own: readonly string[]) =>
  storableProperties(Object.fromEntries(Object.entries(properties).filter(([name]) => !own.includes(name))));

const toHeld = (
  id: string,
  properties: Readonly<Record<string, string | null>>,
  own: readonly string[],
): HeldOutput => ({ id, values: Object.fromEntries(own.map((name) => [name, properties[name] ?? ""])) });
