import { type AccountSnapshot, buyingRoles, seniorities } from "@touchstone/shared/account-snapshot.ts";
import { asPersonId } from "@touchstone/shared/ids.ts";
import type { ScoringModel } from "@touchstone/shared/model-shape.ts";
import { signalKinds } from "@touchstone/shared/signal-kinds.ts";
import fc from "fast-check";
import { buildSnapshot, day, now } from "./build-snapshot.ts";
import { goldenModels } from "./golden-rows.ts";

const people = ["1", "2", "3", "4"];
const times = fc.integer({ min: now - 100 * day, max: now + 5 * day });
const laterOrNever = fc.option(fc.integer({ min: now - 20 * day, max: now + 40 * day }));
const judged = ["business_model", "technology_maturity", "decision_speed"];
const rungs = ["ideal", "moderate", "fast", "slow", "early_adopter", "nonsense"];

/** Small accounts with everything that can go wrong: unknown values, strangers, future and expired facts, bursts. */
export const snapshots: fc.Arbitrary<AccountSnapshot> = fc
  .record({
    properties: fc.record({
      industry: fc.constantFrom(null, "", "COMPUTER_SOFTWARE", "banking", "FARMING"),
      numberofemployees: fc.constantFrom(null, "15", "640", "about 50"),
      annualrevenue: fc.constantFrom(null, "7000000"),
      country: fc.constantFrom(null, "USA", " germany "),
      touchstone_topic_research: fc.constantFrom(null, "high", "55"),
      touchstone_revenue_potential: fc.constantFrom(null, "30000", "2000000"),
      hs_is_target_account: fc.constantFrom(null, "true", "false"),
      hubspot_owner_id: fc.constantFrom(null, "77"),
      hs_ideal_customer_profile: fc.constantFrom(null, "tier_2"),
      type: fc.constantFrom(null, "PROSPECT", "VENDOR"),
    }),
    people: fc.uniqueArray(
      fc.record({
        id: fc.constantFrom(...people).map(asPersonId),
        seniority: fc.option(fc.constantFrom(...seniorities)),
        roles: fc.uniqueArray(fc.constantFrom(...buyingRoles), { maxLength: 2 }),
      }),
      { selector: (person) => person.id, maxLength: 4 },
    ),
    signals: fc.uniqueArray(
      fc.record({
        key: fc.nat({ max: 9999 }).map(String),
        kind: fc.constantFrom(...Object.keys(signalKinds)),
        personId: fc.option(fc.constantFrom(...people, "9").map(asPersonId)),
        at: fc.oneof(times, fc.integer({ min: now - 3000, max: now })),
        source: fc.constant("email"),
        strength: fc.option(fc.nat({ max: 100 })),
        subject: fc.option(fc.constantFrom("guide", "calculator")),
        expiresAt: laterOrNever,
      }),
      { selector: (signal) => signal.key, maxLength: 25 },
    ),
    judgements: fc.array(
      fc.record({
        criterion: fc.constantFrom(...judged),
        rung: fc.constantFrom(...rungs),
        by: fc.constantFrom("77", "78"),
        at: times,
        expiresAt: laterOrNever,
      }),
      { maxLength: 5 },
    ),
  })
  .map(buildSnapshot);

/** Every template, and two of them with half-lives, which no template has by default. */
export const models: readonly ScoringModel[] = Object.values(goldenModels);
