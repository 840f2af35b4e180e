import type { Crm } from "../../hubspot-stand-in/crm.ts";
import { createRandom, type Random, type Weighted } from "../../hubspot-stand-in/seed/random.ts";
import type { ObjectType } from "../../hubspot-stand-in/seed-data.ts";

/** What happens in the portal while nobody looks at Touchstone: customers, sales and a CRM admin at work. */
export interface CrmLife {
  /** Plays what happened in the hour before `now`; returns how many things did. */
  playHour(now: number): number;
  /** A rep calls somebody of the company. */
  call(companyId: string, at: number): void;
  /** A machine writes to somebody of the company. */
  sendSequence(companyId: string, at: number): void;
}

interface Town {
  readonly crm: Crm;
  readonly random: Random;
  readonly companies: string[];
  readonly people: string[];
  readonly deals: string[];
  readonly deleted: string[];
  /** The end of the hour that is played. */
  now: number;
}

const hourMs = 3_600_000;
/** In an hour of work, for each 1,000 accounts. */
const thingsEach = 4;
const busyThings = 8;

export function createCrmLife(crm: Crm, seed: number, isBusy = false): CrmLife {
  const town: Town = {
    crm,
    random: createRandom("crm-life", seed),
    companies: crm.find("companies", {}).map(({ id }) => id),
    people: crm.find("contacts", {}).map(({ id }) => id),
    deals: [],
    deleted: [],
    now: 0,
  };
  const mean = Math.max(isBusy ? busyThings : 1, (thingsEach * town.companies.length) / 1_000);
  return {
    playHour: (now) => {
      town.now = now;
      const things = howMany(town.random, now, mean);
      for (let thing = 0; thing < things; thing++) town.random.weighted(habits)(town);
      return things;
    },
    call: (companyId, at) => log(town, "calls", companyId, { ...callOf(at), hs_call_status: "COMPLETED" }),
    sendSequence: (companyId, at) => {
      const marks = { hs_email_direction: "EMAIL", hs_email_status: "SENT", hs_sequence_id: "12" };
      log(town, "emails", companyId, { hs_timestamp: iso(at), ...marks });
    },
  };
}

/** Most happens on workdays between 7 and 18 o'clock UTC; a quiet night still has its visitor. */
function howMany(random: Random, now: number, mean: number): number {
  const at = new Date(now);
  const isWork = ![0, 6].includes(at.getUTCDay()) && at.getUTCHours() >= 7 && at.getUTCHours() <= 18;
  return isWork ? random.int(0, Math.round(mean * 2)) : random.chance(0.08) ? 1 : 0;
}

type Habit = (town: Town) => void;

const touch =
  (property: string): Habit =>
  (town) =>
    town.crm.update("contacts", pick(town, town.people), { [property]: iso(moment(town)) });

const convert =
  (form: string): Habit =>
  (town) =>
    town.crm.update("contacts", pick(town, town.people), {
      recent_conversion_event_name: form,
      recent_conversion_date: iso(moment(town)),
    });

const habits: readonly [Weighted<Habit>, ...Weighted<Habit>[]] = [
  [touch("hs_email_last_open_date"), 16],
  [touch("hs_email_last_click_date"), 8],
  [touch("hs_email_last_reply_date"), 6],
  [visitSilently, 8],
  [convert("Content download: Guide"), 8],
  [convert("Webinar attended: Rollout in 30 days"), 5],
  [convert("Demo request"), 6],
  [busyAccount, 3],
  [meet, 4],
  [changeCompany, 10],
  [changePerson, 12],
  [movePerson, 3],
  [hirePerson, 2],
  [openDeal, 3],
  [changeDeal, 3],
  [deletePerson, 1],
  [restorePerson, 0.7],
  [erasePerson, 0.3],
  [mergePeople, 0.3],
  [mergeCompanies, 0.3],
  [deleteCompany, 0.3],
];

const iso = (at: number): string => new Date(at).toISOString();
const moment = ({ random, now }: Town): number => now - random.int(1, hourMs - 1);

function pick({ random }: Town, list: readonly string[]): string {
  const found = list[random.int(0, list.length - 1)];
  if (found === undefined) throw new Error("the portal has run out of records");
  return found;
}

function take(town: Town, list: string[]): string {
  const id = pick(town, list);
  list.splice(list.indexOf(id), 1);
  return id;
}

/** Counters change without a webhook: only a poll finds them. */
function visitSilently(town: Town): void {
  const hs_analytics_last_url = town.random.pick(["https://www.example.com/pricing", "https://www.example.com/blog"]);
  const hs_analytics_last_visit_timestamp = iso(moment(town));
  town.crm.updateSilently("contacts", pick(town, town.people), {
    hs_analytics_last_url,
    hs_analytics_last_visit_timestamp,
  });
}

/** A buying group wakes up: several people of one company within an hour. */
function busyAccount(town: Town): void {
  const company = { type: "companies", id: pick(town, town.companies) } as const;
  for (const id of town.crm.linked(company, "contacts").slice(0, 4)) {
    const at = iso(moment(town));
    town.crm.update("contacts", id, {
      hs_email_last_reply_date: at,
      hs_email_last_open_date: at,
      recent_conversion_event_name: "Content download: Guide",
      recent_conversion_date: at,
    });
  }
}

const callOf = (at: number) => ({ hs_timestamp: iso(at), hs_call_direction: "OUTBOUND" });

function log(town: Town, type: ObjectType, companyId: string, properties: Record<string, string>): void {
  const company = { type: "companies", id: companyId } as const;
  const [person] = town.crm.linked(company, "contacts");
  town.crm.create(type, properties, [
    company,
    ...(person === undefined ? [] : [{ type: "contacts", id: person } as const]),
  ]);
}

function meet(town: Town): void {
  const at = iso(moment(town));
  log(town, "meetings", pick(town, town.companies), {
    hs_timestamp: at,
    hs_meeting_start_time: at,
    hs_meeting_outcome: town.random.pick(["COMPLETED", "SCHEDULED", "NO_SHOW"]),
  });
}

function changeCompany(town: Town): void {
  const { random } = town;
  const values = random.pick<Record<string, string>>([
    { numberofemployees: String(random.int(1, 5_000)) },
    { annualrevenue: String(random.int(1, 900) * 100_000) },
    { industry: random.pick(["COMPUTER_SOFTWARE", "RETAIL", "BANKING", "INTERNET", "FOOD_PRODUCTION"]) },
    { country: random.pick(["Spain", "Germany", "United States", "Japan"]) },
    { hs_is_target_account: random.pick(["true", "false"]) },
    { hubspot_owner_id: random.pick(["700001", "700002", "700003", ""]) },
  ]);
  town.crm.update("companies", pick(town, town.companies), values);
}

function changePerson(town: Town): void {
  const { random } = town;
  const values = random.pick<Record<string, string>>([
    { jobtitle: random.pick(["Chief Technology Officer", "VP Engineering", "Head of Platform", "Analyst", "Intern"]) },
    { hs_buying_role: random.pick(["CHAMPION", "DECISION_MAKER", "CHAMPION;INFLUENCER", "BLOCKER", "END_USER", ""]) },
    { hs_buying_role: random.pick(["BUDGET_HOLDER", "LEGAL_AND_COMPLIANCE", "EXECUTIVE_SPONSOR"]) },
    { hs_email_bounce: String(random.int(0, 1)) },
  ]);
  town.crm.update("contacts", pick(town, town.people), values);
}

function movePerson(town: Town): void {
  const person = { type: "contacts", id: pick(town, town.people) } as const;
  const to = { type: "companies", id: pick(town, town.companies) } as const;
  const before = town.crm.linked(person, "companies");
  if (before.includes(to.id)) return;
  town.crm.associate(person, to, true);
  const left = before[0];
  if (left !== undefined && town.random.chance(0.7)) town.crm.disassociate(person, { type: "companies", id: left });
}

function hirePerson(town: Town): void {
  const company = { type: "companies", id: pick(town, town.companies), primary: true } as const;
  town.people.push(town.crm.create("contacts", { firstname: "Ana", jobtitle: "VP Operations" }, [company]));
}

function openDeal(town: Town): void {
  const values = { dealstage: "contractsent", amount: "1000", createdate: iso(moment(town)) };
  town.deals.push(town.crm.create("deals", values, [{ type: "companies", id: pick(town, town.companies) }]));
}

function changeDeal(town: Town): void {
  if (town.deals.length === 0) {
    openDeal(town);
    return;
  }
  const closedate = iso(moment(town));
  const dealstage = town.random.pick(["closedwon", "closedlost", "contractsent"]);
  town.crm.update("deals", pick(town, town.deals), { dealstage, closedate });
}

function deletePerson(town: Town): void {
  const person = take(town, town.people);
  town.crm.delete("contacts", person);
  town.deleted.push(person);
}

function restorePerson(town: Town): void {
  if (town.deleted.length === 0) {
    changePerson(town);
    return;
  }
  const person = take(town, town.deleted);
  town.crm.restore("contacts", person);
  town.people.push(person);
}

function erasePerson(town: Town): void {
  town.crm.privacyDelete(take(town, town.people));
}

function mergePeople(town: Town): void {
  const [primary, other] = [take(town, town.people), take(town, town.people)];
  town.people.push(town.crm.merge("contacts", primary, other));
}

function mergeCompanies(town: Town): void {
  const [primary, other] = [take(town, town.companies), take(town, town.companies)];
  town.companies.push(town.crm.merge("companies", primary, other));
}

function deleteCompany(town: Town): void {
  town.crm.delete("companies", take(town, town.companies));
}
