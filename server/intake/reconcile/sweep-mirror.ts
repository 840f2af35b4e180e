import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../../context.ts";
import { findWaitingRecords, listMirrorIds } from "../../db/mirror-state.ts";
import { readReconcileMark } from "../../db/reconciles.ts";
import { countRecords } from "../../db/records.ts";
import type { MirrorType } from "../record-properties.ts";
import type { Finding, Run } from "./finding.ts";

const sliceSize = 500;
/** So many nights until every record was read again: 100,000 companies with 800,000 people cost some 350 requests a night. */
const nights = 28;

/**
 * Every record is a suspect once in four weeks, and in a small portal every night: for what no other pass can see, such as
 * an activity that was given to somebody else, or a person who was erased while nobody listened. `pageAfter` counts what this
 * night has done; where the round stands outlives the night.
 */
export async function sweepMirror(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
  type: MirrorType,
  run: Run,
): Promise<Finding> {
  const { sweptTo } = await readReconcileMark(ctx.db, portalId, run.scope, type);
  const ids = await listMirrorIds(ctx.db, portalId, { objectType: type, after: sweptTo, limit: sliceSize, gone: true });
  const done = Number(run.pageAfter ?? 0) + ids.length;
  const share = Math.ceil((await countRecords(ctx.db, portalId, type)) / nights);
  const waiting = await findWaitingRecords(ctx.db, portalId, type, ids);
  const isRoundOver = ids.length < sliceSize;
  return {
    type,
    suspects: ids.filter((id) => !waiting.has(id)),
    checked: ids.length,
    next: isRoundOver || done >= share ? null : String(done),
    mark: { sweptTo: isRoundOver ? null : (ids.at(-1) ?? null) },
  };
}
