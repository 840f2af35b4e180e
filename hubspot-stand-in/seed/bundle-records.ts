import type { SeedRecord } from "../seed-data.ts";
import type { ActivityDraft, CompanyBundle, DealDraft, PersonDraft } from "./company-bundle.ts";
import { engagementProperties } from "./engagement-properties.ts";
import { companyRollUp, personRollUp } from "./roll-ups.ts";
import { isoTime, makeSeedRecord } from "./seed-record.ts";

const newestOf = (person: PersonDraft): number =>
  Math.max(
    person.createdAt,
    person.engagement.lastOpenAt ?? 0,
    person.engagement.lastVisitAt ?? 0,
    person.engagement.lastReplyAt ?? 0,
  );

function personRecord(person: PersonDraft, companyId: string, activities: readonly ActivityDraft[]): SeedRecord {
  const second = person.secondCompanyId;
  return makeSeedRecord({
    type: "contacts",
    id: person.id,
    properties: {
      ...person.properties,
      ...engagementProperties(person.engagement, person.delivered),
      ...personRollUp(person, activities),
      associatedcompanyid: companyId,
    },
    links: [
      { type: "companies", id: companyId, primary: true },
      ...(second ? [{ type: "companies" as const, id: second, primary: false }] : []),
    ],
    createdAt: person.createdAt,
    updatedAt: newestOf(person),
  });
}

function dealRecord(deal: DealDraft, companyId: string): SeedRecord {
  const won = deal.stage === "closedwon";
  const lost = deal.stage === "closedlost";
  const amount = deal.amount === null ? null : String(deal.amount);
  return makeSeedRecord({
    type: "deals",
    id: deal.id,
    properties: {
      dealname: deal.name,
      pipeline: "default",
      dealstage: deal.stage,
      amount,
      amount_in_home_currency: amount,
      closedate: isoTime(deal.closeAt),
      hubspot_owner_id: deal.ownerId,
      hs_is_closed: String(won || lost),
      hs_is_closed_won: String(won),
      hs_is_closed_lost: String(lost),
      hs_closed_won_date: won ? isoTime(deal.closeAt) : null,
      num_associated_contacts: String(deal.personIds.length),
    },
    links: [
      { type: "companies", id: companyId, primary: true },
      ...deal.personIds.map((id) => ({ type: "contacts" as const, id })),
    ],
    createdAt: deal.createdAt,
    updatedAt: won || lost ? deal.closeAt : deal.createdAt,
  });
}

const activityRecord = (activity: ActivityDraft, companyId: string): SeedRecord =>
  makeSeedRecord({
    type: activity.type,
    id: activity.id,
    properties: { hs_timestamp: isoTime(activity.at), ...activity.properties },
    links: [
      { type: "companies", id: companyId },
      ...activity.personIds.map((id) => ({ type: "contacts" as const, id })),
    ],
    createdAt: activity.loggedAt,
    updatedAt: activity.loggedAt,
  });

/** The records of one company: itself first, so that every link points backwards. */
export function bundleRecords(bundle: CompanyBundle): SeedRecord[] {
  const updatedAt = Math.max(
    bundle.createdAt,
    ...bundle.people.map(newestOf),
    ...bundle.activities.map((activity) => activity.loggedAt),
  );
  return [
    makeSeedRecord({
      type: "companies",
      id: bundle.id,
      properties: { ...bundle.properties, ...companyRollUp(bundle) },
      createdAt: bundle.createdAt,
      updatedAt,
    }),
    ...bundle.people.map((person) => personRecord(person, bundle.id, bundle.activities)),
    ...bundle.deals.map((deal) => dealRecord(deal, bundle.id)),
    ...bundle.activities.map((activity) => activityRecord(activity, bundle.id)),
  ];
}
