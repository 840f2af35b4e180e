import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { objectTypeOf, propertyNameOf } from "@touchstone/shared/app-objects.ts";
import { asPortalId } from "@touchstone/shared/ids.ts";
import type { PlayView } from "@touchstone/shared/plays-api.ts";
import { sql } from "kysely";
import type { AppObjectType } from "../../../hubspot-stand-in/seed-data.ts";
import { compareMirror } from "../../../server/programme/mirror/compare-mirror.ts";
import { mirrorProgramme } from "../../../server/programme/mirror/mirror-programme.ts";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { giveTier } from "../../support/give-tier.ts";
import { companyIdAt, personIdAt, plainPortal } from "../../support/plain-portal.ts";

const day = 86_400_000;
const startAt = Date.UTC(2026, 10, 3, 9);
const appId = 7_000_001;
const [company, eva] = [companyIdAt(0), personIdAt(0)];
const [tiers, plays, roles] = (["tier", "play", "buying_role"] as const).map(
  (key) => objectTypeOf(appId, key) as AppObjectType,
) as [AppObjectType, AppObjectType, AppObjectType];

const start = () =>
  startClockedWorld(plainPortal({ portalId: 4711, companies: 2, peopleEach: 2, nowAt: startAt }), startAt, {
    appObjects: true,
    switches: { appObjects: true },
  });

const runMirror = (world: ClockedWorld) => mirrorProgramme(world.server.ctx, asPortalId(4711));

describe("The mirror of the programme in HubSpot", () => {
  let world: ClockedWorld;
  beforeAll(async () => {
    world = await start();
    await world.install();
    await giveTier(world, company, "tier_1");
    await give(["champion"]);
  });
  afterAll(() => world.stop());
  beforeEach(() => world.standIn.faults.clear());

  it("has a record for each tier, play and role, linked to its companies and people", async () => {
    const playId = await makePlay("Autumn push");
    await mirrored("the tiers", () => names(tiers, "tier_name").length === 3);
    await mirrored("the place", () => linked(tiers, "Tier 1", "tier_name").includes(company));
    await mirrored("the play", () => names(plays, "play_name").join() === "Autumn push");
    await mirrored("the role", () => linked(roles, "Champion", "role_name").includes(company));
    expect(linked(roles, "Champion", "role_name", "contacts")).toEqual([eva]);
    expect(value(plays, "Autumn push", "play_name", "touchstone_key")).toBe(playId);
    expect(value(plays, "Autumn push", "play_name", "play_status")).toBe("draft");
  });

  it("says when a play was launched in days of the portal's clock", async () => {
    // Half past eleven in UTC is the next day in Madrid.
    const launchedAt = Date.UTC(2026, 10, 3, 23, 30);
    const launch = (status: string, at: number | null) =>
      sql`UPDATE plays SET status = ${status}, launched_at = ${at}`.execute(world.server.ctx.db);
    const launchedOn = () => value(plays, "Autumn push", "play_name", "play_launched_on") || null;
    await launch("running", launchedAt);
    await mirrored("the day", () => launchedOn() !== null);
    expect(launchedOn()).toBe("2026-11-04");
    await launch("draft", null);
    await mirrored("no day", () => launchedOn() === null);
  });

  it("costs no write when nothing changed", async () => {
    await turn();
    const before = writes();
    await turn();
    expect(writes()).toEqual(before);
  });

  it("plans every five minutes, and touches no row that is planned already", async () => {
    const { db } = world.server.ctx;
    const rows = async () =>
      (
        await sql<{ row: string }>`
          SELECT concat_ws(' ', our_key, xmin, xmax, ctid) AS row FROM mirror_records
          UNION ALL SELECT concat_ws(' ', our_key, to_id, xmin, xmax, ctid) FROM mirror_links ORDER BY row`.execute(db)
      ).rows.map(({ row }) => row);
    const plannedAt = async () =>
      (await sql<{ at: number }>`SELECT planned_at AS at FROM mirror_portals`.execute(db)).rows[0]?.at ?? 0;
    const [before, at] = [await rows(), await plannedAt()];
    expect(before.length).toBeGreaterThan(5);
    await runMirror(world);
    expect(await plannedAt()).toBe(at);
    world.step(300_000);
    await runMirror(world);
    expect(await plannedAt()).toBeGreaterThan(at);
    expect(await rows()).toEqual(before);
  });

  it("makes one record when the answer to its making is lost", async () => {
    world.standIn.faults.add({ kind: "resetAfter", path: "/batch/upsert", times: 1 });
    await give(["champion", "blocker"]);
    await mirrored("the blocker", () => names(roles, "role_name").sort().join() === "Blocker,Champion");
    await turn();
    expect(names(roles, "role_name")).toHaveLength(2);
  });

  it("takes over the name that somebody gave a play in HubSpot", async () => {
    await rename("Autumn push", "Autumn offensive");
    world.step(day);
    await mirrored("our name", async () => (await playNames()).includes("Autumn offensive"));
    await turn();
    expect(names(plays, "play_name")).toEqual(["Autumn offensive"]);
  });

  it("keeps our name when both were changed, and ours when theirs is none", async () => {
    await sql`UPDATE plays SET document = jsonb_set(document, '{name}', '"Winter push"')`.execute(world.server.ctx.db);
    await rename("Autumn offensive", "Spring push");
    world.step(day);
    await mirrored("ours", () => names(plays, "play_name").join() === "Winter push");
    await rename("Winter push", "");
    world.step(day);
    await mirrored("ours again", () => names(plays, "play_name").join() === "Winter push");
    expect(await playNames()).toEqual(["Winter push"]);
  });

  it("makes a record again that somebody deleted, with its links", async () => {
    const [tier] = world.crm.find(tiers, { [propertyNameOf(appId, "tier_name")]: "Tier 1" });
    world.crm.delete(tiers, tier?.id ?? "");
    world.step(day);
    await mirrored("the tier", () => linked(tiers, "Tier 1", "tier_name").includes(company));
  });

  it("takes a link away when an account leaves its tier, and a record when its role is taken back", async () => {
    await sql`UPDATE tier_members SET tier = 'tier_2' WHERE account_id = ${company}`.execute(world.server.ctx.db);
    await mirrored("the other tier", () => linked(tiers, "Tier 2", "tier_name").includes(company));
    expect(linked(tiers, "Tier 1", "tier_name")).toEqual([]);
    await give(["champion"]);
    await mirrored("no blocker", () => names(roles, "role_name").join() === "Champion");
  });

  it("goes on with a comparison where it was broken off, and compares no more that day", async () => {
    await turn();
    world.step(day);
    world.standIn.faults.add({ kind: "forbidden", path: `${plays}/batch/read`, times: 1 });
    await expect(compareMirror(world.server.ctx, asPortalId(4711), inAMinute())).rejects.toThrow(/forbids/);
    const before = compared();
    expect(await compareMirror(world.server.ctx, asPortalId(4711), performance.now() - 1)).toBe(false);
    expect(compared()).toEqual(before);
    expect(await compareMirror(world.server.ctx, asPortalId(4711), inAMinute())).toBe(true);
    expect([compared()[tiers], compared()[roles]]).toEqual([before[tiers], (before[roles] ?? 0) + 1]);
    const after = compared();
    await compareMirror(world.server.ctx, asPortalId(4711), inAMinute());
    expect(compared()).toEqual(after);
  });

  it("asks no more for a record that was refused, and forgets it when it is no longer wanted", async () => {
    const { db } = world.server.ctx;
    const key = "0".repeat(32);
    // In the middle of its making, as a lost answer leaves it, and wanted no longer.
    await sql`
      INSERT INTO mirror_records (portal_id, object, our_key, wanted, written)
      VALUES (4711, 'buying_role', ${key}, NULL, '{}')`.execute(db);
    world.standIn.faults.add({ kind: "refuseBatch", path: `${roles}/batch/upsert`, times: 1_000 });
    await mirrored("nothing of it", async () => {
      const { rows } = await sql`SELECT FROM mirror_records WHERE our_key = ${key}`.execute(db);
      return rows.length === 0;
    });
    const before = writes();
    await turn();
    expect(writes()).toEqual(before);
    expect(names(roles, "role_name")).toEqual(["Champion"]);
  });

  it("leaves nothing of a person who was erased", async () => {
    world.crm.privacyDelete(eva);
    await mirrored("no role", () => names(roles, "role_name").length === 0);
    const { rows } = await sql<{ n: number }>`
      SELECT ((SELECT count(*) FROM mirror_links WHERE to_id = ${eva})
        + (SELECT count(*) FROM mirror_records WHERE object = 'buying_role'))::int AS n`.execute(world.server.ctx.db);
    expect(rows[0]?.n).toBe(0);
  });

  const give = (given: string[]) =>
    world.ask(`/api/accounts/${company}/committee/people`, "POST", { personId: eva, roles: given });
  const names = (type: AppObjectType, name: string) =>
    world.crm.find(type, {}).map(({ properties }) => properties[propertyNameOf(appId, name)] ?? "");
  const found = (type: AppObjectType, name: string, label: string) =>
    world.crm.find(type, { [propertyNameOf(appId, label)]: name })[0];
  const value = (type: AppObjectType, name: string, label: string, asked: string) =>
    found(type, name, label)?.properties[propertyNameOf(appId, asked)];
  const linked = (type: AppObjectType, name: string, label: string, to: "companies" | "contacts" = "companies") => {
    const record = found(type, name, label);
    return record ? world.crm.linked({ type, id: record.id }, to) : [];
  };
  const rename = async (from: string, to: string) =>
    world.crm.update(plays, found(plays, from, "play_name")?.id ?? "", { [propertyNameOf(appId, "play_name")]: to });
  const playNames = async () =>
    (await sql<{ name: string }>`SELECT document ->> 'name' AS name FROM plays`.execute(world.server.ctx.db)).rows.map(
      ({ name }) => name,
    );
  const makePlay = async (name: string) => {
    const made = await world.ask("/api/plays", "POST", {
      requestId: "mirrored-1",
      template: "12-week",
      play: { name, tier: "tier_1", handoff: null },
    });
    expect(made.status).toBe(200);
    return ((await made.json()) as PlayView).playId;
  };
  const writes = () =>
    Object.fromEntries(
      Object.entries(world.standIn.requestLog.counts(4711)).filter(([path]) => /upsert|archive|associate/.test(path)),
    );
  const compared = () =>
    Object.fromEntries(
      [tiers, plays, roles].map((type) => [
        type,
        world.standIn.requestLog.counts(4711)[`POST /crm/objects/2026-09/${type}/batch/read`] ?? 0,
      ]),
    );
  const inAMinute = () => performance.now() + 60_000;
  /** A whole turn, begun now, as if it was planned long ago. */
  const turn = async () => {
    await sql`UPDATE mirror_portals SET planned_at = NULL`.execute(world.server.ctx.db);
    await runMirror(world);
  };
  const mirrored = async (what: string, check: () => boolean | Promise<boolean>) => {
    await world.until(what, async () => {
      await turn();
      return check();
    });
  };
});
