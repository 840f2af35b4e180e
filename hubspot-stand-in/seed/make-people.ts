import type { Archetype } from "./archetypes.ts";
import type { PersonDraft } from "./company-bundle.ts";
import { type Engagement, noEngagement } from "./engagement-properties.ts";
import { type Level, makeBuyingRole, makeJob } from "./job-titles.ts";
import { makeEngagement } from "./make-engagement.ts";
import { addressOf, makePersonName } from "./person-names.ts";
import type { Place } from "./places.ts";
import type { Random } from "./random.ts";

const dayMs = 86_400_000;

/** The three values of `hs_seniority` that public code is known to use (hubspot-api.md §5.2). */
const seniority: Partial<Record<Level, string>> = { c_level: "executive", vp: "vp", director: "director" };

export interface PeopleOptions {
  archetype: Archetype;
  count: number;
  firstId: number;
  domain: string;
  place: Place;
  lifecycle: string;
  ownerId: string | null;
  companyCreatedAt: number;
  nowAt: number;
}

/** Two people of one name at one company get different addresses. */
function freeAddress(taken: Set<string>, name: string): string {
  let address = name;
  for (let count = 2; taken.has(address); count++) address = `${name}${count}`;
  taken.add(address);
  return address;
}

/** Nobody does anything before they are known: activities go back 90 days, engagement further. */
const firstTrace = (engagement: Engagement, nowAt: number): number =>
  Math.min(
    nowAt - 91 * dayMs,
    ...[
      engagement.lastOpenAt,
      engagement.lastClickAt,
      engagement.lastReplyAt,
      engagement.lastVisitAt,
      engagement.lastConversion?.at,
    ]
      .filter((at) => typeof at === "number")
      .map((at) => at - dayMs),
  );

function makePerson(random: Random, options: PeopleOptions, index: number, taken: Set<string>): PersonDraft {
  const { archetype, domain, place, nowAt } = options;
  const messy = archetype.key === "messy";
  const name = makePersonName(random, place.culture);
  const job = makeJob(random);
  const titled = !random.chance(messy ? 0.4 : 0.06);
  const roled = titled && random.chance(archetype.key === "hot" ? 0.6 : archetype.key === "cold" ? 0.12 : 0.3);
  const engaged = random.chance(archetype.engagedShare);
  const engagement = engaged ? makeEngagement(random, archetype.recencyDays, nowAt) : noEngagement;
  const level = seniority[job.level];
  return {
    id: String(options.firstId + index),
    engagement,
    delivered: Math.round(engagement.opens * (1 + random.next() * 3)) + (random.chance(0.5) ? random.int(0, 9) : 0),
    createdAt: Math.min(
      options.companyCreatedAt + Math.round(random.next() * 200 * dayMs),
      firstTrace(engagement, nowAt),
    ),
    properties: {
      firstname: name.first,
      lastname: messy && random.chance(0.1) ? null : name.last,
      email: messy && random.chance(0.15) ? null : `${freeAddress(taken, addressOf(name))}@${domain}`,
      jobtitle: titled ? (messy && random.chance(0.3) ? job.title.toLowerCase() : job.title) : null,
      ...(titled && level && random.chance(0.4) ? { hs_seniority: level } : {}),
      hs_buying_role: roled ? makeBuyingRole(random, job.level) : null,
      lifecyclestage: options.lifecycle,
      hs_lead_status: engaged
        ? random.pick(["OPEN", "IN_PROGRESS", "CONNECTED", "ATTEMPTED_TO_CONTACT"])
        : random.pick(["NEW", "UNQUALIFIED", "BAD_TIMING"]),
      hubspot_owner_id: options.ownerId,
      country: messy ? random.pick(place.spellings) : place.country,
      hs_email_domain: domain,
    },
  };
}

export function makePeople(random: Random, options: PeopleOptions): PersonDraft[] {
  const taken = new Set<string>();
  return Array.from({ length: options.count }, (_, index) => makePerson(random, options, index, taken));
}
