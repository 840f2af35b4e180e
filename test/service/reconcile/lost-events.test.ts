import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type Reconcile, readReconcile, startReconcile } from "../../../server/db/reconciles.ts";
import { firstStep } from "../../../server/intake/reconcile/steps.ts";
import { askDatabase } from "../../support/ask-database.ts";
import { companyIdAt, personIdAt, plainPortal } from "../../support/plain-portal.ts";
import { createQuietPortal, type QuietPortal } from "../../support/quiet-portal.ts";

const companies = 500;
const peopleEach = 3;

async function compare(portal: QuietPortal, scope: Reconcile["scope"] = "full"): Promise<Reconcile> {
  const { db } = portal.ctx;
  await startReconcile(db, portal.portalId, { scope, step: firstStep(scope), now: portal.ctx.now() });
  portal.standIn.requestLog.reset();
  await portal.reconcile();
  const run = await readReconcile(db, portal.portalId, scope);
  if (!run) throw new Error("there was no comparison");
  return run;
}

const held = async (portal: QuietPortal, type: string, id: string) => {
  const [row] = await askDatabase<{ properties: Record<string, string>; archived: boolean; into: string | null }>(
    portal.databaseUrl,
    `SELECT properties, archived, merged_into AS into FROM crm_records WHERE object_type = $1 AND object_id = $2`,
    [type, id],
  );
  return row;
};

describe("F16 events that were lost for good", () => {
  let portal: QuietPortal;
  beforeAll(async () => {
    const seed = plainPortal({ portalId: 4_712_001, companies, peopleEach, nowAt: Date.now() });
    portal = await createQuietPortal(seed);
  });
  afterAll(() => portal?.stop());

  it("F16 of 1,000 changes are all found, for requests by the hundred and not by the change", async () => {
    for (let index = 0; index < 1_000; index++)
      portal.crm.update("contacts", personIdAt(index), { jobtitle: `Head of Number ${index}` });
    const run = await compare(portal);
    expect(run.drift).toEqual({ changed: 1_000 });
    for (const index of [0, 499, 999])
      expect((await held(portal, "contacts", personIdAt(index)))?.properties.jobtitle).toBe(`Head of Number ${index}`);
    const calls = portal.standIn.requestLog.counts(portal.portalId);
    process.stdout.write(`F16: ${JSON.stringify(calls)}\n`);
    const searches = calls["POST /crm/objects/2026-09/contacts/search"] ?? 0;
    const reads = calls["POST /crm/objects/2026-09/contacts/batch/read"] ?? 0;
    // All 1,500 people changed in the last two hours as far as a search knows; 200 a page.
    expect(searches).toBeLessThanOrEqual(9);
    // The changed ones by the hundred, and every one once more in the slow pass.
    expect(reads).toBeLessThanOrEqual(10 + (companies * peopleEach) / 100 + 6);
  });

  it("are not found twice: what is right already is neither read again by the poll nor counted", async () => {
    const run = await compare(portal, "poll");
    expect(run.drift).toEqual({});
    expect(Object.keys(portal.standIn.requestLog.counts(portal.portalId)).join()).not.toContain("batch/read");
  });

  it("counters that HubSpot changes without a word are found by the poll", async () => {
    const at = new Date().toISOString();
    portal.crm.updateSilently("contacts", personIdAt(7), { hs_email_last_open_date: at });
    expect((await compare(portal, "poll")).drift).toEqual({ changed: 1 });
    expect((await held(portal, "contacts", personIdAt(7)))?.properties.hs_email_last_open_date).toBe(at);
  });

  it("a result that somebody changed by hand is written again", async () => {
    const id = companyIdAt(3);
    const before = portal.crm.get("companies", id)?.properties.touchstone_score;
    portal.crm.update("companies", id, { touchstone_score: "99", touchstone_tier: "tier_1" });
    expect((await compare(portal, "poll")).drift).toEqual({ outputs: 1 });
    expect(portal.crm.get("companies", id)?.properties.touchstone_score).toBe(before);
  });

  it("deleted, restored, created and moved records are found, and merged ones lead to the new one", async () => {
    const [gone, mover] = [personIdAt(30), personIdAt(40)];
    portal.crm.delete("contacts", gone);
    portal.crm.delete("companies", companyIdAt(20));
    portal.crm.create("contacts", { jobtitle: "CTO" }, [{ type: "companies", id: companyIdAt(0), primary: true }]);
    portal.crm.disassociate({ type: "contacts", id: mover }, { type: "companies", id: companyIdAt(13) });
    portal.crm.associate({ type: "contacts", id: mover }, { type: "companies", id: companyIdAt(14) }, true);
    const merged = portal.crm.merge("companies", companyIdAt(50), companyIdAt(51));
    const person = portal.crm.merge("contacts", personIdAt(90), personIdAt(91));
    const run = await compare(portal);
    expect(run.drift).toMatchObject({ created: 3, deleted: 2, merged: 4 });
    expect((await held(portal, "contacts", gone))?.archived).toBe(true);
    expect((await held(portal, "companies", companyIdAt(20)))?.archived).toBe(true);
    for (const old of [50, 51]) expect((await held(portal, "companies", companyIdAt(old)))?.into).toBe(merged);
    for (const old of [90, 91]) expect((await held(portal, "contacts", personIdAt(old)))?.into).toBe(person);
    const links = await askDatabase<{ to: string }>(
      portal.databaseUrl,
      `SELECT to_id AS to FROM crm_links WHERE from_type = 'contacts' AND from_id = $1`,
      [mover],
    );
    expect(links).toEqual([{ to: companyIdAt(14) }]);
    portal.crm.restore("contacts", gone);
    expect((await compare(portal)).drift).toMatchObject({ created: 1 });
    expect((await held(portal, "contacts", gone))?.archived).toBe(false);
  });
});
