import type { TierTraits } from "./tier-traits.ts";

/** The name that a portal gave a tier; "No tier" for what is in none, or in one that it no longer has. */
export const tierLabel = (tiers: readonly Pick<TierTraits, "key" | "name">[], key: string | null | undefined): string =>
  tiers.find((tier) => tier.key === key)?.name ?? (key === "excluded" ? "Excluded" : "No tier");
