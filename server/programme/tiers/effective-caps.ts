import type { Tier, TierProgramme } from "@touchstone/shared/tier-shape.ts";

type Side = Tier["staffedBy"][number];

/** How many accounts of each tier a person can work. */
export interface PersonCapacity {
  readonly personId: string;
  readonly side: Side;
  readonly places: Readonly<Record<string, number>>;
}

export interface EffectiveCap {
  /** Null: no bound. */
  readonly cap: number | null;
  readonly template: number | null;
  /** Places with people; null while nobody of a side that the tier needs is entered. */
  readonly capacity: number | null;
  /** What bounds it, in a word. */
  readonly limitedBy: "template" | Side | null;
}

/** min(template, places with the people of every side that the tier needs) (row 63). A side with nobody entered bounds nothing. */
export function effectiveCaps(
  { tiers }: TierProgramme,
  people: readonly PersonCapacity[],
): ReadonlyMap<string, EffectiveCap> {
  return new Map(tiers.map((tier) => [tier.key, capOf(tier, people)]));
}

function capOf(tier: Tier, people: readonly PersonCapacity[]): EffectiveCap {
  const sides = tier.staffedBy.flatMap((side) => {
    const own = people.filter((person) => person.side === side);
    if (own.length === 0) return [];
    return [{ side, places: own.reduce((sum, { places }) => sum + (places[tier.key] ?? 0), 0) }];
  });
  const [tightest] = sides.sort((a, b) => a.places - b.places);
  const template = tier.cap;
  if (!tightest) return { cap: template, template, capacity: null, limitedBy: template === null ? null : "template" };
  const isByPeople = template === null || tightest.places < template;
  return {
    cap: isByPeople ? tightest.places : template,
    template,
    capacity: tightest.places,
    limitedBy: isByPeople ? tightest.side : "template",
  };
}
