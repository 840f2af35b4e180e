import type { Crm } from "../../../hubspot-stand-in/crm.ts";
import { createRandom, type Random, type Weighted } from "../../../hubspot-stand-in/seed/random.ts";
import { companyIdAt, personIdAt } from "../../support/plain-portal.ts";

/** Somebody at work in a portal: the same seed makes the same changes in the same order, whenever they are made. */
export interface CrmUser {
  changeSomething(): void;
}

export interface CrmUserOptions {
  readonly seed: string;
  readonly companies: number;
  readonly peopleEach: number;
  /** What is dated is dated from here, in whole days and a half: no window of a model closes for twelve hours. */
  readonly nowAt: number;
}

/** The records as the user knows them. */
interface Desk {
  readonly crm: Crm;
  readonly random: Random;
  readonly nowAt: number;
  readonly companies: string[];
  readonly people: string[];
  readonly deals: string[];
  readonly deleted: string[];
  /** Person and property: HubSpot shows the last time only, so what is dated is set once, or it would be a matter of chance. */
  readonly dated: Set<string>;
  /** People whose own history would be a matter of chance after a merge, because the merged record shows the last time only. */
  readonly withHistory: Set<string>;
}

const dayMs = 86_400_000;

export function createCrmUser(crm: Crm, { seed, companies, peopleEach, nowAt }: CrmUserOptions): CrmUser {
  const desk: Desk = {
    crm,
    random: createRandom("crm-user", seed),
    nowAt,
    companies: Array.from({ length: companies }, (_, index) => companyIdAt(index)),
    people: Array.from({ length: companies * peopleEach }, (_, index) => personIdAt(index)),
    deals: [],
    deleted: [],
    dated: new Set(),
    withHistory: new Set(),
  };
  return { changeSomething: () => desk.random.weighted(habits)(desk) };
}

type Habit = (desk: Desk) => void;

const habits: readonly [Weighted<Habit>, ...Weighted<Habit>[]] = [
  [changeCompany, 34],
  [changePerson, 34],
  [leaveTrace, 10],
  [movePerson, 6],
  [hirePerson, 3],
  [changeDeal, 5],
  [openDeal, 2],
  [recordCall, 2],
  [deletePerson, 1],
  [restorePerson, 0.7],
  [erasePerson, 0.5],
  [mergePeople, 0.5],
  [mergeCompanies, 0.3],
  [deleteCompany, 0.2],
];

function pick(desk: Desk, list: readonly string[]): string {
  const found = list[desk.random.int(0, list.length - 1)];
  if (found === undefined) throw new Error("the portal has run out of records");
  return found;
}

function take(desk: Desk, list: string[]): string {
  const id = pick(desk, list);
  list.splice(list.indexOf(id), 1);
  return id;
}

const daysAgo = (desk: Desk, most: number) =>
  new Date(desk.nowAt - desk.random.int(1, most) * dayMs - dayMs / 2).toISOString();

function changeCompany(desk: Desk): void {
  const { random } = desk;
  const values = random.pick<Record<string, string>>([
    { numberofemployees: String(random.int(1, 5_000)) },
    { annualrevenue: String(random.int(1, 900) * 100_000) },
    { industry: random.pick(["COMPUTER_SOFTWARE", "RETAIL", "BANKING", "INTERNET", "FOOD_PRODUCTION"]) },
    { country: random.pick(["Spain", "Germany", "United States", "Japan"]) },
    { hs_is_target_account: random.pick(["true", "false"]) },
    { name: `Company ${random.int(1, 1e6)}` },
  ]);
  desk.crm.update("companies", pick(desk, desk.companies), values);
}

function changePerson(desk: Desk): void {
  const { random } = desk;
  const values = random.pick<Record<string, string>>([
    { jobtitle: random.pick(["Chief Technology Officer", "VP Engineering", "Head of Platform", "Analyst", "Intern"]) },
    { hs_buying_role: random.pick(["CHAMPION", "DECISION_MAKER", "CHAMPION;INFLUENCER", "BLOCKER", "END_USER", ""]) },
    { hs_seniority: random.pick(["executive", "vp", "director", "manager", "entry", ""]) },
    { lastname: `Name ${random.int(1, 1e6)}` },
  ]);
  desk.crm.update("contacts", pick(desk, desk.people), values);
}

function leaveTrace(desk: Desk): void {
  const person = pick(desk, desk.people);
  const kind = desk.random.pick([
    "hs_email_last_open_date",
    "hs_email_last_click_date",
    "hs_email_last_reply_date",
    "hs_analytics_last_visit_timestamp",
    "recent_conversion_date",
  ]);
  const at = daysAgo(desk, 80);
  if (desk.dated.has(`${person} ${kind}`)) {
    changePerson(desk);
    return;
  }
  desk.dated.add(`${person} ${kind}`);
  desk.withHistory.add(person);
  const named = kind === "recent_conversion_date" ? { recent_conversion_event_name: "Demo request" } : {};
  desk.crm.update("contacts", person, { ...named, [kind]: at });
}

function movePerson(desk: Desk): void {
  const person = { type: "contacts", id: pick(desk, desk.people) } as const;
  const to = { type: "companies", id: pick(desk, desk.companies) } as const;
  const before = desk.crm.linked(person, "companies");
  if (before.includes(to.id)) {
    changePerson(desk);
    return;
  }
  desk.crm.associate(person, to, true);
  const left = before[0];
  if (left !== undefined && desk.random.chance(0.7)) desk.crm.disassociate(person, { type: "companies", id: left });
}

function hirePerson(desk: Desk): void {
  const company = { type: "companies", id: pick(desk, desk.companies), primary: true } as const;
  desk.people.push(desk.crm.create("contacts", { firstname: "Ana", jobtitle: "VP Operations" }, [company]));
}

function openDeal(desk: Desk): void {
  const values = { dealstage: "contractsent", amount: "1000", createdate: daysAgo(desk, 60) };
  desk.deals.push(desk.crm.create("deals", values, [{ type: "companies", id: pick(desk, desk.companies) }]));
}

function changeDeal(desk: Desk): void {
  if (desk.deals.length === 0) {
    changePerson(desk);
    return;
  }
  const closedate = daysAgo(desk, 20);
  const values = desk.random.pick<Record<string, string>>([
    { amount: String(desk.random.int(1, 900) * 100) },
    { dealstage: "closedwon", closedate },
    { dealstage: "closedlost", closedate },
    { dealstage: "contractsent", closedate: "" },
  ]);
  desk.crm.update("deals", pick(desk, desk.deals), values);
}

function recordCall(desk: Desk): void {
  const person = pick(desk, desk.people);
  desk.withHistory.add(person);
  const values = { hs_call_status: "COMPLETED", hs_timestamp: daysAgo(desk, 80) };
  desk.crm.create("calls", values, [{ type: "contacts", id: person }]);
}

function deletePerson(desk: Desk): void {
  const person = take(desk, desk.people);
  desk.crm.delete("contacts", person);
  desk.deleted.push(person);
}

function restorePerson(desk: Desk): void {
  if (desk.deleted.length === 0) {
    changePerson(desk);
    return;
  }
  const person = take(desk, desk.deleted);
  desk.crm.restore("contacts", person);
  desk.people.push(person);
}

function erasePerson(desk: Desk): void {
  desk.crm.privacyDelete(take(desk, desk.people));
}

function mergePeople(desk: Desk): void {
  const plain = desk.people.filter((id) => !desk.withHistory.has(id));
  if (plain.length < 2) {
    changePerson(desk);
    return;
  }
  const [primary, other] = [take(desk, plain), take(desk, plain)];
  for (const id of [primary, other]) desk.people.splice(desk.people.indexOf(id), 1);
  desk.people.push(desk.crm.merge("contacts", primary, other));
}

function mergeCompanies(desk: Desk): void {
  const [primary, other] = [take(desk, desk.companies), take(desk, desk.companies)];
  desk.companies.push(desk.crm.merge("companies", primary, other));
}

function deleteCompany(desk: Desk): void {
  desk.crm.delete("companies", take(desk, desk.companies));
}
