import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { AccountPlaysView, AccountTouch, AccountPlay as PlayLine } from "@touchstone/shared/record-cards-api.ts";
import { countText } from "@touchstone/shared/score-text.ts";
import type { Context } from "../../context.ts";
import { type AccountPlay, readAccountPlays } from "../../db/account-plays.ts";
import { touchesOf } from "./run-play.ts";

const mostPlays = 20;
const mostNext = 3;
const states = {
  draft: "Being written",
  approved: "Not launched yet",
  running: "Running",
  paused: "Paused",
  retired: "Retired",
} as const;

/** The plays that an account is in, and what comes next in each. */
export async function listAccountPlays(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  accountId: AccountId,
): Promise<Pick<AccountPlaysView, "plays">> {
  const plays = await readAccountPlays(ctx.db, portalId, accountId, mostPlays);
  return { plays: plays.map((play) => toLine(play, ctx.now())) };
}

function toLine(stored: AccountPlay, now: number): PlayLine {
  const { playId, play, enrolledAt } = stored;
  const open = stored.playStatus === "running" ? touchesOf(stored, stored, now) : [];
  const dealtWith = Object.keys(stored.touches).length;
  return {
    playId,
    name: play.name,
    state: stateOf(stored),
    enrolledAt,
    progress: `${dealtWith} of ${countText(play.steps.length, "step", "steps")} done`,
    next: open
      .filter(({ status, side }) => (status === "due" || status === "ahead") && side !== "marketing")
      .sort((a, b) => a.dueAt - b.dueAt || a.step - b.step)
      .slice(0, mostNext)
      .map(({ step, channel, what, dueAt, status }): AccountTouch => {
        return { step, text: `${channelText(channel)}: ${what}`, dueAt, isDue: status === "due" };
      }),
  };
}

function stateOf({ playStatus, status }: AccountPlay): string {
  if (status === "left") return "This account has left it";
  if (status === "paused") return "Paused for this account";
  return states[playStatus];
}

const channelText = (channel: string): string =>
  `${channel.charAt(0).toUpperCase()}${channel.slice(1).replaceAll("_", " ")}`;
