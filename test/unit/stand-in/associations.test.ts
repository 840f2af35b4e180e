import { afterEach, describe, expect, it } from "@jest/globals";
import { install, portalId, record, seedOf, startInstalled, startStandIn, stopAll } from "./stand-in-under-test.ts";

afterEach(stopAll);

const path = (from: string, to: string, name: string) => `/crm/associations/2026-09/${from}/${to}/batch/${name}`;
const typed = (...ids: number[]) =>
  ids.map((associationTypeId) => ({ associationCategory: "HUBSPOT_DEFINED", associationTypeId }));

describe("Associations", () => {
  it("read both ways, with type ids and labels", async () => {
    const { call } = await startInstalled();
    const there = await call("POST", path("contacts", "companies", "read"), { inputs: [{ id: "201" }] });
    expect(there.body.results).toEqual([
      {
        from: { id: "201" },
        to: [
          {
            toObjectId: "101",
            associationTypes: [
              { category: "HUBSPOT_DEFINED", typeId: 1, label: "Primary" },
              { category: "HUBSPOT_DEFINED", typeId: 279, label: null },
            ],
          },
        ],
      },
    ]);
    const back = await call("POST", path("companies", "contacts", "read"), { inputs: [{ id: "101" }] });
    expect(back.body.results[0]?.to.map(({ toObjectId }) => toObjectId)).toEqual(["201", "202"]);
  });

  it("name the records that have no link", async () => {
    const { call } = await startInstalled();
    const { body } = await call("POST", path("companies", "deals", "read"), { inputs: [{ id: "101" }, { id: "102" }] });
    expect(body.results).toHaveLength(1);
    expect(body.errors[0]).toMatchObject({ category: "OBJECT_NOT_FOUND", context: { fromObjectId: ["102"] } });
  });

  it("tell a record whose links could not be read from one that has none", async () => {
    const { standIn, call } = await startInstalled();
    standIn.faults.add({ kind: "partialFailure", path: "/associations/", ids: ["101"] });
    const inputs = ["101", "102", "999"].map((id) => ({ id }));
    const read = () => call("POST", path("companies", "contacts", "read"), { inputs });
    const { body } = await read();
    expect(body.results).toHaveLength(1);
    expect(body.numErrors).toBe(2);
    expect(body.errors).toMatchObject([
      { category: "OBJECT_NOT_FOUND", context: { fromObjectId: ["999"] } },
      { category: "INTERNAL_ERROR", context: { fromObjectId: ["101"] } },
    ]);
    standIn.faults.add({ kind: "partialFailure", path: "/associations/", ids: ["101"], countOnly: true });
    const counted = (await read()).body;
    expect([counted.results.length, counted.numErrors, counted.errors]).toEqual([1, 2, undefined]);
  });

  it.each(["string", "number"] as const)(
    "give toObjectId as %s with the switch in that position",
    async (toObjectIdAs) => {
      const { call } = await startInstalled({ switches: { toObjectIdAs } });
      const { body } = await call("POST", path("contacts", "companies", "read"), { inputs: [{ id: "201" }] });
      expect(typeof body.results[0]?.to[0]?.toObjectId).toBe(toObjectIdAs);
    },
  );

  it("page each input by itself at 500", async () => {
    const standIn = await startStandIn();
    const people = Array.from({ length: 501 }, (_, index) => record("contacts", String(1_000 + index), {}, "1"));
    standIn.addPortal(seedOf([record("companies", "1", {}), ...people], 12));
    const { call } = await install(standIn, { portalId: "12" });
    const first = await call("POST", path("companies", "contacts", "read"), { inputs: [{ id: "1" }] });
    expect(first.body.results[0]?.to).toHaveLength(500);
    const after = first.body.results[0]?.paging.next.after;
    const second = await call("POST", path("companies", "contacts", "read"), { inputs: [{ id: "1", after }] });
    expect(second.body.results[0]?.to).toHaveLength(1);
    expect(second.body.results[0]?.paging).toBeUndefined();
  });

  it("take 1,000 inputs to read and 2,000 to write", async () => {
    const { call } = await startInstalled();
    const inputs = (count: number) =>
      Array.from({ length: count }, () => ({ id: "101", from: { id: "102" }, to: { id: "201" }, types: typed(280) }));
    expect((await call("POST", path("companies", "contacts", "read"), { inputs: inputs(1_000) })).status).toBe(200);
    expect((await call("POST", path("companies", "contacts", "read"), { inputs: inputs(1_001) })).status).toBe(400);
    expect((await call("POST", path("companies", "contacts", "create"), { inputs: inputs(2_000) })).status).toBe(200);
    expect((await call("POST", path("companies", "contacts", "create"), { inputs: inputs(2_001) })).status).toBe(400);
  });

  it("let one company be primary: a new one takes over", async () => {
    const { standIn, call } = await startInstalled();
    await call("POST", path("contacts", "companies", "create"), {
      inputs: [{ from: { id: "201" }, to: { id: "102" }, types: typed(1) }],
    });
    const crm = standIn.crm(portalId);
    expect(crm.get("contacts", "201")?.properties.associatedcompanyid).toBe("102");
    const { body } = await call("POST", path("contacts", "companies", "read"), { inputs: [{ id: "201" }] });
    expect(body.results[0]?.to).toMatchObject([
      { toObjectId: "101", associationTypes: [{ typeId: 279 }] },
      { toObjectId: "102", associationTypes: [{ typeId: 1 }, { typeId: 279 }] },
    ]);
  });

  it("follow associatedcompanyid when that is written", async () => {
    const { standIn, call } = await startInstalled();
    await call("PATCH", "/crm/objects/2026-09/contacts/201", { properties: { associatedcompanyid: "102" } });
    expect(standIn.crm(portalId).linked({ type: "contacts", id: "201" }, "companies")).toEqual(["102"]);
    expect(standIn.crm(portalId).get("companies", "101")?.properties.num_associated_contacts).toBe("1");
  });

  it("link parents and children by hs_parent_company_id", async () => {
    const { call } = await startInstalled();
    await call("PATCH", "/crm/objects/2026-09/companies/102", { properties: { hs_parent_company_id: "101" } });
    const parent = await call("GET", "/crm/objects/2026-09/companies/101?properties=hs_num_child_companies");
    expect(parent.body.properties.hs_num_child_companies).toBe("1");
  });

  it("link by default types, and unlink one label or all", async () => {
    const { standIn, call } = await startInstalled();
    const ends = { from: { id: "203" }, to: { id: "101" } };
    const made = await call("POST", path("contacts", "companies", "associate/default"), { inputs: [ends] });
    expect(made.body.results[0]).toMatchObject({ ...ends, associationSpec: { associationTypeId: 279 } });
    await call("POST", path("contacts", "companies", "labels/archive"), {
      inputs: [{ from: { id: "201" }, to: { id: "101" }, types: typed(1) }],
    });
    expect(standIn.crm(portalId).get("contacts", "201")?.properties.associatedcompanyid).toBeNull();
    const removed = await call("POST", path("contacts", "companies", "archive"), {
      inputs: [{ from: { id: "201" }, to: [{ id: "101" }] }],
    });
    expect(removed.status).toBe(200);
    expect(standIn.crm(portalId).linked({ type: "contacts", id: "201" }, "companies")).toEqual([]);
  });

  it("refuse a type of another pair, and report records that are gone", async () => {
    const { call } = await startInstalled();
    const create = (types: object, to = "101") =>
      call("POST", path("contacts", "companies", "create"), {
        inputs: [{ from: { id: "203" }, to: { id: to }, types }],
      });
    expect((await create(typed(3))).status).toBe(400);
    expect((await create([])).status).toBe(400);
    expect((await create(typed(279), "999")).body.errors[0]?.context.ids).toEqual(["999"]);
  });

  it("carry labels of a portal's own, at most ten per pair", async () => {
    const { call } = await startInstalled();
    const labels = "/crm/associations/2026-09/contacts/companies/labels";
    const made = await call("POST", labels, { label: "Board member", name: "board_member", inverseLabel: "Board" });
    const [there] = made.body.results as unknown as { typeId: number }[];
    await call("POST", path("contacts", "companies", "create"), {
      inputs: [{ from: { id: "203" }, to: { id: "101" }, types: typed(there?.typeId ?? 0) }],
    });
    const back = await call("POST", path("companies", "contacts", "read"), { inputs: [{ id: "101" }] });
    expect(JSON.stringify(back.body.results)).toContain('"label":"Board"');
    expect((await call("PUT", labels, { associationTypeId: there?.typeId, label: "Director" })).status).toBe(204);
    expect(JSON.stringify((await call("GET", labels)).body.results)).toContain("Director");
    for (let count = 1; count < 10; count++) await call("POST", labels, { label: `L${count}`, name: `l_${count}` });
    expect((await call("POST", labels, { label: "Eleventh", name: "eleventh" })).status).toBe(400);
    expect((await call("DELETE", `${labels}/${there?.typeId}`)).status).toBe(204);
    expect((await call("DELETE", `${labels}/${there?.typeId}`)).status).toBe(404);
  });
});
