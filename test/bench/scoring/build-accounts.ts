import { type AccountSnapshot, buyingRoles, type Signal, seniorities } from "@touchstone/shared/account-snapshot.ts";
import { asAccountId, asPersonId, asPortalId } from "@touchstone/shared/ids.ts";
import { signalKinds } from "@touchstone/shared/signal-kinds.ts";

export const benchNow = 1_795_341_600_000;
const dayMs = 86_400_000;
const kinds = Object.keys(signalKinds).filter((kind) => kind !== "email_bounce");
const people = 8;

/** The same accounts for the same seed: 8 people each and as many signals as asked for, over 130 days, sorted as stored. */
export function buildAccounts(count: number, signalsEach: number): AccountSnapshot[] {
  const chance = chanceFrom(20_261_122);
  return Array.from({ length: count }, (_, index) => buildAccount(String(index + 1), signalsEach, chance));
}

type Chance = () => number;
const pick = <Item>(items: readonly Item[], chance: Chance): Item => items[Math.floor(chance() * items.length)] as Item;

/** mulberry32 */
function chanceFrom(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function buildAccount(id: string, signalsEach: number, chance: Chance): AccountSnapshot {
  const amount = (most: number) => (chance() < 0.1 ? null : String(Math.floor(most ** chance())));
  const some = (values: readonly string[]) =>
    values.filter(() => chance() < 0.35).join(";") || pick([null, "other"], chance);
  const signals = Array.from({ length: signalsEach }, (_, at) => buildSignal(id, at, chance));
  const snapshot: AccountSnapshot = {
    portalId: asPortalId(4242),
    accountId: asAccountId(id),
    properties: {
      numberofemployees: amount(50_000),
      annualrevenue: amount(1e10),
      total_money_raised: amount(1e9),
      founded_year: String(1930 + Math.floor(chance() * 97)),
      industry: pick(["COMPUTER_SOFTWARE", "INTERNET", "BANKING", "RETAIL", "FARMING", null], chance),
      country: pick(["United States", "Canada", "Germany", "India", "Chile", null], chance),
      type: pick(["PROSPECT", "OTHER", "PARTNER", null], chance),
      lifecyclestage: pick(["lead", "opportunity", "customer", null], chance),
      web_technologies: some(["google_analytics", "salesforce", "hotjar", "snowflake", "cloudflare"]),
      hs_keywords: some(["security", "analytics", "payments"]),
      hs_is_target_account: pick(["true", "false", null], chance),
    },
    people: Array.from({ length: people }, (_, at) => ({
      id: asPersonId(`${id}0${at}`),
      seniority: pick([...seniorities, null], chance),
      roles: [pick(buyingRoles, chance)],
    })),
    deals: [],
    signals: signals.sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1)),
    judgements: [],
  };
  // As it comes from the database: text of its own, shared with no other account.
  return JSON.parse(JSON.stringify(snapshot));
}

function buildSignal(account: string, at: number, chance: Chance): Signal {
  const kind = pick(kinds, chance);
  const person = chance() < 0.1 ? null : asPersonId(`${account}0${Math.floor(chance() * people)}`);
  return {
    key: `${kind}:${account}:${at}`,
    kind,
    personId: person,
    at: benchNow - Math.floor(chance() * 130 * dayMs),
    source: "workflow",
    strength: chance() < 0.5 ? Math.floor(chance() * 10) : null,
    subject: chance() < 0.5 ? pick(["Security guide", "Price list", "Book a demo"], chance) : null,
    expiresAt: null,
  };
}
