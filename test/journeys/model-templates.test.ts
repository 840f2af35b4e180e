import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ModelRequest, PublishedModelView } from "@touchstone/shared/models-api.ts";
import type { ScoringModel } from "@touchstone/shared/scoring-model.ts";
import { demoPortal } from "../../hubspot-stand-in/seed/demo-portal.ts";
import { loadTemplate } from "../../server/scoring/load-template.ts";
import { startWorld, type World } from "../support/world.ts";

const seed = demoPortal({ nowAt: Date.now(), companies: 30, contacts: 120 });
/** Who allows the app at the stand-in is its first user, and only they may publish. */
const installer = { userId: seed.owners[0]?.userId ?? 0, email: "admin@example.com" };
const propertyOf = { priority: "touchstone_tier", readiness: "touchstone_readiness_band" } as const;

describe("each template, published in a portal", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ seed, env: { SETTLE_MS: "100" } });
    await world.install();
  });
  afterAll(() => world?.stop());
  const definition = (name: string) => world.standIn.portals.get(world.portalId)?.properties.find("companies", name);
  const companies = () => world.crm.find("companies", {});

  async function publish(model: ScoringModel): Promise<PublishedModelView> {
    const body: ModelRequest = { model };
    const answer = await world.standIn.hubspotFetch(world.portalId, installer, {
      url: `${world.appUrl}/api/models/publish`,
      method: "POST",
      body: { ...body },
    });
    expect([answer.status, answer.ok ? "" : await answer.text()]).toEqual([200, ""]);
    const view = (await answer.json()) as PublishedModelView;
    const isScored = (id: string) =>
      world.property(id, "touchstone_model")?.includes(`${view.key} v${view.version}`) ?? false;
    await world.until(`every company scored by ${view.key}`, () => companies().every(({ id }) => isScored(id)));
    await world.settled();
    return view;
  }

  it.each([
    "two-axis-100",
    "health-40-30-30",
    "all-three-gate",
    "value-rank",
    "checklist-8",
    "readiness-10-fit-point",
    "readiness-10",
    "playbook-100",
  ])("%s: every company holds one of its bands, which HubSpot shows by its label", async (key) => {
    const model = template(key);
    const name = propertyOf[model.purpose];
    const before = new Set(definition(name)?.options.map(({ value }) => value));
    const { properties } = await publish(model);
    const bands = model.bands.map((band) => band.key);
    const added = bands.filter((band) => !before.has(band));
    const ofBands = properties.newOptions.filter((one) => one.name === name);
    expect(ofBands).toEqual(added.length > 0 ? [{ name, values: added }] : []);
    expect(properties.problems).toEqual([]);
    const options = new Map(definition(name)?.options.map((option) => [option.value, option.label]));
    for (const band of model.bands) if (added.includes(band.key)) expect(options.get(band.key)).toBe(band.label);
    for (const { properties: held } of companies()) {
      const isExcluded = held.touchstone_tier === "excluded";
      if (!isExcluded) expect(bands).toContain(held[name]);
    }
    const { failedWrites, written, scored } = await world.app.status();
    expect([failedWrites, written]).toEqual([0, scored]);
  });

  it("makes what it asks people to fill, and names it once", async () => {
    const model = template("value-rank");
    expect(definition("touchstone_revenue_potential")).toMatchObject({
      type: "number",
      groupName: "touchstone_inputs",
      label: "Revenue potential",
    });
    expect(definition("touchstone_business_model")?.options.map(({ value }) => value)).toEqual([
      "ideal",
      "compatible",
      "adaptable",
      "incompatible",
    ]);
    const store = world.standIn.portals.get(world.portalId)?.properties;
    const known = definition("touchstone_revenue_potential");
    if (known) store?.put("companies", { ...known, archivedAt: Date.now() });
    const toFill = [{ name: "touchstone_revenue_potential", label: "Revenue potential" }];
    expect((await publish({ ...model, key: "value-rank-2" })).properties).toMatchObject({ toFill, created: toFill });
    expect((await publish({ ...model, key: "value-rank-3" })).properties).toMatchObject({ toFill: [], created: [] });
  });

  it("names HubSpot's own properties that the portal does not have", async () => {
    const model = template("value-rank");
    const criteria = model.criteria.map((one) =>
      one.kind === "property-ranges" ? { ...one, property: "arr_in_euro" } : one,
    );
    const { properties } = await publish({ ...model, criteria });
    expect(properties.missing).toEqual([{ name: "arr_in_euro", label: "Revenue potential" }]);
  });

  it("keeps the choices that an admin made, also when one was taken away that is needed", async () => {
    const store = world.standIn.portals.get(world.portalId)?.properties;
    const known = definition("touchstone_tier");
    if (!store || !known) throw new Error("the property is missing");
    const own = { value: "watched", label: "Watched by Ana", displayOrder: 0, hidden: false };
    const kept = known.options
      .filter(({ value }) => !["tier_3", "tier_4"].includes(value))
      .map((option, index) => ({ ...option, label: `Our ${option.label}`, displayOrder: index + 1 }));
    store.put("companies", { ...known, options: [own, ...kept] });
    await publish(template("playbook-100"));
    const options = definition("touchstone_tier")?.options ?? [];
    expect(options.slice(0, kept.length + 1).map(({ label }) => label)).toEqual([
      own.label,
      ...kept.map(({ label }) => label),
    ]);
    expect(options.map(({ value }) => value)).toEqual(expect.arrayContaining(["tier_3", "tier_4"]));
    expect((await world.app.status()).failedWrites).toBe(0);
  });
});

function template(key: string): ScoringModel {
  const model = loadTemplate(key);
  if (!model) throw new Error(`there is no template ${key}`);
  return model;
}
