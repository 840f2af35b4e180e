import { afterEach, describe, expect, it } from "@jest/globals";
import { install, portalId, record, seedOf, startInstalled, startStandIn, stopAll } from "./stand-in-under-test.ts";

afterEach(stopAll);

const path = (type: string) => `/crm/objects/2026-09/${type}/search`;
const where = (propertyName: string, operator: string, rest: object = {}) => ({
  filterGroups: [{ filters: [{ propertyName, operator, ...rest }] }],
});

describe("The search", () => {
  it.each([
    ["EQ", where("name", "EQ", { value: "acme" }), ["101"]],
    ["NEQ", where("name", "NEQ", { value: "Acme" }), ["102"]],
    ["IN", where("domain", "IN", { values: ["birch.example"] }), ["102"]],
    ["NOT_IN", where("domain", "NOT_IN", { values: ["birch.example"] }), ["101"]],
    ["HAS_PROPERTY", where("industry", "HAS_PROPERTY"), ["101"]],
    ["NOT_HAS_PROPERTY", where("industry", "NOT_HAS_PROPERTY"), ["102"]],
    ["GT", where("hs_object_id", "GT", { value: "101" }), ["102"]],
    ["GTE", where("hs_object_id", "GTE", { value: "101" }), ["101", "102"]],
    ["LT", where("num_associated_contacts", "LT", { value: "2" }), ["102"]],
    ["LTE", where("createdate", "LTE", { value: "2026-01-05T00:00:00Z" }), ["101", "102"]],
    ["BETWEEN", where("hs_object_id", "BETWEEN", { value: "102", highValue: "110" }), ["102"]],
    ["CONTAINS_TOKEN", where("domain", "CONTAINS_TOKEN", { value: "acme" }), ["101"]],
    ["CONTAINS_TOKEN with a star", where("name", "CONTAINS_TOKEN", { value: "Bir*" }), ["102"]],
    ["NOT_CONTAINS_TOKEN", where("domain", "NOT_CONTAINS_TOKEN", { value: "acme" }), ["102"]],
    ["a link", where("associations.contact", "EQ", { value: "203" }), ["102"]],
    ["a query", { query: "birch" }, ["102"]],
    ["a sort", { sorts: [{ propertyName: "name", direction: "DESCENDING" }] }, ["102", "101"]],
    ["nothing", {}, ["101", "102"]],
  ])("finds by %s", async (_operator, body, ids) => {
    const { call } = await startInstalled();
    const found = await call("POST", path("companies"), body);
    expect(found.body.results.map(({ id }) => id)).toEqual(ids);
    expect(found.body.total).toBe(ids.length);
  });

  it("pages, and stops at 10,000 results", async () => {
    const standIn = await startStandIn();
    standIn.addPortal(
      seedOf(
        Array.from({ length: 10_050 }, (_, index) => record("companies", String(index + 1), {})),
        12,
      ),
    );
    const { call } = await install(standIn, { portalId: "12" });
    const page = await call("POST", path("companies"), { limit: 200, after: "9800" });
    expect(page.body.results).toHaveLength(200);
    expect(page.body.total).toBe(10_050);
    expect(page.body.paging.next.after).toBe("10000");
    expect((await call("POST", path("companies"), { limit: 200, after: "10000" })).status).toBe(400);
    const keyset = { ...where("hs_object_id", "GT", { value: "10000" }), sorts: ["hs_object_id"], limit: 200 };
    expect((await call("POST", path("companies"), keyset)).body.results).toHaveLength(50);
  });

  const filter = { propertyName: "name", operator: "HAS_PROPERTY" };
  it.each([
    ["a page of 201", { limit: 201 }],
    ["six groups", { filterGroups: Array.from({ length: 6 }, () => ({ filters: [filter] })) }],
    ["seven filters in a group", { filterGroups: [{ filters: Array.from({ length: 7 }, () => filter) }] }],
    [
      "nineteen filters",
      { filterGroups: [6, 6, 6, 1].map((count) => ({ filters: Array.from({ length: count }, () => filter) })) },
    ],
    ["two sorts", { sorts: ["name", "domain"] }],
    ["a body over 3,000 characters", { query: "x".repeat(3_000) }],
    ["an unknown property", where("nonsense", "HAS_PROPERTY")],
    ["an unknown operator", where("name", "LIKE", { value: "x" })],
    ["a filter without its value", where("name", "EQ")],
  ])("refuses %s", async (_what, body) => {
    const { call } = await startInstalled();
    expect((await call("POST", path("companies"), body)).status).toBe(400);
  });

  it("lags behind: new, changed and deleted records are seen as they were until the index caught up", async () => {
    const { standIn, call } = await startInstalled({ now: () => Date.UTC(2026, 8, 1), searchLagMs: 30_000 });
    const crm = standIn.crm(portalId);
    crm.create("companies", { name: "Cedar" });
    crm.update("companies", "101", { name: "Acme two" });
    crm.delete("companies", "102");
    const names = async () =>
      (await call("POST", path("companies"), { properties: ["name"] })).body.results.map(
        ({ properties }) => properties.name,
      );
    expect(await names()).toEqual(["Acme", "Birch"]);
    standIn.clock.step(30_000);
    expect(await names()).toEqual(["Acme two", "Cedar"]);
  });

  it.each([
    ["late", ["201", "202", "203"]],
    ["gone", ["202", "203"]],
  ] as const)("has an erased person with the switch on %s: %j", async (erasedInSearch, there) => {
    const switches = { erasedInSearch };
    const { standIn, call } = await startInstalled({ now: () => Date.UTC(2026, 8, 1), searchLagMs: 30_000, switches });
    standIn.crm(portalId).privacyDelete("201");
    const ids = async () =>
      (await call("POST", path("contacts"), { sorts: ["hs_object_id"] })).body.results.map(({ id }) => id);
    expect(await ids()).toEqual(there);
    standIn.clock.step(30_000);
    expect(await ids()).toEqual(["202", "203"]);
  });
});
