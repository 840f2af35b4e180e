import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ScoreView } from "@touchstone/shared/card-api.ts";
import type { PublishedTiersView, TiersView } from "@touchstone/shared/tiers-api.ts";
import type { ObjectType, SeedData, SeedRecord } from "../../hubspot-stand-in/seed-data.ts";
import { loadTemplate } from "../../server/scoring/load-template.ts";
import { type ClockedWorld, startClockedWorld } from "../support/clocked-world.ts";
import { companyIdAt, personIdAt, plainPortal } from "../support/plain-portal.ts";

/** Sums and places that the guides work out by hand, for accounts of the stand-in, asked for and answered as a card does. */
const startAt = Date.UTC(2026, 10, 3, 9);
const dayMs = 86_400_000;
const peopleEach = 12;
const [warm, best, below, above] = [companyIdAt(0), companyIdAt(1), companyIdAt(2), companyIdAt(3)];
/** All of one score: the one with more fit, two by name, two of one name. */
const equals = [4, 5, 6, 7, 8].map(companyIdAt);
const personOf = (company: number, index: number) => personIdAt(company * peopleEach + index);
const daysAgo = (days: number) => new Date(startAt - days * dayMs).toISOString();

describe("A worked case of the guides", () => {
  let world: ClockedWorld;
  beforeAll(async () => {
    world = await startClockedWorld(seed(), startAt);
    await world.install();
  });
  afterAll(() => world?.stop());

  it("T14: of equal scores the better fit is in first, then the earlier name, then the smaller id, in every pass", async () => {
    const entry = { match: "all", conditions: [{ kind: "score", from: 60 }] };
    await publishTiers((tier, place) => ({ ...tier, entry, cap: [3, 1, 200][place] ?? null }));
    await publish("playbook-100", () => [
      ranges("fit", "numberofemployees", 40),
      ranges("intent", "annualrevenue", 35),
      ranges("engagement", "founded_year", 25),
    ]);
    const [, anna, berta, ...same] = equals;
    const [first] = same.toSorted();
    await world.until("four have a place", () => equals.filter((id) => tierOf(id) !== "tier_3").length === 4);
    await world.settled();
    const holders = (tier: string) => equals.filter((id) => tierOf(id) === tier);
    expect(equals.map((id) => world.property(id, "touchstone_score"))).toEqual(equals.map(() => "60"));
    expect([holders("tier_1"), holders("tier_2")]).toEqual([[equals[0], anna, berta], [first]]);
    const before = await tiers();
    world.step(2 * 3_600_000);
    world.crm.update("companies", equals[0] ?? "", { phone: "+34 600 000 001" });
    await world.wake("assign-tiers");
    await world.settled();
    expect((await tiers()).tiers).toEqual(before.tiers);
    expect([holders("tier_1"), holders("tier_2")]).toEqual([[equals[0], anna, berta], [first]]);
  });

  it("T15: engagement 50 %, fit 100 % and intent 0 % make a health of 50, in HubSpot and on the card", async () => {
    const { criteria } = await publish("health-40-30-30");
    for (const { key, rungs } of criteria.filter((one) => one.kind === "judged"))
      await judge(warm, key, key === "implementation" ? "open" : (rungs[0]?.key ?? ""));
    const research = { touchstone_topic_research: "none", touchstone_competitor_research: "none" };
    world.crm.update("companies", warm, { ...research, name: "Warm" });
    const score = await scored(warm, 50);
    expect(score.axes.map((axis) => [axis.key, (100 * axis.score) / axis.max])).toEqual([
      ["engagement", 50],
      ["fit", 100],
      ["intent", 0],
    ]);
    expect([score.band?.key, sumOf(score)]).toEqual(["warming", 50]);
  });

  it("T16: full fit and full intent are 100 each on two axes, of exactly these parts", async () => {
    const { criteria } = await publish("two-axis-100");
    for (const { key, rungs } of criteria.filter((one) => one.kind === "judged"))
      await judge(best, key, rungs[0]?.key ?? "");
    const feeds = ["search_activity", "topic_research", "social_engagement", "industry_events"];
    const high = Object.fromEntries(feeds.map((feed) => [`touchstone_${feed}`, "high"]));
    world.crm.update("companies", best, { ...high, name: "Best" });
    const parts = ({ lines }: ScoreView, axis: string) =>
      lines.flatMap((line) => (line.axis === axis ? line.points : []));
    const score = await scored(best, 200);
    expect(parts(score, "fit")).toEqual([15, 10, 10, 5, 15, 10, 5, 15, 10, 5]);
    expect(parts(score, "intent")).toEqual([15, 15, 10, 20, 10, 5, 15, 10]);
    expect([score.axes.map((axis) => axis.score), score.band?.key]).toEqual([[100, 100], "act"]);
  });

  it("T18: behind the gate of all three axes, 90 / 90 / 69 is not for Tier 1, and 90 / 90 / 70 is", async () => {
    await publish("all-three-gate", (axes) =>
      axes.map((axis) => ({
        key: axis,
        axis,
        label: axis,
        source: "ours",
        kind: "judged",
        question: "How high?",
        rungs: [100, 90, 70, 69].map((points) => ({ key: `p${points}`, label: `${points}`, points })),
      })),
    );
    const entry = { match: "all", conditions: [{ kind: "band", bands: ["eligible"] }] };
    await publishTiers((tier, place) => (place < 2 ? { ...tier, entry, cap: 25 } : tier));
    for (const [company, last] of [
      [below, "p69"],
      [above, "p70"],
    ] as const) {
      await judge(company, "fit", "p90");
      await judge(company, "intent", "p90");
      await judge(company, "relationship", last);
    }
    await scored(below, 249);
    await scored(above, 250);
    await placed(above, "tier_1");
    expect([bandOf(below), bandOf(above)]).toEqual(["not_eligible", "eligible"]);
    expect(["tier_1", "tier_2"]).not.toContain(tierOf(below));
  });

  const bandOf = (id: string) => world.property(id, "touchstone_tier");
  const tierOf = (id: string) => world.property(id, "touchstone_programme_tier") ?? "";
  const sumOf = ({ lines, rounding }: ScoreView) => lines.reduce((sum, line) => sum + line.points, rounding);
  const judge = (id: string, criterion: string, rung: string) =>
    post(`/api/accounts/${id}/judgements`, { criterion, rung });
  const tiers = async () => (await (await world.ask("/api/tiers")).json()) as TiersView;
  const placed = (id: string, tier: string) => world.until(`${id} in ${tier}`, () => tierOf(id) === tier);

  /** A template, or its axes with other criteria. */
  async function publish(key: string, criteriaOf?: (axes: readonly string[]) => readonly object[]) {
    const template = loadTemplate(key);
    if (!template) throw new Error(`there is no template ${key}`);
    const criteria = criteriaOf?.(template.axes.map((axis) => axis.key)) ?? template.criteria;
    const gates = template.gates.filter(({ conditions }) => conditions.every((one) => !("criterion" in one)));
    const model = criteriaOf ? { ...template, criteria, gates, actions: [] } : template;
    await post("/api/models/publish", { model: { ...model, key: `${key}-case` } });
    await world.until(`all scored by ${key}`, () =>
      [warm, best, below, above].every((id) => world.property(id, "touchstone_model")?.includes(`${key}-case`)),
    );
    await world.settled();
    return { criteria: template.criteria.map((one) => ({ ...one, rungs: "rungs" in one ? one.rungs : [] })) };
  }

  async function publishTiers(change: (tier: TiersView["programme"]["tiers"][number], place: number) => object) {
    const { programme } = await tiers();
    const own = { ...programme, tiers: programme.tiers.map(change) };
    return (await post("/api/tiers/programme", { programme: own })) as PublishedTiersView;
  }

  /** Waits until card and HubSpot show the score and nothing of the model is unknown; returns what the card says. */
  async function scored(id: string, score: number): Promise<ScoreView> {
    const shown = async () => (await world.view(id)).priority;
    await world.until(`${id} has ${score} points, all known`, async () => {
      const now = await shown();
      return now?.score === score && now.coveragePercent === 100;
    });
    await world.until("HubSpot shows them", () => world.property(id, "touchstone_score") === String(score));
    const priority = await shown();
    if (!priority) throw new Error(`the card shows no score of ${id}`);
    return priority;
  }

  async function post(path: string, body: object): Promise<unknown> {
    const answer = await world.ask(path, "POST", body);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }
});

/** Points of an axis are the number in a property. */
const ranges = (axis: string, property: string, most: number) => ({
  key: axis,
  axis,
  label: axis,
  source: "ours",
  kind: "property-ranges",
  property,
  rungs: [...new Set([most, 25, 20, 15])].map(rung),
  otherwise: { label: "another", points: 0 },
});
const rung = (points: number, index: number) => ({
  key: `r${index}`,
  label: `${points}`,
  points,
  ranges: [{ from: points, to: points + 0.5 }],
});

const fitting = {
  industry: "COMPUTER_SOFTWARE",
  numberofemployees: "500",
  annualrevenue: "50000000",
  country: "United States",
  hs_ideal_customer_profile: "tier_1",
};
const equal = (name: string, fit: number, intent: number) => ({
  name,
  industry: "COMPUTER_SOFTWARE",
  founded_year: "20",
  numberofemployees: String(fit),
  annualrevenue: String(intent),
});
const visit = (days: number) => ({
  hs_analytics_num_page_views: "4",
  hs_analytics_num_visits: "1",
  hs_analytics_last_visit_timestamp: daysAgo(days),
});
const form = (name: string, days: number) => ({
  recent_conversion_event_name: name,
  recent_conversion_date: daysAgo(days),
});

function seed(): SeedData {
  const plain = plainPortal({ portalId: 4711, companies: 9, peopleEach, nowAt: startAt });
  const own: Record<string, Record<string, string>> = {
    [warm]: fitting,
    [best]: fitting,
    [companyIdAt(4)]: equal("Zoe", 25, 15),
    [companyIdAt(5)]: equal("Anna", 20, 20),
    [companyIdAt(6)]: equal("Berta", 20, 20),
    [companyIdAt(7)]: equal("Cleo", 20, 20),
    [companyIdAt(8)]: equal("Cleo", 20, 20),
  };
  for (const company of [0, 1]) {
    own[personOf(company, 0)] = { hs_buying_role: "DECISION_MAKER", hs_seniority: "executive" };
    own[personOf(company, 1)] = { hs_buying_role: "LEGAL_AND_COMPLIANCE", hs_seniority: "vp" };
  }
  // Twelve days on which somebody opened a mail: steady, and nothing more.
  for (let index = 0; index < peopleEach; index++)
    own[personOf(0, index)] = { ...own[personOf(0, index)], hs_email_last_open_date: daysAgo(index + 1) };
  const forms = [form("Demo request", 5), form("Content download: Price list", 6), {}];
  for (const [index, conversion] of forms.entries())
    own[personOf(1, index)] = { ...own[personOf(1, index)], ...visit(index + 1), ...conversion };
  const records = [...plain.records].flatMap((batch) =>
    [...batch].map((record) => ({ ...record, properties: { ...record.properties, ...own[record.id] } })),
  );
  return { ...plain, records: [[...records, meetingWith(best)]] };
}

function meetingWith(id: string): SeedRecord {
  const at = daysAgo(2);
  const properties = { hs_timestamp: at, hs_meeting_start_time: at, hs_meeting_outcome: "COMPLETED" };
  const links = [{ type: "companies" as ObjectType, id }];
  return {
    type: "meetings",
    id: "6000000001",
    properties,
    links,
    createdAt: startAt - dayMs,
    updatedAt: startAt - dayMs,
  };
}
