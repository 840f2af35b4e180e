import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { apiVersion } from "../../hubspot-stand-in/api-version.ts";
import { readReconcile, startReconcile } from "../../server/db/reconciles.ts";
import { firstStep } from "../../server/intake/reconcile/steps.ts";
import { askDatabase } from "../support/ask-database.ts";
import { type ClockedWorld, startClockedWorld } from "../support/clocked-world.ts";
import { personIdAt, plainPortal } from "../support/plain-portal.ts";
import { createQuietPortal, type QuietPortal } from "../support/quiet-portal.ts";

const path = `/crm/objects/${apiVersion}/contacts/batch/read`;
const nowAt = Date.UTC(2026, 10, 3, 9);
const [bad, good] = [personIdAt(0), personIdAt(1)];

const held = (databaseUrl: string) =>
  askDatabase<{ id: string; archived: boolean; title: string }>(
    databaseUrl,
    `SELECT object_id AS id, archived, properties ->> 'jobtitle' AS title FROM crm_records
     WHERE object_type = 'contacts' ORDER BY object_id`,
  );

describe("A person whom HubSpot could not read", () => {
  describe("while everything is being read", () => {
    let world: ClockedWorld;
    beforeAll(async () => {
      world = await startClockedWorld(plainPortal({ portalId: 4_713, companies: 1, peopleEach: 2, nowAt }), nowAt);
    });
    afterAll(() => world?.stop());

    it("is read a little later, and not taken for deleted", async () => {
      world.standIn.faults.add({ kind: "partialFailure", path, ids: [bad] });
      await world.install();
      await world.settled();
      expect(world.standIn.faults.met()).toEqual({ partialFailure: 1 });
      expect((await held(world.databaseUrl)).map(({ id, archived }) => [id, archived])).toEqual([
        [bad, false],
        [good, false],
      ]);
    });
  });

  describe("while the mirror is compared", () => {
    let portal: QuietPortal;
    beforeAll(async () => {
      portal = await createQuietPortal(
        plainPortal({ portalId: 4_714, companies: 1, peopleEach: 2, nowAt: Date.now() }),
      );
    });
    afterAll(() => portal?.stop());

    it("waits to be read again, and the comparison goes on to its end with the others", async () => {
      const { ctx, portalId, crm, standIn } = portal;
      for (const id of [bad, good]) crm.update("contacts", id, { jobtitle: "Head of Tests" });
      standIn.faults.add({ kind: "partialFailure", path, ids: [bad], times: 100 });
      await startReconcile(ctx.db, portalId, { scope: "poll", step: firstStep("poll"), now: ctx.now() });
      await portal.compare();
      expect((await readReconcile(ctx.db, portalId, "poll"))?.drift).toEqual({ changed: 1 });
      const waiting = await ctx.db.selectFrom("stale_records").select(["object_id", "priority"]).execute();
      expect(waiting).toEqual([{ object_id: bad, priority: 2 }]);
      standIn.faults.clear();
      await portal.work();
      expect(await held(portal.databaseUrl)).toEqual(
        [bad, good].map((id) => ({ id, archived: false, title: "Head of Tests" })),
      );
    });
  });
});
