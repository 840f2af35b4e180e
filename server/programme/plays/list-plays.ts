import type { PortalId } from "@touchstone/shared/ids.ts";
import type { PlaysView, PlayView } from "@touchstone/shared/plays-api.ts";
import { signalKinds } from "@touchstone/shared/signal-kinds.ts";
import { toProportion } from "@touchstone/shared/wilson-interval.ts";
import type { Context } from "../../context.ts";
import { countPlays, type PlayCounts } from "../../db/play-accounts.ts";
import { listLaunched, listPlays, readPlay, type StoredPlay } from "../../db/plays.ts";
import { findPortal } from "../../db/portals.ts";
import { countTargets } from "../../db/target-accounts.ts";
import { NotFound } from "../../errors.ts";
import { checkLaunch } from "./check-launch.ts";
import { monthOf } from "./month-of.ts";
import { suggestRetirement } from "./suggest-retirement.ts";

type Parts = Pick<Context, "db" | "now">;

const mostPlays = 100;
const notEngaging = Object.entries(signalKinds).flatMap(([kind, { engages }]) => (engages ? [] : [kind]));

/** The portal's plays with what they brought, newest first. */
export async function listAllPlays(ctx: Parts, portalId: PortalId): Promise<PlaysView> {
  return { plays: await toViews(ctx, portalId, await listPlays(ctx.db, portalId, mostPlays)) };
}

export async function getPlay(ctx: Parts, portalId: PortalId, playId: string): Promise<PlayView> {
  const play = await readPlay(ctx.db, portalId, playId);
  const [view] = play ? await toViews(ctx, portalId, [play]) : [];
  if (!view) throw new NotFound("There is no such play.");
  return view;
}

async function toViews(ctx: Parts, portalId: PortalId, plays: readonly StoredPlay[]): Promise<PlayView[]> {
  const ids = plays.map((play) => play.playId);
  const [portal, counts, list] = await Promise.all([
    findPortal(ctx.db, portalId),
    countPlays(ctx.db, portalId, ids, notEngaging),
    countTargets(ctx.db, portalId),
  ]);
  const month = monthOf(ctx.now(), portal?.timeZone ?? "UTC");
  const views: PlayView[] = [];
  for (const stored of plays) {
    // Only what is not launched yet is checked, and of that there is little.
    const waits = stored.status === "draft" || stored.status === "approved";
    const launched = waits ? await listLaunched(ctx.db, portalId, stored.play.tier, month, stored.playId) : [];
    const facts = { ...stored, ...list, launchedThisMonth: launched, month };
    views.push(
      toView(
        stored,
        counts.find((one) => one.playId === stored.playId),
        waits ? checkLaunch(facts) : [],
        ctx.now(),
      ),
    );
  }
  return views;
}

function toView(stored: StoredPlay, counts: PlayCounts | undefined, checks: PlayView["checks"], now: number): PlayView {
  const { enrolled, engaged, done } = counts ?? { enrolled: 0, engaged: 0, done: 0 };
  const { playId, play, status, launchedAt, overrideReason } = stored;
  return {
    playId,
    play,
    status,
    suggestion: suggestRetirement(stored, engaged, now),
    launchedAt,
    overrideReason,
    results: {
      enrolled,
      engaged: toProportion(engaged, enrolled),
      stepsDone: done,
      stepsDue: Math.max(0, enrolled * play.steps.length - done),
    },
    checks,
  };
}
