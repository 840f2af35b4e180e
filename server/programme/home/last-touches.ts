import type { PortalId } from "@touchstone/shared/ids.ts";
import { type Outreach, outreachOf, outreachTypes } from "@touchstone/shared/outreach-of.ts";
import { readActivities } from "../../db/activities.ts";
import type { Database } from "../../db/database.ts";

/** The newest outreach to each account by anybody since a moment. An account without one is not in the answer. */
export async function readLastTouches(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
  since: number,
): Promise<Map<string, Outreach>> {
  const last = new Map<string, Outreach>();
  const wanted = accountIds.map((accountId) => ({ accountId, since }));
  for (const { accountId, objectType, properties } of await readActivities(db, portalId, wanted, outreachTypes)) {
    const outreach = outreachOf(objectType, properties);
    if (outreach === null || outreach.at < since) continue;
    const known = last.get(accountId);
    if (known === undefined || known.at < outreach.at) last.set(accountId, outreach);
  }
  return last;
}
