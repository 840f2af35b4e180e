import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { listLetters } from "../db/dead-letters.ts";
import { findMergedInto, findWaitingRecords, readMirrorStates } from "../db/mirror-state.ts";
import { findErased } from "../db/people.ts";
import { hurryStale, markStale } from "../db/stale-records.ts";
import { everything } from "./record-properties.ts";
import { personHash } from "./save-to-mirror.ts";
import { originOf } from "./signals-of.ts";

export interface NamedRecord {
  readonly objectType: "companies" | "contacts";
  readonly objectId: string;
}

/**
 * HubSpot names a record that the mirror may not hold yet: a form makes a person and a workflow is begun with them in the same
 * moment, or everything is still being read. It is then read before anything else that waits, and the answer is true: ask again
 * later. False when the mirror holds it, and when there is nothing to wait for: it was looked for and is gone, it could not be
 * read, or the person was erased.
 */
export async function askForRecord(
  ctx: Pick<Context, "db" | "queue">,
  portalId: PortalId,
  { objectType, objectId }: NamedRecord,
): Promise<boolean> {
  if (objectType === "contacts" && (await isErased(ctx, portalId, objectId))) return false;
  const id = (await findMergedInto(ctx.db, portalId, objectType, objectId)) ?? objectId;
  const state = (await readMirrorStates(ctx.db, portalId, objectType, [id])).get(id);
  if (state?.archived === false) return false;
  const isLookedFor = state !== undefined || (await isGivenUp(ctx, portalId, { objectType, objectId: id }));
  const isWaiting = (await findWaitingRecords(ctx.db, portalId, objectType, [id])).has(id);
  if (isLookedFor && !isWaiting) return false;
  // HubSpot asks again and again: each time marked anew, the record would never be done with.
  if (isWaiting) await hurryStale(ctx.db, portalId, objectType, id);
  else await markStale(ctx.db, portalId, [{ objectType, objectId: id, needs: everything }]);
  await ctx.queue.wake("refresh-records", portalId);
  return true;
}

async function isErased(ctx: Pick<Context, "db">, portalId: PortalId, personId: string): Promise<boolean> {
  return (await findErased(ctx.db, portalId, [personHash(portalId, personId)])).size > 0;
}

async function isGivenUp(ctx: Pick<Context, "db">, portalId: PortalId, record: NamedRecord): Promise<boolean> {
  const letters = await listLetters(ctx.db, portalId, { kind: "record", subject: originOf(record) }, 1);
  return letters.length > 0;
}
