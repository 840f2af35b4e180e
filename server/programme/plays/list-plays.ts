import type { PortalId } from "@touchstone/shared/ids.ts";
import { monthOf } from "@touchstone/shared/month-of.ts";
import type { PlaysView, PlayView } from "@touchstone/shared/plays-api.ts";
import { notEngagingKinds } from "@touchstone/shared/signal-kinds.ts";
import { suggestRetirement } from "@touchstone/shared/suggest-retirement.ts";
import { tierLabel } from "@touchstone/shared/tier-label.ts";
import { toProportion } from "@touchstone/shared/wilson-interval.ts";
import type { Context } from "../../context.ts";
import { countReviews } from "../../db/former-targets.ts";
import { countPlays, type PlayCounts } from "../../db/play-accounts.ts";
import { listLaunched, listPlays, readPlay, type StoredPlay } from "../../db/plays.ts";
import { findPortal } from "../../db/portals.ts";
import { readTierTraits } from "../../db/tier-traits.ts";
import { NotFound } from "../../errors.ts";
import { checkLaunch } from "./check-launch.ts";
import { offerMoves } from "./offer-moves.ts";

type Parts = Pick<Context, "db" | "now">;

const mostPlays = 100;

/** The portal's plays with what they brought, newest first. */
export async function listAllPlays(ctx: Parts, portalId: PortalId): Promise<PlaysView> {
  return { note, plays: await toViews(ctx, portalId, await listPlays(ctx.db, portalId, mostPlays)) };
}

const note =
  "Engaged: accounts of the play of which somebody did something after they came in. The interval says how far chance alone can carry so small a number.";

export async function getPlay(ctx: Parts, portalId: PortalId, playId: string): Promise<PlayView> {
  const play = await readPlay(ctx.db, portalId, playId);
  const [view] = play ? await toViews(ctx, portalId, [play]) : [];
  if (!view) throw new NotFound("There is no such play.");
  return view;
}

async function toViews(ctx: Parts, portalId: PortalId, plays: readonly StoredPlay[]): Promise<PlayView[]> {
  const ids = plays.map((play) => play.playId);
  const portal = await findPortal(ctx.db, portalId);
  const month = monthOf(ctx.now(), portal?.timeZone ?? "UTC");
  const [counts, reviews, launchedThisMonth, tiers] = await Promise.all([
    countPlays(ctx.db, portalId, ids, notEngagingKinds),
    countReviews(ctx.db, portalId),
    listLaunched(ctx.db, portalId, month),
    readTierTraits(ctx.db, portalId),
  ]);
  return plays.map((stored) => {
    const waits = stored.status === "draft" || stored.status === "approved";
    const checks = waits ? checkLaunch({ ...stored, ...reviews, launchedThisMonth, month, tiers }) : [];
    const own = counts.find((one) => one.playId === stored.playId);
    return { ...toView(stored, own, checks, ctx.now()), tierLabel: tierLabel(tiers, stored.play.tier) };
  });
}

function toView(
  stored: StoredPlay,
  counts: PlayCounts | undefined,
  checks: PlayView["checks"],
  now: number,
): Omit<PlayView, "tierLabel"> {
  const { enrolled, engaged, handedOver, done } = counts ?? { enrolled: 0, engaged: 0, handedOver: 0, done: 0 };
  const { playId, play, status, approvedBy, approvedAt, launchedAt, overrideReason } = stored;
  return {
    playId,
    play,
    status,
    approval: approvedBy === null || approvedAt === null ? null : { by: approvedBy, at: approvedAt },
    suggestion: suggestRetirement(stored, engaged, now),
    launchedAt,
    overrideReason,
    results: {
      enrolled,
      engaged: toProportion(engaged, enrolled),
      handedOver: toProportion(handedOver, enrolled),
      stepsDone: done,
      stepsDue: Math.max(0, enrolled * play.steps.length - done),
    },
    checks,
    moves: offerMoves(status),
  };
}
