import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../../context.ts";
import { priorities } from "../../db/dirty-accounts.ts";
import { needs } from "../../db/inbox.ts";
import { findWaitingRecords, listMirrorIds, readLinkedIds } from "../../db/mirror-state.ts";
import { markStale } from "../../db/stale-records.ts";
import type { MirrorType } from "../record-properties.ts";
import type { Finding, Run } from "./finding.ts";

/** As many companies as one request takes (hubspot-api.md §4.2): all links of 100,000 companies cost 100 requests. */
const sliceSize = 1_000;
/** Reading them is work of its own: what is more comes on the next page. */
const mostSuspects = 1_000;

/**
 * Compares who belongs to which company, from the company's end: finds people and deals that came, went or moved. A change
 * of a link need not change the time at which HubSpot says that a record was last modified. A company whose links cannot be read is
 * passed over: it waits until they can, and then all that is linked to it is read.
 */
export async function findMoved(
  ctx: Pick<Context, "db" | "hubspot">,
  portalId: PortalId,
  type: MirrorType,
  run: Run,
): Promise<Finding> {
  const slice = { objectType: "companies", after: run.pageAfter, limit: sliceSize, gone: false };
  const companies = await listMirrorIds(ctx.db, portalId, slice);
  if (companies.length === 0) return { type, suspects: [], checked: 0, next: null };
  const query = { from: "companies", to: type, ids: companies, priority: "reconcile" } as const;
  const theirs = await ctx.hubspot.readAssociations(portalId, query);
  const ours = await readLinkedIds(ctx.db, portalId, type, companies);
  const suspects = new Set<string>();
  let compared = 0;
  for (const company of companies) {
    if (suspects.size > mostSuspects) break;
    compared += 1;
    const links = theirs.links.get(company);
    if (!links) continue;
    const here = ours.get(company) ?? new Set<string>();
    for (const id of here.symmetricDifference(new Set(links.map(({ toId }) => toId)))) suspects.add(id);
  }
  const untold = theirs.failed.map(({ id }) => ({ objectType: "companies", objectId: id, needs: needs.neighbours }));
  await markStale(ctx.db, portalId, untold, priorities.reconcile);
  const waiting = await findWaitingRecords(ctx.db, portalId, type, [...suspects]);
  const isLast = compared === companies.length && companies.length < sliceSize;
  return {
    type,
    suspects: [...suspects].filter((id) => !waiting.has(id)),
    checked: compared,
    next: isLast ? null : (companies[compared - 1] ?? null),
  };
}
