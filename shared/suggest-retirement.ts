import type { PlayView } from "./plays-api.ts";

const dayMs = 86_400_000;
/** Row 97: strictly more. */
const longestDays = 90;

/** A play that ran longer than 90 days without one engaged account (T22). Paused time counts: nobody engaged in it either. */
export function suggestRetirement(
  play: { readonly status: string; readonly launchedAt: number | null },
  engaged: number,
  now: number,
): PlayView["suggestion"] {
  if (play.status !== "running" || play.launchedAt === null || engaged > 0) return null;
  const days = Math.floor((now - play.launchedAt) / dayMs);
  if (days <= longestDays) return null;
  return {
    text: `Retire it: ${days} days, and not one account has engaged.`,
    instead: ["Try another channel", "Try another angle", "Try another offer"],
  };
}
