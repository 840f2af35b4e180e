import { describe, expect, it } from "@jest/globals";
import type { Signal } from "@touchstone/shared/account-snapshot.ts";
import { accountSnapshotSchema } from "@touchstone/shared/account-snapshot-schema.ts";
import { asAccountId, asPersonId, asPortalId } from "@touchstone/shared/ids.ts";
import fc from "fast-check";
import { type AccountFacts, toSnapshot } from "../../../server/accounts/to-snapshot.ts";
import { signalsOf } from "../../../server/intake/signals-of.ts";

const facts = (parts: Partial<AccountFacts> = {}): AccountFacts => ({
  portalId: asPortalId(4242),
  accountId: asAccountId("1001"),
  company: {},
  people: new Map(),
  deals: new Map(),
  signals: [],
  mostSignals: { ofKind: 3, inAll: 5 },
  judgements: [],
  ...parts,
});

describe("a snapshot", () => {
  it("holds nothing by which a person or the company could be named", () => {
    const person = { firstname: "Ana", lastname: "Ruiz", jobtitle: "CTO of Needle", email: "ana@needle.example" };
    const snapshot = toSnapshot(
      facts({
        company: { name: "Needle Ltd", domain: "needle.example", hs_object_id: "1001", industry: "COMPUTER_SOFTWARE" },
        people: new Map([["501", person]]),
      }),
    );
    expect(snapshot.properties).toEqual({ industry: "COMPUTER_SOFTWARE" });
    expect(snapshot.people).toEqual([{ id: "501", seniority: "c_level", roles: [] }]);
    expect(JSON.stringify(snapshot)).not.toMatch(/Ana|Ruiz|needle/i);
  });

  it.each([
    [{ hs_is_closed_won: "true", hs_is_closed: "true" }, "won"],
    [{ hs_is_closed: "true", hs_is_closed_won: "false" }, "lost"],
    [{ hs_is_closed: "false" }, "open"],
    [{ dealstage: "closedwon" }, "won"],
    [{ dealstage: "closedlost" }, "lost"],
    [{ dealstage: "123456" }, "open"],
    [{}, "open"],
  ])("takes a deal with %j for %s", (deal, state) => {
    expect(toSnapshot(facts({ deals: new Map([["9", deal]]) })).deals).toMatchObject([{ id: "9", state }]);
  });

  it.each([
    ["5000", null, 5_000],
    ["5000", "4500.5", 4_500.5],
    ["5000", "", 5_000],
    [null, null, null],
    ["a lot", null, null],
    ["1e999", null, null],
  ])("reads the amount %j, %j at home, as %j", (amount, amount_in_home_currency, read) => {
    const deals = new Map([["9", { amount, amount_in_home_currency }]]);
    expect(toSnapshot(facts({ deals })).deals[0]?.amount).toBe(read);
  });

  it("reads times of deals in every form that HubSpot sends", () => {
    const deals = new Map([["9", { createdate: "2026-11-20T09:30:00Z", closedate: "1795167000000" }]]);
    expect(toSnapshot(facts({ deals })).deals[0]).toMatchObject({
      createdAt: 1_795_167_000_000,
      closedAt: 1_795_167_000_000,
    });
  });
});

const id = fc.integer({ min: 1, max: 30 }).map(String);
const value = fc.oneof(
  fc.constant(null),
  fc.string({ unit: "binary", maxLength: 50 }),
  fc.constantFrom(
    "2026-11-20T09:30:00Z",
    "2026-11-20",
    "1795167000000",
    "0",
    "1900-01-01",
    "9999-12-31",
    "+275760-09-13T00:00:00Z",
    "true",
  ),
  fc.double().map(String),
);
/** Some of the named properties, each with any value: a portal need not have them all. */
const propertiesOf = (...names: string[]) =>
  fc
    .subarray(names)
    .chain((some) => fc.tuple(...some.map((name) => fc.tuple(fc.constant(name), value))))
    .map((entries): Record<string, string | null> => Object.fromEntries(entries));
const contact = propertiesOf(
  "jobtitle",
  "hs_seniority",
  "hs_buying_role",
  "hs_email_last_open_date",
  "recent_conversion_date",
  "recent_conversion_event_name",
  "hs_analytics_last_visit_timestamp",
  "hs_analytics_last_url",
  "hs_analytics_num_page_views",
  "hs_analytics_num_visits",
);
const deal = propertiesOf("dealstage", "amount", "amount_in_home_currency", "createdate", "closedate", "hs_is_closed");
const anyFacts = fc
  .record({
    company: propertiesOf("name", "industry", "numberofemployees"),
    people: fc.dictionary(id, contact),
    deals: fc.dictionary(id, deal),
  })
  .map(({ company, people, deals }) => {
    const signals = Object.entries(people).flatMap(([objectId, properties]): Signal[] =>
      signalsOf({ objectType: "contacts", objectId, properties: { ...properties }, links: [] }).map(
        ({ key, kind, personId, at, source, strength, subject, expiresAt }) => ({
          key,
          kind,
          personId,
          at,
          source,
          strength,
          subject,
          expiresAt,
        }),
      ),
    );
    const byKey = [...new Map(signals.map((signal) => [signal.key, signal])).values()];
    return { company, people: Object.entries(people), deals: Object.entries(deals), signals: byKey };
  });

describe("whatever the CRM holds", () => {
  it("a snapshot is one that npm run score reads", () => {
    fc.assert(
      fc.property(anyFacts, ({ company, people, deals, signals }) => {
        const snapshot = toSnapshot(facts({ company, people: new Map(people), deals: new Map(deals), signals }));
        const stored: unknown = JSON.parse(JSON.stringify(snapshot));
        expect(accountSnapshotSchema.safeParse(stored).error?.issues ?? []).toEqual([]);
        expect(stored).toEqual(snapshot);
      }),
      { numRuns: 300 },
    );
  });

  it("the same facts in another order are the same bytes", () => {
    const shuffled = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length });
    const pair = anyFacts.chain((given) =>
      fc
        .record({ people: shuffled(given.people), deals: shuffled(given.deals), signals: shuffled(given.signals) })
        .map(
          (other) =>
            [given, { ...other, company: Object.fromEntries(Object.entries(given.company).reverse()) }] as const,
        ),
    );
    const judgements = ["a", "b"].map((criterion) => ({ criterion, rung: "x", by: "1", at: 1, expiresAt: null }));
    fc.assert(
      fc.property(pair, (both) => {
        const [one, other] = both.map((given, index) =>
          JSON.stringify(
            toSnapshot(
              facts({
                ...given,
                people: new Map(given.people),
                deals: new Map(given.deals),
                judgements: index === 0 ? judgements : judgements.toReversed(),
              }),
            ),
          ),
        );
        expect(other).toBe(one);
      }),
      { numRuns: 200 },
    );
  });

  it("the lists that it was made from are left as they were", () => {
    const signals = [2, 1].map((at) => ({
      key: String(at),
      at,
      kind: "email_open",
      personId: asPersonId("1"),
      source: "email",
      strength: null,
      subject: null,
      expiresAt: null,
    }));
    toSnapshot(facts({ signals }));
    expect(signals.map((signal) => signal.at)).toEqual([2, 1]);
  });
});
