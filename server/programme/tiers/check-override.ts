import { outOfProgramme, type TierProgramme } from "@touchstone/shared/tier-shape.ts";
import { BadRequest } from "../../errors.ts";

/** A decision that nobody looks at for a year is none any more. */
const longestMs = 366 * 86_400_000;
export const mostOverrides = 2_000;

/** Throws unless the tier is one of the portal's, or "out", and the decision ends in good time. */
export function checkOverride(
  { tier, expiresAt }: { readonly tier: string; readonly expiresAt: number },
  { tiers }: TierProgramme,
  now: number,
): void {
  if (expiresAt <= now || expiresAt > now + longestMs)
    throw new BadRequest("An override expires later than now and within a year. Nothing was changed.");
  if (tier === outOfProgramme || tiers.some(({ key }) => key === tier)) return;
  const known = [...tiers.map(({ key }) => key), outOfProgramme].join(", ");
  throw new BadRequest(`There is no tier ${tier}: use one of ${known}. Nothing was changed.`);
}
