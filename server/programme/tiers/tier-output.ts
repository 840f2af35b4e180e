import { dayOf } from "@touchstone/shared/day-of.ts";
import type { TierOutputName } from "@touchstone/shared/output-properties.ts";
import { excludedFromTiers, outOfProgramme } from "@touchstone/shared/tier-shape.ts";

/** What HubSpot should hold of an account's place, its day on the portal's clock; empty texts for one in no tier. */
export function tierOutput(
  member: {
    readonly tier: string;
    readonly since: number;
    readonly reason: string;
    readonly waitingFor: string | null;
  },
  timeZone: string,
): Record<TierOutputName, string> {
  const isIn = member.tier !== outOfProgramme && member.tier !== excludedFromTiers;
  return {
    touchstone_programme_tier: isIn ? member.tier : "",
    touchstone_waiting_for_tier: member.waitingFor ?? "",
    touchstone_tier_since: isIn ? dayOf(member.since, timeZone) : "",
    touchstone_tier_reason: member.reason.slice(0, 2_000),
  };
}
