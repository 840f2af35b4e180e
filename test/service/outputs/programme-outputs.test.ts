import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { companyIdAt, personIdAt, plainPortal } from "../../support/plain-portal.ts";

const dayMs = 86_400_000;
const startAt = Date.UTC(2026, 10, 3, 9);
const [company, eva, ben] = [companyIdAt(0), personIdAt(0), personIdAt(1)];

describe("What the programme writes to HubSpot", () => {
  let world: ClockedWorld;
  beforeAll(async () => {
    world = await startClockedWorld(
      plainPortal({ portalId: 4711, companies: 2, peopleEach: 2, nowAt: startAt }),
      startAt,
    );
    await world.install();
  });
  afterAll(() => world.stop());

  it("is the account's stage with its day, and level and roles of each person, once there is something to say", async () => {
    expect([stage(), level(eva), roles(eva)]).toEqual([null, null, null]);
    world.crm.update("contacts", eva, { hs_buying_role: "BUDGET_HOLDER;CHAMPION", hs_email_last_open_date: iso() });
    await world.until("interest", () => stage() === "interest");
    await world.until("level 1", () => level(eva) === "1");
    expect(company_("touchstone_stage_since")).toBe("2026-11-03");
    expect(roles(eva)).toBe("economic_buyer;champion");
    expect([level(ben), roles(ben)]).toEqual([null, null]);
  });

  it("is the day on the portal's clock, not on ours", async () => {
    // Half past eleven in UTC is the next day in Madrid.
    world.step(Date.UTC(2026, 10, 3, 23, 30) - world.now());
    world.crm.update("contacts", personIdAt(2), { hs_email_last_open_date: iso() });
    const other = () => world.crm.get("companies", companyIdAt(1))?.properties;
    await world.until("interest", () => other()?.touchstone_stage === "interest");
    expect(other()?.touchstone_stage_since).toBe("2026-11-04");
  });

  it("joins what was said in Touchstone to what HubSpot says, and takes it back", async () => {
    const said = (given: string[]) =>
      world.ask(`/api/accounts/${company}/committee/people`, "POST", { personId: eva, roles: given });
    expect((await said(["blocker"])).status).toBe(200);
    await world.until("the blocker", () => roles(eva) === "economic_buyer;champion;blocker");
    await said([]);
    await world.until("no blocker", () => roles(eva) === "economic_buyer;champion");
  });

  it("costs no request when a score is made again and nothing is another", async () => {
    const before = writes();
    world.crm.update("companies", company, { phone: "+34 611 111 111", numberofemployees: "31" });
    world.crm.update("contacts", ben, { jobtitle: "Analyst of data" });
    await world.until("the accounts are looked at", async () => (await due(world.now())) === 0 && (await read(ben)));
    expect(writes()).toBe(before);
  });

  it("falls back by time alone, when the last signal has left the window", async () => {
    world.step(181 * dayMs);
    await world.until("no level", () => level(eva) === null);
    expect(stage()).toBe("interest");
    world.step(185 * dayMs);
    await world.until("no stage", () => stage() === null);
  });

  it("is put right at night when somebody changed it by hand", async () => {
    world.crm.update("contacts", eva, { touchstone_committee_roles: "influencer" });
    world.step(2 * dayMs);
    await world.until("our roles", () => roles(eva) === "economic_buyer;champion");
  });

  it("is cleared when a person leaves the company, and forgotten when they are erased", async () => {
    world.crm.disassociate({ type: "contacts", id: eva }, { type: "companies", id: company });
    await world.until("no roles", () => roles(eva) === null);
    world.crm.update("contacts", ben, { hs_buying_role: "BLOCKER" });
    await world.until("a blocker", () => roles(ben) === "blocker");
    world.crm.privacyDelete(ben);
    await world.until("nothing of him", async () => (await rowsOf(ben)) === 0);
  });

  const iso = () => new Date(world.now()).toISOString();
  const company_ = (name: string) => world.crm.get("companies", company)?.properties[name] || null;
  const person = (id: string, name: string) => world.crm.get("contacts", id)?.properties[name] || null;
  const stage = () => company_("touchstone_stage");
  const level = (id: string) => person(id, "touchstone_person_level");
  const roles = (id: string) => person(id, "touchstone_committee_roles");
  const writes = () => world.standIn.requestLog.counts(4711)["POST /crm/objects/2026-09/contacts/batch/update"] ?? 0;
  const count = async (query: ReturnType<typeof sql<{ n: number }>>) =>
    (await query.execute(world.server.ctx.db)).rows[0]?.n ?? 0;
  const due = (now: number) => count(sql`SELECT count(*)::int AS n FROM programme_due WHERE due_at <= ${now}`);
  const rowsOf = (id: string) => count(sql`SELECT count(*)::int AS n FROM person_outputs WHERE person_id = ${id}`);
  const read = async (id: string) =>
    (await count(sql`
      SELECT count(*)::int AS n FROM crm_records WHERE object_id = ${id} AND properties ->> 'jobtitle' = 'Analyst of data'`)) >
    0;
});
