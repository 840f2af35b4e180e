import type { SeedRecord } from "../seed-data.ts";
import type { ActivityDraft, CompanyBundle, DealDraft, PersonDraft } from "./company-bundle.ts";
import { engagementProperties } from "./engagement-properties.ts";
import { isoTime } from "./iso-time.ts";
import { companyRollUp, personRollUp } from "./roll-ups.ts";

const newestOf = (person: PersonDraft): number =>
  Math.max(
    person.createdAt,
    person.engagement.lastOpenAt ?? 0,
    person.engagement.lastVisitAt ?? 0,
    person.engagement.lastReplyAt ?? 0,
  );

function personRecord(person: PersonDraft, companyId: string, activities: readonly ActivityDraft[]): SeedRecord {
  const second = person.secondCompanyId;
  return {
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
  };
}

function dealRecord(deal: DealDraft, companyId: string): SeedRecord {
  const closed = deal.stage === "closedwon" || deal.stage === "closedlost";
  return {
    type: "deals",
    id: deal.id,
    properties: {
      dealname: deal.name,
      pipeline: "default",
      dealstage: deal.stage,
      amount: deal.amount === null ? null : String(deal.amount),
      closedate: isoTime(deal.closeAt),
      hubspot_owner_id: deal.ownerId,
    },
    links: [
      { type: "companies", id: companyId, primary: true },
      ...deal.personIds.map((id) => ({ type: "contacts" as const, id })),
    ],
    createdAt: deal.createdAt,
    updatedAt: closed ? deal.closeAt : deal.createdAt,
  };
}

const activityRecord = (activity: ActivityDraft, companyId: string): SeedRecord => ({
  type: activity.type,
  id: activity.id,
  properties: { hs_timestamp: isoTime(activity.at), ...activity.properties },
  links: [{ type: "companies", id: companyId }, ...activity.personIds.map((id) => ({ type: "contacts" as const, id }))],
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
    {
      type: "companies",
      id: bundle.id,
      properties: { ...bundle.properties, ...companyRollUp(bundle) },
      createdAt: bundle.createdAt,
      updatedAt,
    },
    ...bundle.people.map((person) => personRecord(person, bundle.id, bundle.activities)),
    ...bundle.deals.map((deal) => dealRecord(deal, bundle.id)),
    ...bundle.activities.map((activity) => activityRecord(activity, bundle.id)),
  ];
}
