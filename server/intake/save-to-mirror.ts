import { createHash } from "node:crypto";
import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Transaction } from "kysely";
import { moveRecords } from "../db/merges.ts";
import { findErased } from "../db/people.ts";
import { dropPersonOutputs } from "../db/person-outputs.ts";
import { lockRecords, type MirrorLink, type MirrorRecord, saveRead } from "../db/records.ts";
import type { Schema } from "../db/schema.ts";
import { saveSignals } from "../db/signals.ts";
import type { MirrorType } from "./record-properties.ts";
import { originOf, replacesSignals, signalsOf } from "./signals-of.ts";
import { storableProperties } from "./storable-properties.ts";

/** What was read of one type, in one go. */
export interface Reading {
  readonly type: MirrorType;
  readonly readNo: number;
  readonly found: readonly MirrorRecord[];
  readonly missing: readonly string[];
  /** Ids whose links were read too; their links are complete. */
  readonly linkedIds: readonly string[];
  readonly links: readonly MirrorLink[];
  /** Ids that live on under others. */
  readonly movedTo?: ReadonlyMap<string, string>;
}

/** Saves a reading, the signals that it shows, and what was merged, into the mirror. Returns the accounts that it touched. */
export async function saveToMirror(trx: Transaction<Schema>, portalId: PortalId, given: Reading): Promise<string[]> {
  const reading = await withoutErased(trx, portalId, given);
  const { type, readNo, missing, linkedIds, links, movedTo = new Map<string, string>() } = reading;
  const found = reading.found.map(({ objectId, properties }) => ({
    objectId,
    properties: storableProperties(properties),
  }));
  // All of the type at once: what is merged away is not among those that were found.
  if (movedTo.size > 0)
    await lockRecords(trx, portalId, type, [...found.map((one) => one.objectId), ...missing, ...movedTo.keys()]);
  const { taken, touched } = await saveRead(trx, portalId, {
    objectType: type,
    readNo,
    found,
    missing,
    linkedIds,
    links,
  });
  // People who are gone have no account whose next look would find that out.
  if (type === "contacts")
    await dropPersonOutputs(
      trx,
      portalId,
      missing.filter((id) => taken.has(id)),
    );
  const linksOf = Map.groupBy(links, (link) => link.fromId);
  // A reading that came too late says nothing about signals either.
  const signals = found
    .filter((record) => taken.has(record.objectId))
    .flatMap((record) => signalsOf({ objectType: type, ...record, links: linksOf.get(record.objectId) ?? [] }));
  const replaced = replacesSignals(type)
    ? [...linkedIds, ...missing]
        .filter((id) => taken.has(id))
        .map((objectId) => originOf({ objectType: type, objectId }))
    : [];
  await saveSignals(trx, portalId, signals, replaced);
  return [...touched, ...(await moveRecords(trx, portalId, type, movedTo, readNo))];
}

/**
 * A late event, a page read before the erasure, or an activity that is still linked must not bring an erased person back,
 * not even as a record that is missing.
 */
async function withoutErased(trx: Transaction<Schema>, portalId: PortalId, reading: Reading): Promise<Reading> {
  const isPeople = reading.type === "contacts";
  const named = isPeople ? [...reading.found.map((record) => record.objectId), ...reading.missing] : [];
  const linked = reading.links.flatMap((link) => (link.toType === "contacts" ? [link.toId] : []));
  const ids = [...new Set([...named, ...linked])];
  if (ids.length === 0) return reading;
  const hashes = ids.map((id) => personHash(portalId, id));
  const erased = await findErased(trx, portalId, hashes);
  const isErased = new Set(ids.filter((_, index) => erased.has(hashes[index]?.toString("hex") ?? "")));
  if (isErased.size === 0) return reading;
  return {
    ...reading,
    found: isPeople ? reading.found.filter((record) => !isErased.has(record.objectId)) : reading.found,
    missing: isPeople ? reading.missing.filter((id) => !isErased.has(id)) : reading.missing,
    links: reading.links.filter((link) => link.toType !== "contacts" || !isErased.has(link.toId)),
  };
}

/** A tombstone: enough to know the id again, nothing to find the person by. */
export const personHash = (portalId: PortalId, personId: string): Buffer =>
  createHash("sha256").update(`${portalId}:${personId}`).digest();
