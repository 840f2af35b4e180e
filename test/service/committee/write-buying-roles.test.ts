import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { CommitteeSettingsView } from "@touchstone/shared/committee-api.ts";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { readRoleHolders } from "../../../server/db/buying-role-writes.ts";
import { moveMember } from "../../../server/db/move-programme.ts";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { companyIdAt, personIdAt, plainPortal } from "../../support/plain-portal.ts";

const startAt = Date.UTC(2026, 10, 3, 9);
const [company, eva, ben] = [companyIdAt(0), personIdAt(0), personIdAt(1)];
const settingsPath = "/api/committee/settings";

describe("HubSpot's own buying role", () => {
  let world: ClockedWorld;
  beforeAll(async () => {
    world = await startClockedWorld(
      plainPortal({ portalId: 4711, companies: 1, peopleEach: 2, nowAt: startAt }),
      startAt,
    );
    await world.install();
    await world.ask(settingsPath, "POST", { taxonomy: "four-classic" });
  });
  afterAll(() => world.stop());

  it("stays as it is until an admin agrees, and then gets the roles of everybody who was given one", async () => {
    world.crm.update("contacts", eva, { hs_buying_role: "LEGAL_AND_COMPLIANCE" });
    await give(eva, ["economic_buyer"]);
    await world.settled();
    await world.wake("write-buying-roles");
    await world.settled();
    expect(role(eva)).toBe("LEGAL_AND_COMPLIANCE");
    const agreed = (await (
      await world.ask(settingsPath, "POST", { writeRoles: true })
    ).json()) as CommitteeSettingsView;
    expect([agreed.writeRoles, agreed.taxonomy]).toEqual([true, "four-classic"]);
    await world.until("both roles", () => role(eva) === "LEGAL_AND_COMPLIANCE;DECISION_MAKER");
  });

  it("follows what is given, keeps what other people set, and is not written when nothing changed", async () => {
    await give(ben, ["user_champion"]);
    await world.until("two words for one role", () => role(ben) === "CHAMPION;END_USER");
    world.crm.update("contacts", ben, { hs_buying_role: "CHAMPION;END_USER;BLOCKER" });
    await give(ben, []);
    await world.until("only theirs", () => role(ben) === "BLOCKER");
    await give(ben, ["influencer"]);
    await world.until("both", () => role(ben) === "BLOCKER;INFLUENCER");
    await quiet();
    const before = writes();
    await give(ben, ["influencer"]);
    await world.wake("write-buying-roles");
    await quiet();
    expect(writes()).toBe(before);
  });

  it("reaches our own mirror although HubSpot's word of it is dropped", async () => {
    const mirrored = async () =>
      (
        await sql<{ role: string }>`
          SELECT properties ->> 'hs_buying_role' AS role FROM crm_records WHERE object_id = ${ben}`.execute(
          world.server.ctx.db,
        )
      ).rows[0]?.role;
    await world.until("the mirror", async () => (await mirrored()) === "BLOCKER;INFLUENCER");
  });

  it("keeps its words when the answer to a write is lost, and knows them for ours", async () => {
    world.standIn.faults.add({ kind: "resetAfter", path: "/contacts/batch/update", times: 1 });
    await give(eva, ["economic_buyer", "influencer"]);
    await world.until("written", () => role(eva) === "LEGAL_AND_COMPLIANCE;DECISION_MAKER;INFLUENCER");
    await give(eva, []);
    await world.until("ours are gone", () => role(eva) === "LEGAL_AND_COMPLIANCE");
  });

  it("is asked for no more of people whom HubSpot does not have, or has under another id", async () => {
    const { db } = world.server.ctx;
    await sql`
      INSERT INTO buying_role_writes (portal_id, person_id, done, ours)
      VALUES (4711, '990', '{CHAMPION}', '{CHAMPION}'), (4711, '991', '{BLOCKER}', '{}')`.execute(db);
    await sql`
      INSERT INTO crm_records (portal_id, object_type, object_id, properties, archived, read_no)
      VALUES (4711, 'contacts', '990', '{}', true, 1)`.execute(db);
    const holders = await readRoleHolders(db, asPortalId(4711), "", 100);
    expect(holders.map(({ personId }) => personId).sort()).toEqual([eva, ben].sort());
  });

  it("is known for ours under the id that somebody was merged into", async () => {
    const { db } = world.server.ctx;
    const rows = async (ids: string[]) =>
      (
        await sql<{ id: string; done: string[]; ours: string[] }>`
          SELECT person_id AS id, done, ours FROM buying_role_writes WHERE person_id = ANY(${ids}::text[])
          ORDER BY person_id`.execute(db)
      ).rows;
    const move = (from: string, to: string) =>
      db.transaction().execute((trx) => moveMember(trx, asPortalId(4711), from, to));
    await move("990", "992");
    expect(await rows(["990", "992"])).toEqual([{ id: "992", done: ["CHAMPION"], ours: ["CHAMPION"] }]);
    await move("992", "991");
    expect(await rows(["991", "992"])).toEqual([{ id: "991", done: ["BLOCKER", "CHAMPION"], ours: ["CHAMPION"] }]);
  });

  it("is left alone when the admin takes it back", async () => {
    await world.ask(settingsPath, "POST", { writeRoles: false });
    await give(ben, []);
    await world.wake("write-buying-roles");
    await quiet();
    expect(role(ben)).toBe("BLOCKER;INFLUENCER");
    expect((await world.ask(settingsPath, "POST", {})).status).toBe(400);
  });

  const give = (personId: string, roles: string[]) =>
    world.ask(`/api/accounts/${company}/committee/people`, "POST", { personId, roles });
  const role = (id: string) => world.crm.get("contacts", id)?.properties.hs_buying_role ?? null;
  const writes = () => world.standIn.requestLog.counts(4711)["POST /crm/objects/2026-09/contacts/batch/update"] ?? 0;
  /** Until nothing is to be read, scored, told or written. */
  const quiet = async () => {
    await world.settled();
    await world.until("nothing is due", async () => {
      const { rows } = await sql<{ n: number }>`
        SELECT (SELECT count(*) FROM programme_due WHERE due_at <= ${world.now()})::int
          + (SELECT count(*) FROM person_outputs WHERE output IS DISTINCT FROM written)::int AS n`.execute(
        world.server.ctx.db,
      );
      return rows[0]?.n === 0;
    });
  };
});
