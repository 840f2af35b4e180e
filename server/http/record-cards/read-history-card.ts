import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { TrendView } from "@touchstone/shared/record-cards-api.ts";
import { exclusionOf } from "../../accounts/exclusion-of.ts";
import { readAccount } from "../../accounts/get-account.ts";
import { getTrend } from "../../accounts/get-trend.ts";
import type { Context } from "../../context.ts";

/** How the score went, and why there is none now. */
export async function readHistoryCard(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  accountId: AccountId,
): Promise<TrendView> {
  const [trend, { view }] = await Promise.all([
    getTrend(ctx, portalId, accountId),
    readAccount(ctx, portalId, accountId),
  ]);
  const gap = exclusionOf(view) ?? (view.state === "scored" ? null : `${view.headline}. ${view.reason}`);
  // What was never scored has a first reading and no course of a score.
  return { ...trend, gap, points: trend.points.some(({ score }) => score !== null) ? trend.points : [] };
}
