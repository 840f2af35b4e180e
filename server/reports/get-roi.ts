import type { PortalId } from "@touchstone/shared/ids.ts";
import { costKinds, type RoiView } from "@touchstone/shared/roi-api.ts";
import { storableText } from "@touchstone/shared/storable-text.ts";
import { z } from "zod";
import type { Context } from "../context.ts";
import { findPortal } from "../db/portals.ts";
import { readCosts, readTargetWins, saveCost, type TargetWin } from "../db/programme-costs.ts";
import { BadRequest } from "../errors.ts";

type Parts = Pick<Context, "db" | "now">;

const yearMs = 365 * 86_400_000;
const mostCosts = 1_000;
const attribution =
  "Deals won in the period at accounts that were on the target list when the deal was made and when it was won, counted whole. A deal that was there before the account came onto the list is not counted.";

const time = z.coerce.number().int().min(0).max(10_000_000_000_000);
const periodSchema = z.object({ from: time.optional(), to: time.optional() });

/** Metric 17 over a period; the last 365 days when none is given. Without costs there is no figure. */
export async function getRoi(ctx: Parts, portalId: PortalId, query: unknown): Promise<RoiView> {
  const parsed = periodSchema.safeParse(query);
  if (!parsed.success) throw new BadRequest("A period is given in milliseconds: from and to.");
  const to = parsed.data.to ?? ctx.now();
  const from = parsed.data.from ?? to - yearMs;
  if (from >= to) throw new BadRequest("A period ends after it begins.");
  const portal = await findPortal(ctx.db, portalId);
  const [costs, won] = await Promise.all([
    readCosts(ctx.db, portalId, from, to, mostCosts),
    readTargetWins(ctx.db, portalId, { from, to, timeZone: portal?.timeZone ?? "UTC" }),
  ]);
  const after = won.filter(({ isAfterJoining }) => isAfterJoining);
  const { revenue, deals } = sumOf(after);
  const byTier = [...Map.groupBy(after, ({ tier }) => tier)].map(([tier, wins]) => ({ tier, ...sumOf(wins) }));
  const before = sumOf(won.filter(({ isAfterJoining }) => !isAfterJoining));
  const cost = costs.reduce((sum, one) => sum + one.amount, 0);
  const roiPercent = cost > 0 ? Math.round(((revenue - cost) / cost) * 1_000) / 10 : null;
  const currency = portal?.currency ?? null;
  return { from, to, currency, revenue, deals, byTier, before, cost, roiPercent, attribution, costs };
}

const sumOf = (wins: readonly TargetWin[]): { revenue: number; deals: number } => ({
  revenue: wins.reduce((sum, { amount }) => sum + (amount ?? 0), 0),
  deals: wins.length,
});

const costSchema = z.strictObject({
  /** Made up by the caller; the same id again changes the cost, an amount of 0 takes it back. */
  costId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  kind: z.enum(costKinds),
  what: storableText(200),
  amount: z.number().min(0).max(1_000_000_000),
  at: time,
});

export async function noteCost(ctx: Parts, portalId: PortalId, userId: string, body: unknown): Promise<RoiView> {
  const parsed = costSchema.safeParse(body);
  if (!parsed.success) {
    throw new BadRequest(
      `A cost has a costId, a kind (${costKinds.join(", ")}), what, amount and at. Nothing was changed.`,
    );
  }
  await saveCost(ctx.db, portalId, { ...parsed.data, by: userId });
  return getRoi(ctx, portalId, {});
}
