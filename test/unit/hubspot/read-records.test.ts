import { describe, expect, it } from "@jest/globals";
import nock from "nock";
import { watermarkProperty } from "../../../server/hubspot/crm-record.ts";
import {
  answerPosts,
  apiUrl,
  failureOf,
  fenceNetwork,
  hubSpotUnderTest,
  portalId,
  recordOf,
} from "./hubspot-under-test.ts";

const objects = "/crm/objects/2026-09/contacts";
interface ReadBody {
  inputs: { id: string }[];
  properties: string[];
}
const queryOf = (ids: readonly string[]) => ({
  objectType: "contacts",
  ids,
  properties: ["jobtitle"],
  priority: "webhook" as const,
});

fenceNetwork();

describe("Reading records by id", () => {
  it("asks for 100 at a time and for each id once", async () => {
    const bodies = answerPosts<ReadBody>(`${objects}/batch/read`, ({ inputs }) => [
      200,
      { results: inputs.map(({ id }) => recordOf(id)) },
    ]);
    const ids = Array.from({ length: 250 }, (_, index) => String(index % 230));
    const { hubspot } = hubSpotUnderTest();
    const { found, missing } = await hubspot.readRecords(portalId, queryOf(ids));
    expect(bodies.map(({ inputs }) => inputs.length)).toEqual([100, 100, 30]);
    expect(found).toHaveLength(230);
    expect(missing).toEqual([]);
  });

  it("keeps values as text or null and leaves out the property that only the gateway asked for", async () => {
    answerPosts<ReadBody>(`${objects}/batch/read`, () => [
      200,
      {
        results: [
          { id: 501, properties: { jobtitle: "CTO", score: 7, email: null, hs_merged_object_ids: null }, newField: {} },
        ],
      },
    ]);
    const { hubspot } = hubSpotUnderTest();
    const { found } = await hubspot.readRecords(portalId, queryOf(["501"]));
    expect(found).toEqual([
      { id: "501", properties: { jobtitle: "CTO", score: "7", email: null }, archived: false, updatedAt: null },
    ]);
  });

  it.each([200, 207])(
    "finds out one by one, after %i with errors, what became of the ids that did not come back",
    async (status) => {
      answerPosts<ReadBody>(`${objects}/batch/read`, () => [
        status,
        {
          results: [recordOf("1")],
          numErrors: 1,
          errors: [{ category: "OBJECT_NOT_FOUND", message: "m", context: { ids: ["2", "3"] } }],
        },
      ]);
      nock(apiUrl).get(`${objects}/2`).query(true).reply(404, { category: "OBJECT_NOT_FOUND" });
      nock(apiUrl).get(`${objects}/3`).query(true).reply(200, recordOf("900"));
      const { hubspot } = hubSpotUnderTest();
      const { found, missing, movedTo } = await hubspot.readRecords(portalId, queryOf(["1", "2", "3"]));
      expect(found.map(({ id }) => id)).toEqual(["1", "900"]);
      expect(missing).toEqual(["2"]);
      expect([...movedTo]).toEqual([["3", "900"]]);
    },
  );

  it("knows a merged record by the ids that it took over, without another request", async () => {
    answerPosts<ReadBody>(`${objects}/batch/read`, () => [
      200,
      { results: [recordOf("900", { hs_merged_object_ids: "7;3;4" })] },
    ]);
    const { hubspot, seen } = hubSpotUnderTest();
    const { found, missing, movedTo } = await hubspot.readRecords(portalId, queryOf(["3", "4"]));
    expect(found.map(({ id }) => id)).toEqual(["900"]);
    expect(missing).toEqual([]);
    expect([...movedTo]).toEqual([
      ["3", "900"],
      ["4", "900"],
    ]);
    expect(seen.requests).toHaveLength(1);
  });

  it("does not look for merges when the caller knows that the records are gone", async () => {
    answerPosts<ReadBody>(`${objects}/batch/read`, () => [200, { results: [] }]);
    const { hubspot, seen } = hubSpotUnderTest();
    const { missing } = await hubspot.readRecords(portalId, { ...queryOf(["1", "2"]), findMerged: false });
    expect(missing).toEqual(["1", "2"]);
    expect(seen.requests).toHaveLength(1);
  });

  it("changes by lastmodifieddate for contacts and hs_lastmodifieddate for all others", () => {
    expect(["contacts", "0-1", "companies", "deals"].map(watermarkProperty)).toEqual([
      "lastmodifieddate",
      "lastmodifieddate",
      "hs_lastmodifieddate",
      "hs_lastmodifieddate",
    ]);
  });
});

describe("Listing records", () => {
  it("gives one page, its links once each, and where to go on", async () => {
    nock(apiUrl)
      .get(objects)
      .query({
        limit: "100",
        after: "20",
        properties: ["jobtitle", "email"],
        associations: "companies",
        archived: "false",
      })
      .reply(200, {
        results: [
          {
            ...recordOf("1"),
            associations: {
              companies: {
                results: [
                  { id: "8", type: "a" },
                  { id: "8", type: "b" },
                  { id: "9", type: "b" },
                ],
              },
            },
          },
          recordOf("2"),
        ],
        paging: { next: { after: "21" } },
      });
    const { hubspot } = hubSpotUnderTest();
    const query = {
      objectType: "contacts",
      properties: ["jobtitle", "email"],
      associations: ["companies"],
      after: "20",
      priority: "backfill" as const,
    };
    const page = await hubspot.listRecords(portalId, query);
    expect(page.records.map(({ id, associations }) => [id, associations])).toEqual([
      ["1", { companies: ["8", "9"] }],
      ["2", { companies: [] }],
    ]);
    expect(page.after).toBe("21");
  });

  it("reads a list of links that the page cut short again in full", async () => {
    const cut = { results: [{ id: "8", type: "a" }], paging: { next: { after: "x" } } };
    nock(apiUrl)
      .get(objects)
      .query(true)
      .reply(200, { results: [{ ...recordOf("1"), associations: { companies: cut } }] });
    answerPosts("/crm/associations/2026-09/contacts/companies/batch/read", () => [
      200,
      { results: [{ from: { id: "1" }, to: ["8", "9"].map((id) => ({ toObjectId: id, associationTypes: [] })) }] },
    ]);
    const { hubspot } = hubSpotUnderTest();
    const query = {
      objectType: "contacts",
      properties: [],
      associations: ["companies"],
      priority: "backfill" as const,
    };
    const page = await hubspot.listRecords(portalId, query);
    expect(page.records[0]?.associations).toEqual({ companies: ["8", "9"] });
    expect(page.after).toBeNull();
  });
});

describe("Searching", () => {
  const query = { objectType: "companies", filterGroups: [], properties: ["name"], priority: "reconcile" as const };

  it("sends filters, an order and a page, and uses the search budget", async () => {
    const bodies = answerPosts("/crm/objects/2026-09/companies/search", () => [
      200,
      { total: 2, results: [recordOf("1")], paging: { next: { after: 1 } } },
    ]);
    const { hubspot, seen } = hubSpotUnderTest();
    const filters = [{ propertyName: "hs_object_id", operator: "GT" as const, value: "10" }];
    const page = await hubspot.searchRecords(portalId, {
      ...query,
      filterGroups: [{ filters }],
      sortBy: "hs_object_id",
      after: "5",
    });
    expect(page).toMatchObject({ total: 2, after: "1", records: [{ id: "1" }] });
    expect(bodies).toEqual([
      { filterGroups: [{ filters }], sorts: ["hs_object_id"], properties: ["name"], limit: 200, after: "5" },
    ]);
    expect(seen.taken).toEqual([{ kind: "search", priority: "reconcile" }]);
  });

  it("refuses to send a body that is longer than HubSpot reads", async () => {
    const { hubspot, seen } = hubSpotUnderTest();
    const filters = [
      {
        propertyName: "hs_object_id",
        operator: "IN" as const,
        values: Array.from({ length: 400 }, (_, i) => String(1e9 + i)),
      },
    ];
    expect(await failureOf(hubspot.searchRecords(portalId, { ...query, filterGroups: [{ filters }] }))).toBeInstanceOf(
      RangeError,
    );
    expect(seen.requests).toHaveLength(0);
  });
});
