import { describe, expect, it } from "@jest/globals";
import { objectTypeOf } from "@touchstone/shared/app-objects.ts";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { AppObjectType } from "../../../hubspot-stand-in/seed-data.ts";
import { mirrorProgramme } from "../../../server/programme/mirror/mirror-programme.ts";
import { type ClockedWorld, startClockedWorld } from "../../support/clocked-world.ts";
import { companyIdAt, plainPortal } from "../../support/plain-portal.ts";

const day = 86_400_000;
const startAt = Date.UTC(2026, 10, 3, 9);
const other = companyIdAt(1);
const tiers = objectTypeOf(7_000_001, "tier") as AppObjectType;

const start = (granted: boolean) =>
  startClockedWorld(plainPortal({ portalId: 4711, companies: 2, peopleEach: 2, nowAt: startAt }), startAt, {
    appObjects: true,
    switches: { appObjects: granted },
  });

const runMirror = (world: ClockedWorld) => mirrorProgramme(world.server.ctx, asPortalId(4711));

describe("Without the names of the app objects", () => {
  it("everything goes on, HubSpot is asked once a day, and the portal gets them when it has them", async () => {
    const world = await start(false);
    try {
      await world.install();
      await runMirror(world);
      const asked = () => world.standIn.requestLog.counts(4711)[`GET /crm/objects/2026-09/${tiers}`] ?? 0;
      expect(asked()).toBe(1);
      await runMirror(world);
      expect(asked()).toBe(1);
      expect((await world.view(other)).state).not.toBe("unknown");
      world.standIn.switches.appObjects = true;
      world.step(3_600_001);
      await runMirror(world);
      expect(asked()).toBe(1);
      world.step(day);
      await runMirror(world);
      expect(world.crm.find(tiers, {})).toHaveLength(3);
    } finally {
      await world.stop();
    }
  });
});

describe("App objects that were ours to use", () => {
  it.each(["forbidden", "not granted"])(
    "and are %s now are left alone for a day, and all else goes on",
    async (how) => {
      const world = await start(true);
      const { db } = world.server.ctx;
      const state = async () =>
        (
          await sql<{
            available: boolean;
            reason: string | null;
          }>`SELECT available, reason FROM mirror_portals`.execute(db)
        ).rows[0];
      const asked = () =>
        Object.entries(world.standIn.requestLog.counts(4711))
          .filter(([path]) => path.includes(tiers))
          .reduce((sum, [, n]) => sum + n, 0);
      try {
        await world.install();
        await runMirror(world);
        expect(await state()).toEqual({ available: true, reason: null });
        await sql`UPDATE mirror_records SET wanted = '{}', written = NULL`.execute(db);
        if (how === "forbidden") world.standIn.faults.add({ kind: "forbidden", path: "/batch/upsert", times: 1_000 });
        else world.standIn.switches.appObjects = false;
        await runMirror(world);
        expect(await state()).toEqual({ available: false, reason: expect.stringMatching(/HubSpot/) });
        const before = asked();
        await runMirror(world);
        expect(asked()).toBe(before);
        const { rows } = await sql`
        SELECT FROM request_budgets WHERE kind = 'general' AND paused_until > ${world.now()}`.execute(db);
        expect(rows).toEqual([]);
        world.standIn.faults.clear();
        world.standIn.switches.appObjects = true;
        world.step(day);
        await runMirror(world);
        expect(await state()).toEqual({ available: true, reason: null });
        expect(world.crm.find(tiers, {})).toHaveLength(3);
      } finally {
        await world.stop();
      }
    },
    60_000,
  );
});
