import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readReconcile, startReconcile } from "../../../server/db/reconciles.ts";
import { firstStep } from "../../../server/intake/reconcile/steps.ts";
import { askDatabase } from "../../support/ask-database.ts";
import { personIdAt, plainPortal } from "../../support/plain-portal.ts";
import { createQuietPortal, type QuietPortal } from "../../support/quiet-portal.ts";

const [erased, binned] = [personIdAt(3), personIdAt(5)];

describe("a person who was erased in HubSpot while nobody listened", () => {
  let portal: QuietPortal;
  beforeAll(async () => {
    portal = await createQuietPortal(
      plainPortal({ portalId: 4_712_002, companies: 4, peopleEach: 2, nowAt: Date.now() }),
    );
    portal.crm.privacyDelete(erased);
    portal.crm.delete("contacts", binned);
  }, 30_000);
  afterAll(() => portal?.stop());

  const compare = async () => {
    const run = { scope: "full", step: firstStep("full"), now: portal.ctx.now() } as const;
    await startReconcile(portal.ctx.db, portal.portalId, run);
    await portal.reconcile();
    return (await readReconcile(portal.ctx.db, portal.portalId, "full"))?.drift;
  };
  const rows = (id: string) =>
    askDatabase<{ archived: boolean }>(portal.databaseUrl, `SELECT archived FROM crm_records WHERE object_id = $1`, [
      id,
    ]);
  const tombstones = async () => (await askDatabase(portal.databaseUrl, "SELECT 1 FROM erased_people")).length;

  it("counts for nothing from the first comparison on, like somebody who was deleted", async () => {
    expect(await compare()).toMatchObject({ deleted: 2 });
    for (const id of [erased, binned]) expect(await rows(id)).toEqual([{ archived: true }]);
    expect(await tombstones()).toBe(0);
  }, 30_000);

  it("is erased here too once HubSpot shows nothing for a day, and whoever lies in the recycling bin is not", async () => {
    await askDatabase(portal.databaseUrl, "UPDATE crm_records SET fetched_at = fetched_at - interval '25 hours'");
    expect(await compare()).toEqual({ erased: 1 });
    expect(await rows(erased)).toEqual([]);
    expect(await rows(binned)).toEqual([{ archived: true }]);
    expect(await tombstones()).toBe(1);
    portal.crm.restore("contacts", binned);
    expect(await compare()).toEqual({ created: 1 });
    expect(await rows(binned)).toEqual([{ archived: false }]);
  }, 30_000);
});
