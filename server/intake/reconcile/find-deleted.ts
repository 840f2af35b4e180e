import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../../context.ts";
import { findWaitingRecords, readMirrorStates } from "../../db/mirror-state.ts";
import type { MirrorType } from "../record-properties.ts";
import type { Finding, Run } from "./finding.ts";

/** One page of HubSpot's recycling bin: what the mirror still takes for present is a suspect. No search shows deletions. */
export async function findDeleted(
  ctx: Pick<Context, "db" | "hubspot">,
  portalId: PortalId,
  type: MirrorType,
  run: Run,
): Promise<Finding> {
  const page = await ctx.hubspot.listRecords(portalId, {
    objectType: type,
    properties: [],
    after: run.pageAfter,
    archived: true,
    priority: "reconcile",
  });
  const ids = page.records.map(({ id }) => id);
  const states = await readMirrorStates(ctx.db, portalId, type, ids);
  const waiting = await findWaitingRecords(ctx.db, portalId, type, ids);
  const suspects = ids.filter((id) => states.get(id)?.archived === false && !waiting.has(id));
  return { type, suspects, checked: ids.length, next: page.after };
}
