import type { Portal } from "../portal.ts";
import type { ObjectType } from "../seed-data.ts";
import { dealStages } from "../standard-properties/deal-properties.ts";
import { childToParent, parentToChild } from "./association-types.ts";
import type { Actor } from "./change.ts";
import type { RecordReference } from "./link-table.ts";
import type { PropertyValues, StoredRecord } from "./record-store.ts";

const defaultStages: ReadonlySet<string> = new Set(dealStages.map(([stage]) => stage));
const calculator: Actor = { changeSource: "CALCULATED", sourceId: "" };

/** Properties of a record that the calculated values of its neighbours (or its own) rest on. */
const inputs: Readonly<Partial<Record<ObjectType, ReadonlySet<string>>>> = {
  contacts: new Set([
    "hs_buying_role",
    "hs_analytics_num_page_views",
    "hs_analytics_num_visits",
    "hs_analytics_last_visit_timestamp",
    "num_conversion_events",
    "recent_conversion_date",
    "recent_conversion_event_name",
  ]),
  deals: new Set(["dealstage", "amount", "closedate", "createdate"]),
};

export function feedsRollups(type: ObjectType, name: string): boolean {
  return inputs[type]?.has(name) ?? false;
}

/** Brings the calculated values of a record up to date; at a loaded record's first read without any event. */
export function rollUp(portal: Portal, { type, id }: RecordReference): void {
  const record = portal.records.find(type, id);
  if (!record) return;
  const first = !record.rolledUp;
  record.rolledUp = true;
  for (const [name, value] of Object.entries(calculate(portal, type, record))) {
    if ((record.properties[name] ?? null) === value) continue;
    if (!first) portal.index.remember(type, id, record);
    record.properties[name] = value;
    if (first) continue;
    const at = portal.clock.now();
    record.updatedAt = at;
    if (!portal.switches.calculatedSendsWebhooks) continue;
    portal.publish({ kind: "propertyChange", type, id, name, value: value ?? "", actor: calculator, at });
  }
}

/** The record and the companies, people and deals round it. */
export function rollUpAround(portal: Portal, reference: RecordReference): void {
  rollUp(portal, reference);
  if (reference.type !== "contacts" && reference.type !== "deals" && reference.type !== "companies") return;
  for (const type of ["companies", "contacts", "deals"] as const) {
    if (reference.type === "companies" && type !== "companies") continue;
    for (const { toId } of portal.links.links(reference, type)) rollUp(portal, { type, id: toId });
  }
}

function calculate(portal: Portal, type: ObjectType, record: StoredRecord): PropertyValues {
  if (type === "companies") return ofCompany(portal, record);
  if (type === "contacts") {
    const deals = portal.links.links({ type, id: record.id }, "deals").length;
    return { num_associated_deals: countText(deals, record.properties.num_associated_deals) };
  }
  return type === "deals" ? ofDeal(portal, record) : {};
}

function ofCompany(portal: Portal, record: StoredRecord): PropertyValues {
  const self = { type: "companies", id: record.id } as const;
  const people = neighbours(portal, self, "contacts");
  const deals = neighbours(portal, self, "deals");
  const roles = people.map((person) => person.properties.hs_buying_role?.split(";") ?? []);
  const withRole = (role: string) => String(roles.filter((held) => held.includes(role)).length);
  const open = deals.filter((deal) => outcomeOf(deal) === "open");
  const won = deals.filter((deal) => outcomeOf(deal) === "won");
  const newest = latest(won.length > 0 ? won : deals, "closedate");
  return {
    num_associated_contacts: String(people.length),
    hs_num_contacts_with_buying_roles: String(roles.filter((held) => held.some(Boolean)).length),
    hs_num_decision_makers: withRole("DECISION_MAKER"),
    hs_num_blockers: withRole("BLOCKER"),
    num_associated_deals: String(deals.length),
    hs_num_open_deals: String(open.length),
    ...(deals.length > 0 && {
      hs_total_deal_value: sum(deals, "amount"),
      total_revenue: sum(won, "amount"),
      recent_deal_amount: newest?.properties.amount ?? null,
    }),
    ...childCount(portal, record),
    ...engagement(people),
  };
}

/** Sums over people replace a company's own figures only where people have any (a CSV import may bring only the sums). */
function engagement(people: readonly StoredRecord[]): PropertyValues {
  const values: PropertyValues = {};
  for (const name of ["hs_analytics_num_page_views", "hs_analytics_num_visits", "num_conversion_events"]) {
    if (people.some((person) => person.properties[name] != null)) values[name] = sum(people, name);
  }
  const visitor = latest(people, "hs_analytics_last_visit_timestamp");
  if (visitor) values.hs_analytics_last_visit_timestamp = visitor.properties.hs_analytics_last_visit_timestamp ?? null;
  const converted = latest(people, "recent_conversion_date");
  if (converted) {
    for (const name of ["recent_conversion_date", "recent_conversion_event_name"]) {
      values[name] = converted.properties[name] ?? null;
    }
  }
  return values;
}

function ofDeal(portal: Portal, record: StoredRecord): PropertyValues {
  const { amount, closedate } = record.properties;
  const outcome = outcomeOf(record);
  const closed = outcome !== "open";
  const people = portal.links.links({ type: "deals", id: record.id }, "contacts").length;
  const days = closed && closedate ? Math.floor((Date.parse(closedate) - record.createdAt) / 86_400_000) : null;
  return {
    hs_is_closed: String(closed),
    hs_is_closed_won: String(outcome === "won"),
    hs_is_closed_lost: String(outcome === "lost"),
    hs_closed_won_date: outcome === "won" ? (closedate ?? null) : null,
    days_to_close: days === null || Number.isNaN(days) ? null : String(Math.max(0, days)),
    amount_in_home_currency: amount ?? null,
    num_associated_contacts: countText(people, record.properties.num_associated_contacts),
  };
}

function childCount(portal: Portal, record: StoredRecord): PropertyValues {
  const related = portal.links.links({ type: "companies", id: record.id }, "companies");
  const children = related.filter(({ typeIds }) => typeIds.includes(parentToChild)).length;
  const parent = related.find(({ typeIds }) => typeIds.includes(childToParent));
  const given = record.properties.hs_num_child_companies;
  return { hs_num_child_companies: countText(children, given), ...(parent && { hs_parent_company_id: parent.toId }) };
}

function countText(count: number, given: string | null | undefined): string | null {
  return count === 0 && given == null ? null : String(count);
}

/** By the stage in the default pipeline; a stage of a portal's own says nothing, there the imported flags count. */
function outcomeOf({ properties }: StoredRecord): "open" | "won" | "lost" {
  const stage = properties.dealstage;
  if (stage === "closedwon") return "won";
  if (stage === "closedlost") return "lost";
  if (stage && defaultStages.has(stage)) return "open";
  if (properties.hs_is_closed_won === "true") return "won";
  return properties.hs_is_closed_lost === "true" || properties.hs_is_closed === "true" ? "lost" : "open";
}

function neighbours(portal: Portal, from: RecordReference, type: ObjectType): StoredRecord[] {
  const links = portal.links.links(from, type);
  return links.map(({ toId }) => portal.records.find(type, toId)).filter((record) => record !== null);
}

function sum(records: readonly StoredRecord[], name: string): string {
  return String(records.reduce((total, record) => total + (Number(record.properties[name]) || 0), 0));
}

function latest(records: readonly StoredRecord[], name: string): StoredRecord | undefined {
  let best: StoredRecord | undefined;
  for (const record of records) {
    const value = record.properties[name];
    if (value && (!best || Date.parse(value) > Date.parse(best.properties[name] ?? ""))) best = record;
  }
  return best;
}
