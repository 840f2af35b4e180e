import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { readReconcile, startReconcile } from "../../server/db/reconciles.ts";
import { firstStep } from "../../server/intake/reconcile/steps.ts";
import { askDatabase } from "../support/ask-database.ts";
import { type ClockedWorld, startClockedWorld } from "../support/clocked-world.ts";
import { plainPortal } from "../support/plain-portal.ts";

const nowAt = Date.UTC(2026, 10, 3, 9);
const [changed, deleted, erased, leaver] = ["6000000001", "6000000002", "6000000003", "6000000004"];

describe("People without a company, whom a search finds as they were an hour ago", () => {
  let world: ClockedWorld;
  beforeAll(async () => {
    const seed = plainPortal({ portalId: 4_717, companies: 1, peopleEach: 1, nowAt });
    const base = { type: "contacts", createdAt: nowAt - 1e9, updatedAt: nowAt - 1e9 } as const;
    const strays = [changed, deleted, erased, leaver].map((id) => ({
      ...base,
      id,
      properties: { jobtitle: "Analyst" },
    }));
    world = await startClockedWorld({ ...seed, records: [...seed.records, strays] }, nowAt, { searchLagMs: 3_600_000 });
    // Before the install: no webhook tells of it.
    world.crm.update("contacts", changed, { jobtitle: "CTO" });
    world.crm.delete("contacts", deleted);
    world.crm.privacyDelete(erased);
    await world.install();
    await world.settled();
  });
  afterAll(() => world?.stop());

  it("are kept as they are: none comes back who was deleted or erased, and none with what they were", async () => {
    const rows = await askDatabase<{ id: string; archived: boolean; properties: Record<string, string> }>(
      world.databaseUrl,
      "SELECT object_id AS id, archived, properties FROM crm_records WHERE object_id = ANY($1) ORDER BY object_id",
      [[changed, deleted, erased]],
    );
    expect(rows).toMatchObject([
      { id: changed, archived: false, properties: { jobtitle: "CTO" } },
      { id: deleted, archived: true, properties: {} },
      { id: erased, archived: true, properties: {} },
    ]);
    expect(rows.map(({ properties }) => Object.keys(properties).length > 0)).toEqual([true, false, false]);
  });

  it("cost one request for a hundred of them beside the search", () => {
    const calls = world.standIn.requestLog.counts(world.portalId);
    // The person of the company, and all strays together.
    expect(calls["POST /crm/objects/2026-09/contacts/batch/read"]).toBe(2);
  });
  it("do not come back by the poll when they were erased a moment ago", async () => {
    const { db } = world.server.ctx;
    const portalId = asPortalId(world.portalId);
    const held = () =>
      askDatabase(world.databaseUrl, "SELECT object_id AS id, archived FROM crm_records WHERE object_id = $1", [
        leaver,
      ]);
    expect(await held()).toEqual([{ id: leaver, archived: false }]);
    world.crm.privacyDelete(leaver);
    await world.settled();
    expect(await held()).toEqual([]);
    await startReconcile(db, portalId, { scope: "poll", step: firstStep("poll"), now: world.now() });
    await world.wake("reconcile-portal");
    const isOver = async () => (await readReconcile(db, portalId, "poll"))?.finishedAt !== null;
    await world.until("the poll is over", isOver);
    await world.settled();
    expect(await held()).toEqual([]);
  });
});
