import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { apiVersion } from "../../hubspot-stand-in/api-version.ts";
import { needs } from "../../server/db/inbox.ts";
import { readReconcile, startReconcile } from "../../server/db/reconciles.ts";
import { markStale } from "../../server/db/stale-records.ts";
import { firstStep } from "../../server/intake/reconcile/steps.ts";
import { everything } from "../../server/intake/record-properties.ts";
import { refreshRecords } from "../../server/intake/refresh-records.ts";
import { askDatabase } from "../support/ask-database.ts";
import { type ClockedWorld, startClockedWorld } from "../support/clocked-world.ts";
import { companyIdAt, personIdAt, plainPortal } from "../support/plain-portal.ts";
import { createQuietPortal, type QuietPortal } from "../support/quiet-portal.ts";

const links = (from: string, to: string) => `/crm/associations/${apiVersion}/${from}/${to}/batch/read`;
const [here, there] = [companyIdAt(0), companyIdAt(1)];
const [bad, good] = [personIdAt(0), personIdAt(1)];

const companiesOf = async (databaseUrl: string, personId: string) =>
  (
    await askDatabase<{ id: string }>(
      databaseUrl,
      "SELECT to_id AS id FROM crm_links WHERE from_type = 'contacts' AND from_id = $1 ORDER BY to_id",
      [personId],
    )
  ).map(({ id }) => id);

/** As HubSpot may tell it: by name, or only by their number. */
const ways = [{ countOnly: false }, { countOnly: true }];

describe("A company whose people HubSpot cannot tell while everything is being read", () => {
  let world: ClockedWorld;
  const nowAt = Date.UTC(2026, 10, 3, 9);
  afterEach(() => world?.stop());

  it.each(ways)("holds up no other, and has them once HubSpot can ($countOnly)", async ({ countOnly }) => {
    // More than come with a page of companies.
    const peopleEach = 101;
    world = await startClockedWorld(plainPortal({ portalId: 4_715, companies: 2, peopleEach, nowAt }), nowAt);
    const fault = { kind: "partialFailure", path: links("companies", "contacts"), ids: [here], countOnly } as const;
    world.standIn.faults.add({ ...fault, times: 1_000 });
    const installed = world.install();
    const of = (person: number) => companiesOf(world.databaseUrl, personIdAt(person));
    await world.until("the other has its people", async () => (await of(peopleEach)).length > 0);
    expect([await of(0), await of(peopleEach)]).toEqual([[], [there]]);
    world.standIn.faults.clear();
    await installed;
    await world.settled();
    expect([await of(0), await of(peopleEach - 1)]).toEqual([[here], [here]]);
  });
});

describe("A record whose links HubSpot cannot tell", () => {
  let portal: QuietPortal;
  beforeAll(async () => {
    portal = await createQuietPortal(plainPortal({ portalId: 4_716, companies: 2, peopleEach: 2, nowAt: Date.now() }));
  });
  afterAll(() => portal?.stop());
  afterEach(async () => {
    portal.standIn.faults.clear();
    await portal.work();
  });

  const of = (personId: string) => companiesOf(portal.databaseUrl, personId);
  const link = (ids: readonly string[]) => {
    for (const id of ids) portal.crm.associate({ type: "contacts", id }, { type: "companies", id: there });
  };
  const unlink = (ids: readonly string[]) => {
    for (const id of ids) portal.crm.disassociate({ type: "contacts", id }, { type: "companies", id: there });
  };
  const mark = (objectType: string, ids: readonly string[], need: number) =>
    markStale(
      portal.ctx.db,
      portal.portalId,
      ids.map((objectId) => ({ objectType, objectId, needs: need })),
    );
  const waiting = () =>
    askDatabase<{ id: string; needs: number; attempts: number }>(
      portal.databaseUrl,
      "SELECT object_id AS id, needs, attempts FROM stale_records ORDER BY object_id",
    );
  const compare = async (scope: "poll" | "full") => {
    const { ctx, portalId } = portal;
    await startReconcile(ctx.db, portalId, { scope, step: firstStep(scope), now: ctx.now() });
    await portal.compare();
    return (await readReconcile(ctx.db, portalId, scope))?.drift;
  };

  it.each(ways)("keeps those that are known, and is asked for again ($countOnly)", async ({ countOnly }) => {
    link([bad, good]);
    portal.standIn.faults.add({ kind: "partialFailure", path: links("contacts", "companies"), ids: [bad], countOnly });
    await mark("contacts", [bad, good], everything);
    await refreshRecords(portal.ctx, portal.portalId);
    expect([await of(bad), await of(good)]).toEqual([[here], [here, there]]);
    expect(await waiting()).toEqual([{ id: bad, needs: everything, attempts: 1 }]);
    await portal.work();
    expect(await of(bad)).toEqual([here, there]);
    unlink([bad, good]);
    await mark("contacts", [bad, good], everything);
  });

  it.each(ways)("holds up no comparison, and is read after it ($countOnly)", async ({ countOnly }) => {
    for (const id of [bad, good]) portal.crm.update("contacts", id, { jobtitle: `Head of ${countOnly}` });
    link([bad, good]);
    const fault = { kind: "partialFailure", path: links("contacts", "companies"), ids: [bad], countOnly } as const;
    portal.standIn.faults.add({ ...fault, times: 100 });
    expect(await compare("poll")).toEqual({ changed: 2 });
    expect([await of(bad), await of(good)]).toEqual([[here], [here, there]]);
    expect(await waiting()).toEqual([{ id: bad, needs: everything | needs.mergeTrace, attempts: 0 }]);
    portal.standIn.faults.clear();
    await portal.work();
    expect(await of(bad)).toEqual([here, there]);
    unlink([bad, good]);
    await mark("contacts", [bad, good], everything);
  });

  it.each(ways)("that is a company is passed over by the night, and waits ($countOnly)", async ({ countOnly }) => {
    const fault = { kind: "partialFailure", path: links("companies", "contacts"), ids: [here], countOnly } as const;
    portal.standIn.faults.add({ ...fault, times: 100 });
    expect(await compare("full")).toEqual({});
    expect(await waiting()).toEqual([{ id: here, needs: needs.neighbours, attempts: 0 }]);
  });

  it.each(ways)("has its neighbours read once HubSpot can tell them ($countOnly)", async ({ countOnly }) => {
    link([bad]);
    portal.standIn.faults.add({
      kind: "partialFailure",
      path: links("companies", "contacts"),
      ids: [there],
      countOnly,
    });
    await mark("companies", [there, here], needs.neighbours);
    await refreshRecords(portal.ctx, portal.portalId);
    expect(await waiting()).toEqual([{ id: there, needs: needs.neighbours, attempts: 1 }]);
    await portal.work();
    expect(await of(bad)).toEqual([here, there]);
    unlink([bad]);
    await mark("contacts", [bad], everything);
  });
});
