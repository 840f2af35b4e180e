import { type Archetype, archetypes } from "./archetypes.ts";
import { createRandom } from "./random.ts";

/** How many people and deals each generated company has, and where their numbering starts. */
export interface CompanyPlan {
  index: number;
  archetype: Archetype;
  firstPerson: number;
  people: number;
  firstDeal: number;
  deals: number;
}

function weigh(seed: number, index: number) {
  const random = createRandom(seed, "plan", index);
  const archetype = random.weighted(archetypes);
  return {
    archetype,
    people: archetype.peopleWeight * random.logNormal(1, 0.55),
    deals: archetype.dealWeight * random.next(),
  };
}

/**
 * Shares out exactly `contacts` and `deals` over the companies. The weights are drawn twice, first for their sum, so
 * that no list of all companies ever stands in memory.
 */
export function* planPortal(seed: number, companies: number, contacts: number, deals: number): Generator<CompanyPlan> {
  let peopleSum = 0;
  let dealSum = 0;
  for (let index = 0; index < companies; index++) {
    const weights = weigh(seed, index);
    peopleSum += weights.people;
    dealSum += weights.deals;
  }
  let peopleSoFar = 0;
  let dealsSoFar = 0;
  let firstPerson = 0;
  let firstDeal = 0;
  for (let index = 0; index < companies; index++) {
    const weights = weigh(seed, index);
    peopleSoFar += weights.people;
    dealsSoFar += weights.deals;
    const lastPerson = peopleSum === 0 ? 0 : Math.round((contacts * peopleSoFar) / peopleSum);
    const lastDeal = dealSum === 0 ? 0 : Math.round((deals * dealsSoFar) / dealSum);
    yield {
      index,
      archetype: weights.archetype,
      firstPerson,
      people: lastPerson - firstPerson,
      firstDeal,
      deals: lastDeal - firstDeal,
    };
    firstPerson = lastPerson;
    firstDeal = lastDeal;
  }
}
