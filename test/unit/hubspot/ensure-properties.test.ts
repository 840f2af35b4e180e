import { describe, expect, it } from "@jest/globals";
import type { PropertyDefinition } from "@touchstone/shared/property-definition.ts";
import nock from "nock";
import { apiUrl, fenceNetwork, hubSpotUnderTest, portalId } from "./hubspot-under-test.ts";

const path = "/crm/properties/2026-09/companies";
const group = { name: "touchstone", label: "Touchstone" };
const score: PropertyDefinition = { name: "touchstone_score", label: "Score", type: "number", fieldType: "number" };
const hot: PropertyDefinition = { name: "touchstone_hot", label: "Hot", type: "bool", fieldType: "booleancheckbox" };
const tier: PropertyDefinition = {
  name: "touchstone_tier",
  label: "Tier",
  description: "Of the programme",
  type: "enumeration",
  fieldType: "select",
  options: [
    { value: "1", label: "Tier 1" },
    { value: "2", label: "Tier 2" },
  ],
};
const orderOf = (...properties: PropertyDefinition[]) => ({
  objectType: "companies",
  group,
  properties,
  priority: "due" as const,
});
const exists = { status: "error", category: "OBJECT_ALREADY_EXISTS", message: "A property named 'x' already exists." };

type Stored = Record<string, unknown> & { name: string };

/** The properties of one portal, as much of them as setting up needs. */
function portalWith(
  stored: Stored[],
  options: { archived?: Stored[]; batchStatus?: number; hidden?: string; refused?: string } = {},
) {
  const properties = new Map(stored.map((property) => [property.name, property]));
  const archived = new Map((options.archived ?? []).map((property) => [property.name, property]));
  const seen = { batches: [] as Stored[][], singles: [] as Stored[], patches: [] as [string, object][] };
  const add = (property: Stored) => {
    const restored = archived.get(property.name) ?? property;
    properties.set(property.name, restored);
    return restored;
  };
  const api = nock(apiUrl).persist();
  api
    .get(path)
    .query(true)
    .reply(() => [200, { results: [...properties.values()].filter(({ name }) => name !== options.hidden) }]);
  api.post(`${path}/batch/create`).reply(async (request: Request) => {
    const { inputs } = (await request.json()) as { inputs: Stored[] };
    seen.batches.push(inputs);
    if (inputs.some(({ name }) => properties.has(name))) return [409, exists];
    const status = options.batchStatus ?? 201;
    return status < 300 ? [status, { results: inputs.map(add) }] : [status, { category: "VALIDATION_ERROR" }];
  });
  api.post(path).reply(async (request: Request) => {
    const property = (await request.json()) as Stored;
    seen.singles.push(property);
    if (properties.has(property.name)) return [409, exists];
    return property.label === "" ? [400, { category: "VALIDATION_ERROR" }] : [201, add(property)];
  });
  api.patch(new RegExp(`^${path}/[^/]+$`)).reply(async (request: Request) => {
    const name = request.url.split("/").at(-1) ?? "";
    const update = (await request.json()) as object;
    if (name === options.refused) return [400, { category: "VALIDATION_ERROR" }];
    seen.patches.push([name, update]);
    const property = { ...properties.get(name), ...update, name };
    properties.set(name, property);
    return [200, property];
  });
  return { properties, seen };
}

const groups = (...present: object[]) => nock(apiUrl).persist().get(`${path}/groups`).reply(200, { results: present });

fenceNetwork();

describe("Setting up properties", () => {
  it("creates the group and what is missing, and changes nothing the second time", async () => {
    nock(apiUrl).get(`${path}/groups`).reply(200, { results: [] });
    const created = nock(apiUrl)
      .post(`${path}/groups`, { ...group, displayOrder: -1 })
      .reply(201, group);
    const portal = portalWith([]);
    const { hubspot } = hubSpotUnderTest();
    const first = await hubspot.ensureProperties(portalId, orderOf(score, hot, tier));
    expect(first).toEqual({
      created: ["touchstone_score", "touchstone_hot", "touchstone_tier"],
      changed: [],
      newOptions: [],
      unchanged: [],
      failed: [],
    });
    expect(created.isDone()).toBe(true);
    groups(group);
    const second = await hubspot.ensureProperties(portalId, orderOf(score, hot, tier));
    expect(second.unchanged).toHaveLength(3);
    expect(portal.seen.batches).toHaveLength(1);
    expect(portal.seen.patches).toHaveLength(0);
    expect(portal.seen.batches[0]?.[1]).toMatchObject({
      type: "bool",
      options: [{ value: "true" }, { value: "false" }],
    });
  });

  it("sends at most 50 a request", async () => {
    groups(group);
    const portal = portalWith([]);
    const many = Array.from({ length: 120 }, (_, index) => ({ ...score, name: `touchstone_${index}` }));
    const { hubspot } = hubSpotUnderTest();
    expect((await hubspot.ensureProperties(portalId, orderOf(...many))).created).toHaveLength(120);
    expect(portal.seen.batches.map((batch) => batch.length)).toEqual([50, 50, 20]);
  });

  it("puts drifted labels, descriptions and options right and leaves the others alone", async () => {
    groups(group);
    const portal = portalWith([
      { ...score, groupName: "touchstone" },
      { ...tier, groupName: "touchstone", label: "Old", options: [{ value: "1", label: "Tier 1", displayOrder: 0 }] },
    ]);
    const { hubspot } = hubSpotUnderTest();
    const result = await hubspot.ensureProperties(portalId, orderOf(score, tier));
    expect(result).toEqual({
      created: [],
      changed: ["touchstone_tier"],
      newOptions: [{ name: "touchstone_tier", values: ["2"] }],
      unchanged: ["touchstone_score"],
      failed: [],
    });
    expect(portal.seen.patches).toEqual([
      [
        "touchstone_tier",
        {
          label: "Tier",
          description: "Of the programme",
          groupName: "touchstone",
          options: [
            { value: "1", label: "Tier 1", displayOrder: 0, hidden: false },
            { value: "2", label: "Tier 2", displayOrder: 1, hidden: false },
          ],
        },
      ],
    ]);
  });

  it("only ever adds options: what an admin renamed, reordered, hid or added stays, and no two read alike", async () => {
    groups(group);
    const theirs = [
      { value: "own", label: "Tier 2", displayOrder: 0, hidden: false },
      { value: "1", label: "Our best", description: "As agreed in May", displayOrder: 1, hidden: true },
    ];
    const portal = portalWith([{ ...tier, groupName: "touchstone", options: theirs }]);
    const { hubspot } = hubSpotUnderTest();
    const result = await hubspot.ensureProperties(portalId, orderOf(tier));
    expect(result.newOptions).toEqual([{ name: "touchstone_tier", values: ["2"] }]);
    const added = { value: "2", label: "Tier 2 (2)", displayOrder: 2, hidden: false };
    expect(portal.seen.patches).toEqual([["touchstone_tier", { options: [...theirs, added] }]]);
    const again = await hubspot.ensureProperties(portalId, orderOf(tier));
    expect(again).toMatchObject({ changed: [], newOptions: [], unchanged: ["touchstone_tier"] });
  });

  it("leaves a property whose wording is the portal's as it is worded", async () => {
    groups(group);
    const portal = portalWith([{ ...score, groupName: "sales", label: "Our number", description: "Ask Ana" }]);
    const { hubspot } = hubSpotUnderTest();
    const order = { ...orderOf({ ...score, description: "Points" }), wording: "the portal's" as const };
    expect(await hubspot.ensureProperties(portalId, order)).toMatchObject({ changed: [], unchanged: [score.name] });
    expect(portal.seen.patches).toEqual([]);
  });

  it("names a property whose change HubSpot refuses, and changes the others", async () => {
    groups(group);
    const old = { groupName: "touchstone", label: "Old" };
    const portal = portalWith(
      [
        { ...score, ...old },
        { ...hot, ...old },
      ],
      { refused: score.name },
    );
    const { hubspot } = hubSpotUnderTest();
    const result = await hubspot.ensureProperties(portalId, orderOf(score, hot));
    expect(result.failed.map(({ name }) => name)).toEqual([score.name]);
    expect(result.changed).toEqual([hot.name]);
    expect(portal.properties.get(hot.name)?.label).toBe("Hot");
  });

  it("takes 409 for success, for the group, the batch and the single property", async () => {
    nock(apiUrl).get(`${path}/groups`).reply(200, { results: [] });
    nock(apiUrl).post(`${path}/groups`).reply(409, exists);
    // Made by another process after our look, which therefore does not show it.
    const portal = portalWith([{ ...score, groupName: "touchstone" }], { hidden: score.name });
    const { hubspot } = hubSpotUnderTest();
    const result = await hubspot.ensureProperties(portalId, orderOf(score, hot));
    expect(result.failed).toEqual([]);
    expect(portal.properties.has("touchstone_hot")).toBe(true);
  });

  it("restores an archived name and puts its old label right", async () => {
    groups(group);
    const old = { ...score, groupName: "touchstone", label: "Score of last year" };
    const portal = portalWith([], { archived: [old] });
    const { hubspot } = hubSpotUnderTest();
    const result = await hubspot.ensureProperties(portalId, orderOf(score));
    expect(result).toMatchObject({ created: ["touchstone_score"], changed: [], unchanged: [], failed: [] });
    expect(portal.properties.get("touchstone_score")).toMatchObject({ label: "Score" });
  });

  it("reports a property of another type under our name and does not touch it", async () => {
    groups(group);
    const portal = portalWith([{ ...score, groupName: "touchstone", type: "string", fieldType: "text" }]);
    const { hubspot } = hubSpotUnderTest();
    const result = await hubspot.ensureProperties(portalId, orderOf(score));
    expect(result.failed).toEqual([
      { name: "touchstone_score", reason: "is of type string in this portal, number is needed" },
    ]);
    expect(portal.seen.patches).toEqual([]);
  });

  it("creates one by one when the batch is rejected, so that one bad property stops no other", async () => {
    groups(group);
    const portal = portalWith([], { batchStatus: 400 });
    const { hubspot } = hubSpotUnderTest();
    const result = await hubspot.ensureProperties(portalId, orderOf(score, { ...hot, label: "" }));
    expect(result.created).toEqual(["touchstone_score"]);
    expect(result.failed.map(({ name }) => name)).toEqual(["touchstone_hot"]);
    expect(portal.seen.singles).toHaveLength(2);
  });
});
