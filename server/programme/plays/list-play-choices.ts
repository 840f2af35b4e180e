import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import { monthOf } from "@touchstone/shared/month-of.ts";
import type { PlayChoice } from "@touchstone/shared/record-cards-api.ts";
import { tierLabel } from "@touchstone/shared/tier-label.ts";
import type { Context } from "../../context.ts";
import { type AccountPlay, readAccountPlays } from "../../db/account-plays.ts";
import { listPlays } from "../../db/plays.ts";
import { findPortal } from "../../db/portals.ts";
import { readTierOf } from "../../db/tier-of.ts";
import { readTierTraits } from "../../db/tier-traits.ts";

const mostPlays = 100;
const mostChoices = 50;
const standing = {
  draft: "being written",
  approved: "not launched yet",
  running: "running",
  paused: "paused",
} as const;

/** Plays that an account can be taken into, those of its own tier first, with what speaks against each (T23). */
export async function listPlayChoices(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  accountId: AccountId,
): Promise<PlayChoice[]> {
  const [plays, own, tier, tiers, portal] = await Promise.all([
    listPlays(ctx.db, portalId, mostPlays),
    readAccountPlays(ctx.db, portalId, accountId, mostPlays),
    readTierOf(ctx.db, portalId, accountId),
    readTierTraits(ctx.db, portalId),
    findPortal(ctx.db, portalId),
  ]);
  const timeZone = portal?.timeZone ?? "UTC";
  const month = monthOf(ctx.now(), timeZone);
  const launchedNow = own.filter(
    ({ status, launchedAt }) => status !== "left" && launchedAt !== null && monthOf(launchedAt, timeZone) === month,
  );
  return plays
    .filter(({ playId }) => !own.some((one) => one.playId === playId))
    .sort((a, b) => Number(b.play.tier === tier) - Number(a.play.tier === tier))
    .flatMap(({ playId, play, status }): PlayChoice[] => {
      if (status === "retired") return [];
      const label = `${play.name} (${tierLabel(tiers, play.tier)}, ${standing[status]})`;
      return [{ playId, label, guard: guardOf(play.tier, launchedNow) }];
    })
    .slice(0, mostChoices);
}

function guardOf(tier: string, launchedNow: readonly AccountPlay[]): string | null {
  const rivals = launchedNow.filter(({ play }) => play.tier === tier).map(({ play }) => play.name);
  if (rivals.length === 0) return null;
  return `The account is in ${rivals.join(", ")}, launched for the same tier this month: one play a tier and month, no more than sales can follow.`;
}
