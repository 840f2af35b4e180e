import { afterEach, describe, expect, it } from "@jest/globals";
import { startInstalled, stopAll } from "./stand-in-under-test.ts";

afterEach(stopAll);

const path = "/crm/properties/2026-09/companies";
const score = {
  name: "touchstone_score",
  label: "Score",
  groupName: "touchstone",
  type: "number",
  fieldType: "number",
};
const group = { name: "touchstone", label: "Touchstone" };

async function startWithGroup(options = {}) {
  const started = await startInstalled(options);
  await started.call("POST", `${path}/groups`, group);
  return started;
}

describe("Property definitions", () => {
  it("say what HubSpot keeps to itself, calculates, and lets people choose from", async () => {
    const { call } = await startInstalled();
    const { body } = await call("GET", path);
    const named = (name: string) => body.results.find((property) => property.name === name);
    expect(named("name")).toMatchObject({
      type: "string",
      hubspotDefined: true,
      modificationMetadata: { readOnlyValue: false },
    });
    expect(named("num_associated_contacts")).toMatchObject({
      calculated: true,
      modificationMetadata: { readOnlyValue: true },
    });
    expect(named("industry")).toMatchObject({
      type: "enumeration",
      options: expect.arrayContaining([expect.objectContaining({ value: "COMPUTER_SOFTWARE" })]),
    });
  });

  it("can be created once, read, patched and archived", async () => {
    const { call } = await startWithGroup();
    expect((await call("POST", path, score)).status).toBe(201);
    const again = await call("POST", path, score);
    expect(again).toMatchObject({
      status: 409,
      body: { category: "OBJECT_ALREADY_EXISTS", errors: [{ code: "PROPERTY_WITH_NAME_EXISTS" }] },
    });
    expect((await call("PATCH", `${path}/touchstone_score`, { label: "ABM score" })).body).toMatchObject({
      label: "ABM score",
      type: "number",
    });
    expect((await call("DELETE", `${path}/touchstone_score`)).status).toBe(204);
    expect((await call("GET", `${path}/touchstone_score`)).status).toBe(404);
    expect((await call("GET", `${path}/touchstone_score?archived=true`)).body.archived).toBe(true);
    expect((await call("POST", path, score)).status).toBe(201);
  });

  it("leave a value unreadable while archived and bring it back with the name", async () => {
    const { call } = await startWithGroup();
    const record = "/crm/objects/2026-09/companies/101";
    await call("POST", path, score);
    await call("PATCH", record, { properties: { touchstone_score: 41.5 } });
    await call("DELETE", `${path}/touchstone_score`);
    expect(
      (await call("GET", `${record}?properties=touchstone_score`)).body.properties.touchstone_score,
    ).toBeUndefined();
    await call("POST", path, score);
    expect((await call("GET", `${record}?properties=touchstone_score`)).body.properties.touchstone_score).toBe("41.5");
  });

  it.each([
    ["an unknown group", { groupName: "nowhere" }],
    ["an upper-case name", { name: "Score" }],
    ["an unknown type", { type: "decimal" }],
    ["an unknown field type", { fieldType: "slider" }],
    ["an enumeration without options", { type: "enumeration", fieldType: "select" }],
    ["a yes-or-no without its two options", { type: "bool", fieldType: "booleancheckbox" }],
    [
      "options that repeat",
      { type: "enumeration", fieldType: "select", options: [1, 2].map(() => ({ label: "A", value: "a" })) },
    ],
    ["a missing label", { label: "" }],
  ])("are refused with %s", async (_what, changes) => {
    const { call } = await startWithGroup();
    expect((await call("POST", path, { ...score, ...changes })).status).toBe(400);
  });

  it.each(["refuse", "partial"] as const)(
    "in a batch with existingPropertyInBatch %s treat a known name so",
    async (existingPropertyInBatch) => {
      const { call } = await startWithGroup({ switches: { existingPropertyInBatch } });
      await call("POST", path, score);
      const inputs = [score, { ...score, name: "touchstone_tier" }];
      const { status, body } = await call("POST", `${path}/batch/create`, { inputs });
      expect(status).toBe(existingPropertyInBatch === "refuse" ? 409 : 200);
      if (existingPropertyInBatch === "partial")
        expect(body).toMatchObject({ numErrors: 1, errors: [{ category: "OBJECT_ALREADY_EXISTS" }] });
      const created = (await call("GET", `${path}/touchstone_tier`)).status;
      expect(created).toBe(existingPropertyInBatch === "refuse" ? 404 : 200);
    },
  );

  it("are read and archived in batches", async () => {
    const { call } = await startWithGroup();
    expect((await call("POST", `${path}/batch/create`, { inputs: [score] })).status).toBe(200);
    const read = { archived: false, inputs: [{ name: "touchstone_score" }, { name: "nonsense" }] };
    expect((await call("POST", `${path}/batch/read`, read)).body).toMatchObject({
      results: [{ name: "touchstone_score" }],
      numErrors: 1,
    });
    expect((await call("POST", `${path}/batch/archive`, { inputs: [{ name: "touchstone_score" }] })).status).toBe(204);
    expect((await call("POST", `${path}/batch/archive`, { inputs: [{ name: "industry" }] })).status).toBe(404);
  });

  it("hold at most ten unique ones of a portal's own", async () => {
    const { call } = await startWithGroup();
    const inputs = Array.from({ length: 10 }, (_, index) => ({ ...score, name: `key_${index}`, hasUniqueValue: true }));
    for (const input of inputs) expect((await call("POST", path, input)).status).toBe(201);
    expect((await call("POST", path, { ...score, name: "key_10", hasUniqueValue: true })).status).toBe(400);
  });

  it("stand in groups that are made once, renamed, and removed when empty", async () => {
    const { call } = await startWithGroup();
    expect((await call("POST", `${path}/groups`, group)).status).toBe(409);
    await call("POST", path, score);
    expect((await call("DELETE", `${path}/groups/touchstone`)).status).toBe(400);
    expect((await call("PATCH", `${path}/groups/touchstone`, { label: "ABM" })).body).toMatchObject({ label: "ABM" });
    await call("DELETE", `${path}/touchstone_score`);
    expect((await call("DELETE", `${path}/groups/touchstone`)).status).toBe(204);
    expect((await call("GET", `${path}/groups/touchstone`)).status).toBe(404);
    expect((await call("GET", `${path}/groups`)).body.results.map(({ name }) => name)).toContain("companyinformation");
  });
});
