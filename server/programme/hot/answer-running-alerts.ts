import type { PortalId } from "@touchstone/shared/ids.ts";
import { type Outreach, outreachOf, outreachTypes } from "@touchstone/shared/outreach-of.ts";
import type { Context } from "../../context.ts";
import { readActivities } from "../../db/activities.ts";
import { markDirty, priorities } from "../../db/dirty-accounts.ts";
import {
  type Answered,
  answerAlerts,
  excuseAlerts,
  type HotAlert,
  missAlerts,
  readRunningAlertsAfter,
} from "../../db/hot-alerts.ts";
import { readRecords } from "../../db/records.ts";

type Parts = Pick<Context, "db" | "queue" | "now">;

const pageSize = 500;

/**
 * Stops the clocks of accounts that a person reached out to, and notes those that ran out. Clocks that nobody answered run on, so
 * there may be any number: a page of them at a time. Repeating it changes nothing.
 */
export async function answerRunningAlerts(ctx: Parts, portalId: PortalId): Promise<void> {
  for (let last: HotAlert | null = null; ; ) {
    const alerts: HotAlert[] = await readRunningAlertsAfter(ctx.db, portalId, last, pageSize);
    await answerThese(ctx, portalId, alerts);
    last = alerts.at(-1) ?? null;
    if (alerts.length < pageSize) break;
  }
  await missAlerts(ctx.db, portalId, ctx.now());
}

async function answerThese(ctx: Parts, portalId: PortalId, alerts: readonly HotAlert[]): Promise<void> {
  const now = ctx.now();
  const companies = await readRecords(
    ctx.db,
    portalId,
    "companies",
    alerts.map((alert) => alert.accountId),
  );
  const wanted = alerts.map(({ accountId, crossedAt }) => ({ accountId, since: crossedAt }));
  const activities = await readActivities(ctx.db, portalId, wanted, outreachTypes);
  const keyOf = (accountId: string, crossedAt: number) => `${accountId} ${crossedAt}`;
  const byAlert = Map.groupBy(activities, ({ accountId, since }) => keyOf(accountId, since));
  const answers = alerts.flatMap((alert): Answered[] => {
    const done = (byAlert.get(keyOf(alert.accountId, alert.crossedAt)) ?? []).flatMap(
      ({ objectType, properties }) => outreachOf(objectType, properties) ?? [],
    );
    const answer = firstSince(done, alert, now);
    return answer ? [{ accountId: alert.accountId, crossedAt: alert.crossedAt, ...answer }] : [];
  });
  const answered = await ctx.db.transaction().execute(async (trx) => {
    const ids = await answerAlerts(trx, portalId, answers);
    // What somebody did after that, while the clock ran, raises its own now.
    await markDirty(trx, portalId, ids, priorities.live);
    return ids;
  });
  if (answered.length > 0) await ctx.queue.wake("rescore-batch", portalId);
  const without = alerts.flatMap(({ accountId }) => (companies.has(accountId) ? [] : [accountId]));
  if (without.length > 0) await excuseAlerts(ctx.db, portalId, without, { ...gone, at: now });
}

const gone = { code: "other", note: "The company is no longer in HubSpot.", by: "touchstone", route: null } as const;

/** What lies ahead (a meeting next week) is not outreach yet. */
function firstSince(done: readonly Outreach[], alert: HotAlert, now: number): Outreach | null {
  let first: Outreach | null = null;
  for (const outreach of done) {
    if (outreach.at < alert.crossedAt || outreach.at > now) continue;
    if (first === null || outreach.at < first.at) first = outreach;
  }
  return first;
}
