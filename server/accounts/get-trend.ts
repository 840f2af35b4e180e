import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { TrendPoint, TrendView } from "@touchstone/shared/record-cards-api.ts";
import { pointsText } from "@touchstone/shared/score-text.ts";
import type { Context } from "../context.ts";
import { type KeptMove, readMoves } from "../db/score-trend.ts";
import { loadModels } from "./load-models.ts";

const lookBackMs = 180 * 86_400_000;
const mostPoints = 100;
const mostReasons = 5;

/** How an account's priority score went, and what moved it each time. */
export async function getTrend(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  accountId: AccountId,
): Promise<Omit<TrendView, "gap">> {
  const [moves, { priority }] = await Promise.all([
    readMoves(ctx.db, portalId, accountId, ctx.now() - lookBackMs, mostPoints),
    loadModels(ctx.db, portalId),
  ]);
  const labels = new Map(priority.model.bands.map(({ key, label }) => [key, label]));
  const labelOf = (tier: string | null) =>
    tier === null ? "no tier" : tier === "excluded" ? "Excluded" : (labels.get(tier) ?? tier);
  const max = moves.length > 0 ? priority.model.axes.reduce((sum, axis) => sum + axis.max, 0) : null;
  return { companyId: accountId, max, points: moves.reverse().map((move) => toPoint(move, labelOf)) };
}

function toPoint(move: KeptMove, labelOf: (tier: string | null) => string): TrendPoint {
  const { at, score, scoreFrom, tier, tierFrom, reasons } = move;
  return {
    at,
    score,
    change: scoreFrom === null || scoreFrom === score ? null : `${textOf(scoreFrom)} → ${textOf(score)}`,
    tierChange: tier === tierFrom || tierFrom === null ? null : `${labelOf(tierFrom)} → ${labelOf(tier)}`,
    reasons: reasons.slice(0, mostReasons),
  };
}

const textOf = (score: number | null): string => (score === null ? "no score" : pointsText(score));
