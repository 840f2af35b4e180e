import type { Archetype } from "./archetypes.ts";
import type { DealDraft, DealStage } from "./company-bundle.ts";
import type { Random, Weighted } from "./random.ts";

const dayMs = 86_400_000;

const openStages: readonly [Weighted<DealStage>, ...Weighted<DealStage>[]] = [
  ["appointmentscheduled", 30],
  ["qualifiedtobuy", 25],
  ["presentationscheduled", 20],
  ["decisionmakerboughtin", 15],
  ["contractsent", 10],
];

/** A customer's first deal is won; the others follow the kind of account. */
function stageOf(random: Random, archetype: Archetype, position: number): DealStage {
  if (archetype.key === "customer" && position === 0) return "closedwon";
  const openShare = archetype.key === "hot" ? 0.7 : archetype.key === "lukewarm" ? 0.4 : 0.25;
  if (random.chance(openShare)) return random.weighted(openStages);
  return random.chance(archetype.key === "customer" ? 0.6 : 0.2) ? "closedwon" : "closedlost";
}

export interface DealOptions {
  archetype: Archetype;
  count: number;
  firstId: number;
  companyName: string;
  personIds: readonly string[];
  ownerId: string | null;
  companyCreatedAt: number;
  nowAt: number;
}

export function makeDeals(random: Random, options: DealOptions): DealDraft[] {
  return Array.from({ length: options.count }, (_, index) => {
    const stage = stageOf(random, options.archetype, index);
    const closed = stage === "closedwon" || stage === "closedlost";
    const age = random.int(closed ? 60 : 2, closed ? 500 : 120) * dayMs;
    const createdAt = Math.max(options.nowAt - age, options.companyCreatedAt);
    const cycleMs = Math.round(random.logNormal(55, 0.5) * dayMs);
    const closeAt = closed
      ? Math.min(createdAt + cycleMs, options.nowAt - dayMs)
      : options.nowAt + random.int(5, 100) * dayMs;
    return {
      id: String(options.firstId + index),
      name: `${options.companyName}: ${index === 0 ? "first contract" : `extension ${index}`}`,
      stage,
      amount: random.chance(0.06) ? null : Math.round(random.logNormal(24_000, 0.9) / 100) * 100,
      createdAt,
      closeAt,
      ownerId: options.ownerId,
      personIds: options.personIds.slice(0, random.int(0, 3)),
    };
  });
}
