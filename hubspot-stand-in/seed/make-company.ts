import type { CompanyBundle } from "./company-bundle.ts";
import { makeCompanyName } from "./company-names.ts";
import { makeActivities } from "./make-activities.ts";
import { makeDeals } from "./make-deals.ts";
import { makePeople } from "./make-people.ts";
import { owners } from "./owners.ts";
import { type Place, places } from "./places.ts";
import type { CompanyPlan } from "./plan-portal.ts";
import { createRandom, type Random } from "./random.ts";
import { coreSectors, excludedSectors, otherSectors } from "./sectors.ts";

const dayMs = 86_400_000;

/** Where the numbering of each type starts. Showcase records lie below, ids made by people at run time above. */
export const firstIds = {
  companies: 4_100_000_000,
  contacts: 5_200_000_000,
  deals: 6_300_000_000,
  activities: 70_000_000_000,
};
/** Room for one company's activities; archetypes stay far below. */
const activityRoom = 100;

function size(random: Random, fits: boolean) {
  const employees = Math.max(2, Math.round(random.logNormal(fits ? 420 : 160, fits ? 0.6 : 1.5)));
  const revenue = Math.round((employees * random.logNormal(145_000, 0.45)) / 1_000) * 1_000;
  return { employees, revenue };
}

/** Messy companies miss values and spell their country as people do; empty ones have a name and nothing else. */
function damage(random: Random, properties: Record<string, string | null>, place: Place, kind: "messy" | "empty") {
  if (kind === "empty") {
    const { name, domain } = properties;
    return { name: name ?? null, domain: random.chance(0.5) ? (domain ?? null) : null };
  }
  return {
    ...properties,
    name: random.chance(0.3) ? `${properties.name} ` : String(properties.name).toUpperCase(),
    industry: random.chance(0.6) ? null : (properties.industry ?? null),
    country: random.pick(place.spellings),
    numberofemployees: random.chance(0.5) ? null : (properties.numberofemployees ?? null),
    annualrevenue: random.chance(0.6) ? null : (properties.annualrevenue ?? null),
    hubspot_owner_id: random.chance(0.5) ? null : (properties.hubspot_owner_id ?? null),
  };
}

function describe(random: Random, plan: CompanyPlan, place: Place) {
  const { archetype, index } = plan;
  const fits = random.chance(archetype.fitShare);
  const sector = random.weighted(archetype.key === "excluded" ? excludedSectors : fits ? coreSectors : otherSectors);
  const { name, domain } = makeCompanyName(index, random.pick(sector.nouns));
  const { employees, revenue } = size(random, fits);
  const target = random.chance(archetype.targetShare);
  const properties: Record<string, string | null> = {
    name,
    domain,
    website: `https://www.${domain}`,
    industry: sector.industry,
    type: archetype.key === "excluded" ? random.pick(["PARTNER", "RESELLER", "VENDOR"]) : "PROSPECT",
    numberofemployees: String(employees),
    annualrevenue: String(revenue),
    country: place.country,
    hs_country_code: place.code,
    city: random.pick(place.cities),
    timezone: place.timeZone,
    founded_year: String(random.int(1962, 2022)),
    is_public: String(employees > 2_000 && random.chance(0.3)),
    lifecyclestage: random.weighted(archetype.lifecycle),
    hubspot_owner_id: owners[index % owners.length]?.id ?? null,
    hs_is_target_account: target ? "true" : null,
    hs_ideal_customer_profile: target ? random.pick(["tier_1", "tier_2", "tier_3"]) : null,
  };
  return archetype.key === "messy" || archetype.key === "empty"
    ? damage(random, properties, place, archetype.key)
    : properties;
}

export function makeCompany(seed: number, plan: CompanyPlan, nowAt: number): CompanyBundle {
  const random = createRandom(seed, "company", plan.index);
  const fitting = random.chance(0.5);
  const place = fitting ? places[0][0] : random.weighted(places);
  const properties: Record<string, string | null> = describe(random, plan, place);
  const createdAt = nowAt - random.int(95, 1_400) * dayMs;
  const ownerId = properties.hubspot_owner_id ?? null;
  const people = makePeople(createRandom(seed, "people", plan.index), {
    archetype: plan.archetype,
    count: plan.people,
    firstId: firstIds.contacts + plan.firstPerson,
    domain: properties.domain ?? "unknown.example",
    place,
    lifecycle: properties.lifecyclestage ?? "lead",
    ownerId,
    companyCreatedAt: createdAt,
    nowAt,
  });
  const [first] = people;
  if (first && plan.index > 0 && random.chance(0.12)) {
    first.secondCompanyId = String(firstIds.companies + plan.index - 1);
  }
  const shared = { personIds: people.map((person) => person.id), ownerId, companyCreatedAt: createdAt, nowAt };
  const deals = createRandom(seed, "deals", plan.index);
  const activities = createRandom(seed, "activities", plan.index);
  return {
    id: String(firstIds.companies + plan.index),
    properties,
    createdAt,
    people,
    deals: makeDeals(deals, {
      ...shared,
      archetype: plan.archetype,
      count: plan.deals,
      firstId: firstIds.deals + plan.firstDeal,
      companyName: (properties.name ?? "Company").trim(),
    }),
    activities: makeActivities(activities, {
      ...shared,
      count: activities.int(0, plan.archetype.maxActivities),
      firstId: firstIds.activities + plan.index * activityRoom,
    }),
  };
}
