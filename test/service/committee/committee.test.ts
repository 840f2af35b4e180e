import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { AccountView } from "@touchstone/shared/card-api.ts";
import type { CommitteePersonView, CommitteeView } from "@touchstone/shared/committee-api.ts";
import { sql } from "kysely";
import type { SeedData } from "../../../hubspot-stand-in/seed-data.ts";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { giveTier } from "../../support/give-tier.ts";
import { companyIdAt, personIdAt, plainPortal } from "../../support/plain-portal.ts";

const startAt = Date.UTC(2026, 10, 3, 9);
const peopleEach = 5;
/** Of tier 1, of tier 2, and one like all others. */
const [first, second, third] = [companyIdAt(0), companyIdAt(1), companyIdAt(2)];
const personOf = (company: number, index: number) => personIdAt(company * peopleEach + index);

describe("The buying committee", () => {
  let world: ClockedWorld;
  beforeAll(async () => {
    world = await startClockedWorld(seed(), startAt);
    await world.install();
    await giveTier(world, first, "tier_1");
    await giveTier(world, second, "tier_2");
  });
  afterAll(() => world.stop());

  it("counts persons in three of four required roles as 75 % and names the one that is missing (T27)", async () => {
    await choose("four-classic");
    await map(third, personOf(2, 0), { roles: ["economic_buyer"] });
    await map(third, personOf(2, 1), { roles: ["technical_evaluator"] });
    const view = await map(third, personOf(2, 2), { roles: ["user_champion"] });
    expect(view.coverage).toEqual({ covered: 3, required: 4, missing: ["Influencer"] });
  });

  it("turns the S3 role of user or champion into champion and end user, and back into itself (T28)", async () => {
    await choose("six-with-blocker");
    const six = person(await committee(third), personOf(2, 2));
    expect(six.roles.map((role) => role.key)).toEqual(["champion", "end_user"]);
    expect(six.canonicalRoles).toEqual(["champion", "end_user"]);
    await choose("four-classic");
    expect(person(await committee(third), personOf(2, 2)).roles.map((role) => role.key)).toEqual(["user_champion"]);
  });

  it("counts the four roles by function, with what was given under other names (row 71)", async () => {
    await choose("four-functional");
    const before = await committee(third);
    expect(before.roles.map(({ key, required, covered }) => [key, required, covered])).toEqual([
      ["executive_stakeholder", true, true],
      ["functional_champion", true, true],
      ["technical_buyer", true, true],
      ["influencer", true, false],
    ]);
    expect(before.coverage).toEqual({ covered: 3, required: 4, missing: ["Influencer"] });
    await choose("four-classic");
  });

  it("counts eight groups of an enterprise, in which one approver stands for finance and procurement (row 74)", async () => {
    await choose("six-with-blocker");
    await map(third, personOf(2, 3), { roles: ["approver"] });
    await choose("eight-enterprise");
    const { roles, coverage } = await committee(third);
    expect(roles.filter(({ covered }) => covered).map(({ key }) => key)).toEqual([
      "economic_decision_maker",
      "technical_evaluator",
      "finance",
      "procurement",
      "user",
      "champion",
    ]);
    expect(coverage).toEqual({ covered: 6, required: 8, missing: ["Functional owner", "Influencer"] });
    await choose("four-classic");
  });

  it("says beside each of the six roles what the person worries about, and beside the person too (row 76)", async () => {
    await choose("six-with-blocker");
    const { roles, people } = await committee(third);
    expect(roles.map(({ key, caresAbout }) => [key, caresAbout])).toEqual([
      ["economic_buyer", "Return, cost of ownership, a vendor that stays"],
      ["champion", "Efficiency and proof"],
      ["end_user", "Ease and integration"],
      ["blocker", "Security, compliance, privacy"],
      ["influencer", "Productivity; is trusted by the others"],
      ["approver", "Contract and service levels"],
    ]);
    const buyer = people.find((one) => one.personId === personOf(2, 0));
    expect(buyer?.roles.map(({ caresAbout }) => caresAbout)).toEqual([
      "Return, cost of ownership, a vendor that stays",
    ]);
    await choose("four-classic");
  });

  it("does not count a role that is known by title in tier 1, and counts it in tier 2 (T29)", async () => {
    const place = { role: "influencer", depth: "title", named: "Head of Analytics" };
    const inFirst = await post<CommitteeView>(`/api/accounts/${first}/committee/places`, place);
    expect([inFirst.depth, role(inFirst, "influencer").covered]).toEqual(["person", false]);
    const inSecond = await post<CommitteeView>(`/api/accounts/${second}/committee/places`, place);
    expect([inSecond.depth, role(inSecond, "influencer")]).toEqual([
      "title",
      expect.objectContaining({ covered: true, by: ["Head of Analytics"] }),
    ]);
    const taken = await post<CommitteeView>(`/api/accounts/${second}/committee/places`, { ...place, named: "" });
    expect(role(taken, "influencer").covered).toBe(false);
  });

  it("reads HubSpot's buying role, suggests one from a title with its reason, and never takes it for a fact", async () => {
    const view = await committee(second);
    expect(person(view, personOf(1, 0))).toMatchObject({
      rolesFrom: ["crm"],
      canonicalRoles: ["economic_buyer"],
      suggestions: [],
    });
    expect(person(view, personOf(1, 1))).toMatchObject({
      roles: [],
      suggestions: [{ role: "technical_evaluator", reason: "Suggested by the title: the title is technical." }],
    });
    expect(role(view, "technical_evaluator").covered).toBe(false);
  });

  it("warns of a blocker, of people who are gone, and of an account that hangs by one person", async () => {
    const view = await committee(second);
    expect(view.warnings).toEqual([
      "Single thread: This is a top account, and 0 people are engaged.",
      "Blocker: Bo Block. Never adds points.",
      "Cannot be reached any more: Gus Gone.",
    ]);
    world.crm.create("deals", { dealname: "x", dealstage: "qualifiedtobuy" }, [
      { type: "companies", id: third, primary: true },
    ]);
    await world.settled();
    expect((await committee(third)).warnings).toEqual(["Single thread: A deal is open, and 0 people are engaged."]);
  });

  it("gives a blocker's five opens no readiness points, and names the blocker (T30)", async () => {
    const readiness = async () => (await world.view(second)).readiness;
    const opensOf = async () => (await readiness())?.lines.find((line) => line.criterion === "opens");
    for (let daysAgo = 5; daysAgo > 0; daysAgo--) {
      const at = new Date(world.now() - daysAgo * 86_400_000).toISOString();
      world.crm.update("contacts", personOf(1, 2), { hs_email_last_open_date: at });
      const seen = 6 - daysAgo;
      await world.until(`open ${seen}`, async () => (await opensOf())?.evidence.length === seen);
    }
    expect(await opensOf()).toMatchObject({ points: 0, state: "zero" });
    expect((await readiness())?.score).toBe(0);
    expect((await world.view(second)).risks.join()).toContain("Bo Block");
  });

  it("tells a person's level from what they did, and 5 from what somebody says (row 109)", async () => {
    const id = personOf(0, 0);
    const at = new Date(world.now()).toISOString();
    const levelNow = async () => person(await committee(first), id).level;
    expect(await levelNow()).toBe(0);
    world.crm.update("contacts", id, { hs_email_last_open_date: at });
    await world.until("level 1", async () => (await levelNow()) === 1);
    world.crm.update("contacts", id, { hs_email_last_reply_date: at });
    await world.until("level 3", async () => (await levelNow()) === 3);
    world.crm.update("contacts", id, { recent_conversion_event_name: "Demo request", recent_conversion_date: at });
    await world.until("level 4", async () => (await levelNow()) === 4);
    expect(person(await map(first, id, { advocating: true, influence: 4, sentiment: -1 }), id)).toMatchObject({
      level: 5,
      influence: 4,
      sentiment: -1,
    });
  });

  it("scores an account again when a role is given, so that the committee's points follow", async () => {
    const reach = async () => {
      const answer = await world.ask(`/api/accounts/${first}`);
      const view = (await answer.json()) as AccountView;
      return view.priority?.lines.find((line) => line.criterion === "committee_reach")?.points ?? null;
    };
    const before = await reach();
    await map(first, personOf(0, 0), { roles: ["economic_buyer"] });
    await world.until("more points for reach", async () => ((await reach()) ?? 0) > (before ?? 0));
  });

  it("refuses roles of another taxonomy, people of other companies and figures out of range", async () => {
    const cases = [
      [400, { personId: personOf(0, 0), roles: ["blocker"] }],
      [400, { personId: personOf(0, 0), influence: 6 }],
      [404, { personId: personOf(1, 0), roles: ["influencer"] }],
    ] as const;
    for (const [status, body] of cases) {
      const answer = await world.ask(`/api/accounts/${first}/committee/people`, "POST", body);
      expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining("Nothing was changed.")]);
    }
  });

  it("keeps what was said when companies are merged, and nothing of a person who is erased", async () => {
    const [kept, erased] = [personOf(2, 0), personOf(2, 1)];
    const merged = world.crm.merge("companies", second, third);
    await world.until("the people came along", async () => {
      const { people } = await committee(merged);
      return people.length === 10 && people.some((one) => one.personId === kept && one.roles.length > 0);
    });
    world.crm.privacyDelete(erased);
    await world.until("the person is gone", async () => (await committee(merged)).people.length === 9);
    // A reading that was under way finds them missing a moment before the erasure comes.
    await world.until("nothing of them is left", async () => {
      const { rows } = await sql`SELECT FROM committee_members WHERE person_id = ${erased}`.execute(
        world.server.ctx.db,
      );
      return rows.length === 0;
    });
  });

  const committee = async (id: string) =>
    (await (await world.ask(`/api/accounts/${id}/committee`)).json()) as CommitteeView;
  const choose = (taxonomy: string) => post("/api/committee/settings", { taxonomy });
  const map = (companyId: string, personId: string, part: object) =>
    post<CommitteeView>(`/api/accounts/${companyId}/committee/people`, { personId, ...part });

  async function post<T = object>(path: string, body: object): Promise<T> {
    const answer = await world.ask(path, "POST", body);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }
});

function person(view: CommitteeView, id: string): CommitteePersonView {
  const found = view.people.find((one) => one.personId === id);
  if (!found) throw new Error(`there is no person ${id}`);
  return found;
}

function role(view: CommitteeView, key: string) {
  const found = view.roles.find((one) => one.key === key);
  if (!found) throw new Error(`there is no role ${key}`);
  return found;
}

function seed(): SeedData {
  const plain = plainPortal({ portalId: 4711, companies: 3, peopleEach, nowAt: startAt });
  const own: Record<string, Record<string, string>> = {
    [personOf(1, 0)]: { firstname: "Deb", lastname: "Maker", hs_buying_role: "DECISION_MAKER" },
    [personOf(1, 1)]: { firstname: "Tia", lastname: "Tech", jobtitle: "Solutions Architect" },
    [personOf(1, 2)]: { firstname: "Bo", lastname: "Block", hs_buying_role: "BLOCKER" },
    [personOf(1, 3)]: { firstname: "Gus", lastname: "Gone", hs_email_bounce: "1" },
  };
  const records = [...plain.records].map((batch) =>
    [...batch].map((record) => ({ ...record, properties: { ...record.properties, ...own[record.id] } })),
  );
  return { ...plain, records };
}
