import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { PropertyDefinition } from "../../hubspot-stand-in/standard-properties/define-properties.ts";
import { companyIdAt, plainPortal } from "../support/plain-portal.ts";
import { readResults } from "../support/read-results.ts";
import { reconciled, statusOf } from "../support/reconciled.ts";
import { resizeAll } from "../support/resize-all.ts";
import { startWorld, type World } from "../support/world.ts";

const nowAt = Date.now();
const companies = 30;

describe("property definitions that somebody edits", () => {
  let world: World;
  beforeAll(async () => {
    const seed = plainPortal({ portalId: 4_711_700, companies, peopleEach: 1, nowAt });
    world = await startWorld({ seed, env: { SETTLE_MS: "50" } });
    await world.install();
  });
  afterAll(() => world?.stop());

  const store = () => {
    const portal = world.standIn.portals.get(world.portalId);
    if (!portal) throw new Error("there is no portal");
    return portal.properties;
  };
  const definitionOf = (name: string): PropertyDefinition => {
    const definition = store().find("companies", name);
    if (!definition) throw new Error(`there is no property ${name}`);
    return definition;
  };
  const edit = (name: string, changes: Partial<PropertyDefinition>) =>
    store().put("companies", { ...definitionOf(name), ...changes });

  it("gives an option back that was removed, and writes the rows that need it", async () => {
    const held = world.property(companyIdAt(0), "touchstone_tier");
    const { options } = definitionOf("touchstone_tier");
    edit("touchstone_tier", { options: options.filter(({ value }) => value !== held) });
    world.crm.update("companies", companyIdAt(0), { touchstone_tier: "" });
    await reconciled(world);
    expect(definitionOf("touchstone_tier").options.map(({ value }) => value)).toContain(held);
    await readResults(world.databaseUrl, world, nowAt);
  });

  it("gives a renamed label and a deleted property back, with all its values", async () => {
    const { label } = definitionOf("touchstone_score");
    edit("touchstone_score", { label: "Our favourite number" });
    edit("touchstone_coverage", { archivedAt: Date.now() });
    for (let index = 0; index < companies; index++) {
      const record = world.standIn.portals.get(world.portalId)?.records.find("companies", companyIdAt(index));
      if (record) record.properties.touchstone_coverage = null;
    }
    const status = await reconciled(world);
    expect(definitionOf("touchstone_score").label).toBe(label);
    expect(status.reconcile?.drift.definitions).toBeGreaterThanOrEqual(2);
    await readResults(world.databaseUrl, world, nowAt);
  });

  it("makes an archived group of ours again", async () => {
    store().groups("companies").delete("touchstone");
    await reconciled(world);
    expect(store().groups("companies").get("touchstone")?.label).toBe("Touchstone");
  });

  it("writes all other results when a property has another type, says which one, and goes on when it is deleted", async () => {
    edit("touchstone_reason", { type: "number", fieldType: "number" });
    resizeAll(world.crm, companies, "700");
    world.standIn.requestLog.reset();
    await world.settled();
    const status = await statusOf(world);
    expect(status.notices.join()).toMatch(/Results for "touchstone_reason" cannot be written.*number.*Delete it/);
    expect(status).toMatchObject({ failedWrites: 0, written: companies });
    const writes = world.standIn.requestLog.counts(world.portalId)["POST /crm/objects/2026-09/companies/batch/update"];
    expect(writes).toBeLessThanOrEqual(6);
    expect(world.property(companyIdAt(1), "touchstone_score")).toBe(
      String((await world.view(companyIdAt(1))).priority?.score),
    );
    store().put("companies", { ...definitionOf("touchstone_reason"), type: "string", fieldType: "textarea" });
    const after = await reconciled(world);
    expect(after.notices).toEqual([]);
    await readResults(world.databaseUrl, world, nowAt);
  }, 90_000);

  it("says which property or option that a model reads is gone", async () => {
    await reconciled(world);
    const industry = definitionOf("industry");
    edit("industry", { options: industry.options.filter(({ value }) => value !== "COMPUTER_SOFTWARE") });
    edit("annualrevenue", { archivedAt: Date.now() });
    const { notices } = await reconciled(world);
    expect(notices.join("\n")).toMatch(/"annualrevenue" is not there/);
    expect(notices.join("\n")).toMatch(/"industry" no longer offers .*COMPUTER_SOFTWARE/);
    edit("industry", { options: industry.options });
    store().put("companies", { ...industry, ...store().findArchived("companies", "annualrevenue"), archivedAt: null });
    expect((await reconciled(world)).notices).toEqual([]);
  }, 90_000);
});
