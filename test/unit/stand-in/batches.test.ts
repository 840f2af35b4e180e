import { afterEach, describe, expect, it } from "@jest/globals";
import { portalId, startInstalled, stopAll } from "./stand-in-under-test.ts";

afterEach(stopAll);

const batch = (name: string, type = "companies") => `/crm/objects/2026-09/${type}/batch/${name}`;
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: String(index + 1), properties: {} }));

describe("A batch", () => {
  it.each(["read", "create", "update", "upsert", "archive"])(
    "of kind %s takes at most 100 inputs and at least one",
    async (name) => {
      const { call } = await startInstalled();
      expect((await call("POST", batch(name), { inputs: many(101) })).status).toBe(400);
      expect((await call("POST", batch(name), { inputs: [] })).status).toBe(400);
      expect((await call("POST", batch(name), { inputs: "no" })).status).toBe(400);
    },
  );

  it("reads each record once, however often it is named", async () => {
    const { call } = await startInstalled();
    const { body } = await call("POST", batch("read"), {
      inputs: [{ id: "101" }, { id: "101" }],
      properties: ["name"],
    });
    expect(body).toMatchObject({ status: "COMPLETE", results: [{ id: "101", properties: { name: "Acme" } }] });
    expect(body.results).toHaveLength(1);
    expect(body.numErrors).toBeUndefined();
  });

  it("reads by a unique property", async () => {
    const { call } = await startInstalled();
    const sent = { inputs: [{ id: "bob@acme.example" }], idProperty: "email", properties: [] };
    expect((await call("POST", batch("read", "contacts"), sent)).body.results[0]?.id).toBe("202");
  });

  it("tells a row that it could not read from one that is not there", async () => {
    const { standIn, call } = await startInstalled();
    standIn.faults.add({ kind: "partialFailure", path: "/batch/read", ids: ["101"] });
    const inputs = ["101", "102", "999"].map((id) => ({ id }));
    const { body } = await call("POST", batch("read"), { inputs, properties: [] });
    expect(body.results.map(({ id }) => id)).toEqual(["102"]);
    expect(body.errors).toMatchObject([
      { category: "OBJECT_NOT_FOUND", context: { ids: ["999"] } },
      { category: "INTERNAL_ERROR", context: { ids: ["101"] } },
    ]);
  });

  it.each([200, 207] as const)(
    "that failed in part answers %d with the switch in that position",
    async (partialFailureStatus) => {
      const { call } = await startInstalled({ switches: { partialFailureStatus } });
      const read = await call("POST", batch("read"), { inputs: [{ id: "101" }, { id: "999" }], properties: [] });
      expect(read).toMatchObject({
        status: partialFailureStatus,
        body: { numErrors: 1, errors: [{ category: "OBJECT_NOT_FOUND", context: { ids: ["999"] } }] },
      });
      const inputs = [
        { id: "101", properties: { city: "Ulm" } },
        { id: "999", properties: { city: "Ulm" }, objectWriteTraceId: "t-1" },
      ];
      const update = await call("POST", batch("update"), { inputs });
      expect(update.status).toBe(partialFailureStatus);
      expect(update.body.results.map(({ id }) => id)).toEqual(["101"]);
      expect(update.body.errors[0]?.context).toEqual({ ids: ["999"], objectWriteTraceId: ["t-1"] });
      expect((await call("POST", batch("update"), { inputs: [inputs[0] ?? {}] })).status).toBe(200);
    },
  );

  it.each([
    ["annualrevenue", "a lot", "INVALID_NUMBER"],
    ["industry", "Magic", "INVALID_OPTION"],
    ["is_public", "perhaps", "INVALID_OPTION"],
    ["hubspot_owner_id", "999", "INVALID_OWNER_ID"],
    ["name", "x".repeat(65_537), "INVALID_LENGTH"],
  ])("with a bad %s is refused as a whole and writes nothing", async (name, value, code) => {
    const { standIn, call } = await startInstalled();
    const inputs = [
      { id: "101", properties: { city: "Ulm" } },
      { id: "102", properties: { [name]: value } },
    ];
    const { status, body } = await call("POST", batch("update"), { inputs });
    expect(status).toBe(400);
    expect(body).toMatchObject({ category: "VALIDATION_ERROR", errors: [{ code, context: { propertyName: [name] } }] });
    expect(body.message).toContain("Property values were not valid");
    expect(standIn.crm(portalId).get("companies", "101")?.properties.city).toBeUndefined();
  });

  it("refuses a bad date", async () => {
    const { call } = await startInstalled();
    const inputs = [{ id: "301", properties: { closedate: "soon" } }];
    expect((await call("POST", batch("update", "deals"), { inputs })).body.errors[0]?.code).toBe("INVALID_DATE");
  });

  it.each([
    ["unknownPropertyOnWrite", "no_such_property", "PROPERTY_DOESNT_EXIST"],
    ["readOnlyPropertyOnWrite", "num_associated_contacts", "READ_ONLY_VALUE"],
  ] as const)("treats %s in both positions", async (name, property, code) => {
    const { standIn, call } = await startInstalled();
    const sent = { inputs: [{ id: "101", properties: { [property]: "5", city: "Ulm" } }] };
    expect((await call("POST", batch("update"), sent)).body.errors[0]?.code).toBe(code);
    standIn.switches[name] = "ignore";
    expect((await call("POST", batch("update"), sent)).status).toBe(200);
    expect(standIn.crm(portalId).get("companies", "101")?.properties).toMatchObject({
      city: "Ulm",
      num_associated_contacts: "2",
    });
  });

  it.each(["reject", "accept"] as const)(
    "with duplicateIdsInBatch %s treats a record named twice so",
    async (duplicateIdsInBatch) => {
      const { call } = await startInstalled({ switches: { duplicateIdsInBatch } });
      const inputs = ["Ulm", "Bonn"].map((city) => ({ id: "101", properties: { city } }));
      expect((await call("POST", batch("update"), { inputs })).status).toBe(
        duplicateIdsInBatch === "reject" ? 400 : 200,
      );
    },
  );

  it("creates with 201, upserts by address, and archives", async () => {
    const { standIn, call } = await startInstalled();
    const created = await call("POST", batch("create"), {
      inputs: [{ properties: { name: "New" }, objectWriteTraceId: "a" }],
    });
    expect(created).toMatchObject({
      status: 201,
      body: { results: [{ properties: { name: "New" }, objectWriteTraceId: "a" }] },
    });
    const inputs = ["ada@acme.example", "dee@birch.example"].map((id) => ({
      id,
      idProperty: "email",
      properties: { firstname: "F" },
    }));
    const upserted = await call("POST", batch("upsert", "contacts"), { inputs });
    expect(upserted.body.results).toMatchObject([{ id: "201", new: false }, { new: true }]);
    expect((await call("POST", batch("archive"), { inputs: [{ id: "101" }] })).status).toBe(204);
    expect(standIn.crm(portalId).get("companies", "101")).toBeNull();
  });

  it("is refused with a readable body when it is no JSON", async () => {
    const { standIn, accessToken } = await startInstalled();
    const headers = { authorization: `Bearer ${accessToken}` };
    const answer = await fetch(standIn.url + batch("read"), { method: "POST", headers, body: "{" });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      expect.objectContaining({ category: "VALIDATION_ERROR" }),
    ]);
  });
});
