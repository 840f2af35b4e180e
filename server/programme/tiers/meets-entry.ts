import type { Tier, TierCondition, TierProgramme } from "@touchstone/shared/tier-shape.ts";
import type { Candidate } from "./candidate.ts";

/** `slack` is what a score may lack: 0 to enter, the hysteresis to stay. */
export function meetsEntry({ entry }: Tier, candidate: Candidate, slack: number): boolean {
  const meets = (condition: TierCondition) => meetsCondition(condition, candidate, slack);
  if (entry.conditions.length === 0) return true;
  return entry.match === "all" ? entry.conditions.every(meets) : entry.conditions.some(meets);
}

/** Place of the highest tier whose entry is met; one past the last when there is none. */
export function earnedPlace({ tiers }: TierProgramme, candidate: Candidate): number {
  const place = tiers.findIndex((tier) => meetsEntry(tier, candidate, 0));
  return place === -1 ? tiers.length : place;
}

function meetsCondition(condition: TierCondition, candidate: Candidate, slack: number): boolean {
  switch (condition.kind) {
    case "score":
      // Scores have one decimal, so that the difference is compared in tenths.
      return candidate.score !== null && Math.round((candidate.score + slack - condition.from) * 10) >= 0;
    case "band":
      return candidate.band !== null && condition.bands.includes(candidate.band);
    case "number": {
      const value = numberOf(candidate, condition.property);
      if (value === null) return false;
      const { from, above, upTo, below } = condition;
      return (
        (from === undefined || value >= from) &&
        (above === undefined || value > above) &&
        (upTo === undefined || value <= upTo) &&
        (below === undefined || value < below)
      );
    }
    case "property-in":
      return (candidate.facts[condition.property] ?? "").split(";").some((value) => condition.values.includes(value));
  }
}

/** Null for what is absent or no number. */
export function numberOf({ facts }: Candidate, property: string): number | null {
  const text = facts[property]?.trim();
  if (!text) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
