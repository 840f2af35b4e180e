import { monthText } from "@touchstone/shared/month-of.ts";
import type { Play } from "@touchstone/shared/play-shape.ts";
import type { LaunchCheck } from "@touchstone/shared/plays-api.ts";
import type { TierTraits } from "@touchstone/shared/tier-traits.ts";

export interface LaunchFacts {
  readonly play: Play;
  readonly approvedBy: string | null;
  readonly playId: string;
  /** Every play that was launched in this calendar month. */
  readonly launchedThisMonth: readonly { readonly playId: string; readonly tier: string; readonly name: string }[];
  readonly month: string;
  /** Of the accounts that sales looked at, how many it keeps. */
  /** The portal's, the highest first. */
  readonly tiers: readonly Pick<TierTraits, "key" | "name">[];
  readonly reviewed: number;
  readonly kept: number;
}

/** What must hold before a play goes out: rows 12, 90, 93, 96, 120. */
export function checkLaunch(facts: LaunchFacts): LaunchCheck[] {
  const { play, playId, approvedBy, month, reviewed, kept } = facts;
  const highest = facts.tiers[0];
  const rivals = facts.launchedThisMonth
    .filter((other) => other.tier === play.tier && other.playId !== playId)
    .map(({ name }) => name);
  const shallow =
    play.tier === highest?.key &&
    play.steps.some((step) => step.side !== "marketing" && step.personalisation === "surface");
  const check = (key: LaunchCheck["key"], passed: boolean, text: string): LaunchCheck => ({
    key,
    passed,
    text,
    overridable: key === "month",
  });
  return [
    check("steps", play.steps.length > 0, play.steps.length > 0 ? `${play.steps.length} steps.` : "It has no steps."),
    check(
      "handoff",
      play.handoff !== null,
      play.handoff === null
        ? "Nobody has said when marketing hands over, and how soon sales answers."
        : `Sales answers within ${play.handoff.responseHours} hours.`,
    ),
    check("approval", approvedBy !== null, approvedBy === null ? "Sales has not approved the messages." : "Approved."),
    check(
      "personalisation",
      !shallow,
      shallow ? `A step of sales for ${highest.name} must be at least contextual.` : "Personal enough for its tier.",
    ),
    check(
      "retention",
      reviewed === 0 || kept > 0,
      reviewed > 0 && kept === 0
        ? "Sales keeps no account of the list: the ideal customer profile is wrong."
        : "Sales keeps accounts of the list.",
    ),
    check(
      "month",
      rivals.length === 0,
      rivals.length === 0
        ? `No other play of this tier was launched in ${monthText(month)}.`
        : `${rivals.join(", ")} was launched for this tier in ${monthText(month)}: one play a tier and month, no more than sales can follow.`,
    ),
  ];
}
