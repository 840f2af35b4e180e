import {
  type AccountSnapshot,
  buyingRoles,
  type Judgement,
  type Signal,
  type SnapshotPerson,
  seniorities,
} from "@touchstone/shared/account-snapshot.ts";
import { asAccountId, asPersonId } from "@touchstone/shared/ids.ts";
import { signalKinds } from "@touchstone/shared/signal-kinds.ts";
import { buildJudgement, buildPerson, buildSignal, buildSnapshot, day, now } from "./build-snapshot.ts";

const industries = ["COMPUTER_SOFTWARE", "banking", "RETAIL", "FARMING", "Internet ", "", null];
const countries = ["United States", "usa", "Germany", "SINGAPORE", "Atlantis", null];
const answers: Readonly<Record<string, readonly string[]>> = {
  business_model: ["ideal", "compatible", "incompatible"],
  technology_maturity: ["early_adopter", "moderate", "laggard"],
  change_capability: ["strong", "resistant", "no such rung"],
  decision_speed: ["fast", "slow"],
  meeting_quality: ["strategic", "none"],
  follow_through: ["responsive", "basic"],
};
const kinds = [...Object.keys(signalKinds), "our_own_kind"];
const subjects = ["Security guide", "ROI calculator", "Price list", null];

/** A chance that is the same on every machine and in every version of every library (mulberry32). */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function buildAccount(index: number): AccountSnapshot {
  const chance = chanceFrom(index + 1);
  const below = (count: number): number => Math.floor(chance() * count);
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  const people = Array.from({ length: index % 7 }, (_, at) => somebody(String(at + 1), chance, pick));
  const signals = Array.from({ length: [0, 3, 12, 30, 60][index % 5] ?? 0 }, (_, at) => something(at, chance, pick));
  const burst = index % 11 === 3 ? [0, 1, 2, 3, 4, 5].map((at) => opened(at)) : [];
  const twice = index % 4 === 1 ? signals.slice(0, 5) : [];
  return buildSnapshot({
    accountId: asAccountId(String(2000 + index)),
    properties: {
      industry: pick(industries),
      numberofemployees: pick(["12", "48", "199", "640", "2500", "60000", "about 50", null]),
      annualrevenue: pick(["900000", "7000000", "25000000", "3e9", null]),
      country: pick(countries),
      ...(index % 3 === 0 ? { touchstone_topic_research: pick(["high surge", "55", "none", "odd"]) } : {}),
      ...(index % 13 === 6 ? { type: "VENDOR" } : { type: pick(["PROSPECT", null]) }),
    },
    people,
    signals: index % 3 === 2 ? [...signals, ...burst, ...twice] : inOrder([...signals, ...burst]),
    judgements: Object.entries(answers).flatMap(([criterion, rungs]) => judged(criterion, pick(rungs), chance)),
  });
}

function somebody(id: string, chance: () => number, pick: <Item>(items: readonly Item[]) => Item): SnapshotPerson {
  const roles = Array.from({ length: Math.floor(chance() * 3) }, () => pick(buyingRoles));
  return buildPerson(id, { seniority: chance() < 0.2 ? null : pick(seniorities), roles: [...new Set(roles)] });
}

function something(at: number, chance: () => number, pick: <Item>(items: readonly Item[]) => Item): Signal {
  const person = chance() < 0.15 ? null : pick(["1", "2", "3", "4", "9"]);
  const expires = chance() < 0.1 ? now + Math.round((chance() - 0.4) * 40 * day) : null;
  return buildSignal(pick(kinds), person, chance() ** 2 * 120 - 1, {
    key: `signal ${at}`,
    strength: chance() < 0.5 ? Math.floor(chance() * 100) : null,
    subject: pick(subjects),
    expiresAt: expires,
  });
}

const opened = (at: number): Signal =>
  buildSignal("email_open", "1", 2, { key: `burst ${at}`, at: now - 2 * day + at * 1500, personId: asPersonId("1") });

function judged(criterion: string, rung: string, chance: () => number): Judgement[] {
  if (chance() < 0.5) return [];
  const expiresAt = chance() < 0.3 ? now + Math.round((chance() - 0.3) * 60 * day) : null;
  const answer = buildJudgement(criterion, rung, { at: now - Math.round(chance() * 90 * day), expiresAt });
  return chance() < 0.2 ? [answer, { ...answer, rung: "fast", at: now + day }] : [answer];
}

/** As a stored snapshot lists them: by time, then key. */
function inOrder(signals: readonly Signal[]): Signal[] {
  return [...signals].sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
}

/** Sixty accounts with what real ones have: gaps, strangers, blockers, bursts, repeats, things to come and expired. */
export const goldenAccounts: readonly AccountSnapshot[] = Array.from({ length: 60 }, (_, index) => buildAccount(index));
