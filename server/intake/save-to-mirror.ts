import { createHash } from "node:crypto";
import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Transaction } from "kysely";
import { findErased } from "../db/people.ts";
import { type MirrorLink, type MirrorRecord, saveRead } from "../db/records.ts";
import type { Schema } from "../db/schema.ts";
import { saveSignals } from "../db/signals.ts";
import type { MirrorType } from "./record-properties.ts";
import { originOf, replacesSignals, signalsOf } from "./signals-of.ts";

/** What was read of one type, in one go. */
export interface Reading {
  readonly type: MirrorType;
  readonly readNo: number;
  readonly found: readonly MirrorRecord[];
  readonly missing: readonly string[];
  /** Ids whose links were read too; their links are complete. */
  readonly linkedIds: readonly string[];
  readonly links: readonly MirrorLink[];
}

/** Saves a reading, and the signals that it shows, into the mirror. Returns the accounts that it touched. */
export async function saveToMirror(trx: Transaction<Schema>, portalId: PortalId, reading: Reading): Promise<string[]> {
  const { type, readNo } = reading;
  const found = await withoutErased(trx, portalId, reading);
  const linked = new Set(reading.linkedIds);
  const base = { objectType: type, readNo };
  const touched = [
    ...(await saveRead(trx, portalId, {
      ...base,
      found: found.filter((record) => linked.has(record.objectId)),
      missing: reading.missing,
      links: reading.links,
    })),
    ...(await saveRead(trx, portalId, {
      ...base,
      found: found.filter((record) => !linked.has(record.objectId)),
      missing: [],
      links: null,
    })),
  ];
  const linksOf = Map.groupBy(reading.links, (link) => link.fromId);
  const signals = found.flatMap((record) =>
    signalsOf({ objectType: type, ...record, links: linksOf.get(record.objectId) ?? [] }),
  );
  const replaced = replacesSignals(type)
    ? [...reading.linkedIds, ...reading.missing].map((objectId) => originOf({ objectType: type, objectId }))
    : [];
  await saveSignals(trx, portalId, signals, replaced);
  return [...new Set(touched)];
}

/** A late event or a page read before the erasure must not bring an erased person back. */
async function withoutErased(
  trx: Transaction<Schema>,
  portalId: PortalId,
  reading: Reading,
): Promise<readonly MirrorRecord[]> {
  if (reading.type !== "contacts") return reading.found;
  const hashes = reading.found.map((record) => personHash(portalId, record.objectId));
  const erased = await findErased(trx, portalId, hashes);
  return reading.found.filter((_, index) => !erased.has(hashes[index]?.toString("hex") ?? ""));
}

/** A tombstone: enough to know the id again, nothing to find the person by. */
export const personHash = (portalId: PortalId, personId: string): Buffer =>
  createHash("sha256").update(`${portalId}:${personId}`).digest();
