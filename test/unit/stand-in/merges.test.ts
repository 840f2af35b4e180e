import { afterEach, describe, expect, it } from "@jest/globals";
import { portalId, startInstalled, stopAll } from "./stand-in-under-test.ts";

afterEach(stopAll);

const companies = "/crm/objects/2026-09/companies";

describe("Merging", () => {
  it("makes a new id to which the old ones lead, and moves links and gaps", async () => {
    const { standIn, call } = await startInstalled();
    const { body } = await call("POST", `${companies}/merge`, { primaryObjectId: "102", objectIdToMerge: "101" });
    expect(["101", "102"]).not.toContain(body.id);
    for (const old of ["101", "102"]) expect((await call("GET", `${companies}/${old}`)).body.id).toBe(body.id);
    const read = await call(
      "GET",
      `${companies}/${body.id}?properties=name,industry,hs_merged_object_ids,num_associated_contacts`,
    );
    expect(read.body.properties).toMatchObject({
      name: "Birch",
      industry: "MACHINERY",
      hs_merged_object_ids: "102;101",
      num_associated_contacts: "3",
    });
    const crm = standIn.crm(portalId);
    expect(crm.linked({ type: "contacts", id: "201" }, "companies")).toEqual([body.id]);
    expect(crm.get("contacts", "201")?.properties.associatedcompanyid).toBe(body.id);
    expect((await call("PATCH", `${companies}/101`, { properties: { city: "Ulm" } })).body.id).toBe(body.id);
  });

  it.each(["fail", "follow"] as const)(
    "with batchUpdateWithMergedId %s treats an old id in a batch so",
    async (position) => {
      const { standIn, call } = await startInstalled({ switches: { batchUpdateWithMergedId: position } });
      const newId = standIn.crm(portalId).merge("companies", "101", "102");
      const { body } = await call("POST", `${companies}/batch/update`, {
        inputs: [{ id: "101", properties: { city: "Ulm" } }],
      });
      if (position === "fail")
        expect(body.errors[0]).toMatchObject({ category: "OBJECT_NOT_FOUND", context: { ids: ["101"] } });
      else expect(body.results[0]?.id).toBe(newId);
      const read = await call("POST", `${companies}/batch/read`, { inputs: [{ id: "101" }], properties: [] });
      expect(read.body.results[0]?.id).toBe(newId);
    },
  );
});

describe("The id of a record that was merged away", () => {
  const merged = async (switches: Parameters<typeof startInstalled>[0]) => {
    const { standIn, call } = await startInstalled(switches);
    const id = standIn.crm(portalId).merge("companies", "101", "102");
    const read = (query = "") =>
      call("POST", `${companies}/batch/read${query}`, { inputs: [{ id: "101" }], properties: [] });
    return { id, call, read };
  };

  it.each(["follow", "missing"] as const)("leads to the new one in a batch read or not: %s", async (position) => {
    const { id, call, read } = await merged({ switches: { batchReadOfMergedId: position } });
    expect((await read()).body.results.map((row) => row.id)).toEqual(position === "follow" ? [id] : []);
    expect((await call("GET", `${companies}/101`)).body.id).toBe(id);
    const links = await call("POST", "/crm/associations/2026-09/companies/contacts/batch/read", {
      inputs: [{ id: "101" }],
    });
    expect(links.body.results).toHaveLength(position === "follow" ? 1 : 0);
  });

  it.each([
    ["both", "101;102"],
    ["other", "102"],
    ["none", null],
  ] as const)("is named by the new one or not: %s", async (mergedIdsNamed, names) => {
    const { id, call } = await merged({ switches: { mergedIdsNamed } });
    const { body } = await call("GET", `${companies}/${id}?properties=hs_merged_object_ids`);
    expect(body.properties.hs_merged_object_ids || null).toBe(names);
  });

  it.each([false, true])("lies in the recycling bin or not: %s", async (mergedInBin) => {
    const { id, call, read } = await merged({ switches: { mergedInBin } });
    const bin = (await call("GET", `${companies}?archived=true`)).body.results.map((row) => row.id);
    expect(bin).toEqual(mergedInBin ? ["101", "102"] : []);
    expect((await read("?archived=true")).body.results).toHaveLength(mergedInBin ? 1 : 0);
    expect((await call("GET", `${companies}/101`)).body.id).toBe(id);
  });
});
