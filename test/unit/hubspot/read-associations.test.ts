import { describe, expect, it } from "@jest/globals";
import { HubSpotUnavailable } from "../../../server/hubspot/hubspot-errors.ts";
import { answerPosts, failureOf, fenceNetwork, hubSpotUnderTest, portalId } from "./hubspot-under-test.ts";

const path = "/crm/associations/2026-09/companies/contacts/batch/read";
interface LinksBody {
  inputs: { id: string; after?: string }[];
}
const queryOf = (ids: readonly string[]) => ({ from: "companies", to: "contacts", ids, priority: "webhook" as const });
const link = (toObjectId: string | number, ...types: object[]) => ({ toObjectId, associationTypes: types });
const plain = { category: "HUBSPOT_DEFINED", typeId: 280, label: null };

fenceNetwork();

describe("Reading links", () => {
  it("reads ids as text, and types, labels and the primary link", async () => {
    answerPosts<LinksBody>(path, () => [
      200,
      {
        results: [
          {
            from: { id: "1" },
            to: [
              link(501, plain, { category: "HUBSPOT_DEFINED", typeId: 2, label: "Primary" }),
              link("502", plain, { category: "USER_DEFINED", typeId: 2, label: "Champion" }),
            ],
          },
        ],
      },
    ]);
    const { hubspot } = hubSpotUnderTest();
    const links = await hubspot.readAssociations(portalId, queryOf(["1", "2"]));
    expect(links.get("1")).toEqual([
      { toId: "501", typeIds: [280, 2], labels: ["Primary"], primary: true },
      { toId: "502", typeIds: [280, 2], labels: ["Champion"], primary: false },
    ]);
    expect(links.get("2")).toEqual([]);
  });

  it("goes on, for each record by itself, until all of its links are read", async () => {
    const pages: Record<string, string | undefined> = { a: "b", b: undefined };
    const bodies = answerPosts<LinksBody>(path, ({ inputs }) => [
      200,
      {
        results: inputs.map(({ id, after }) => {
          const next = after === undefined ? (id === "1" ? "a" : undefined) : pages[after];
          return {
            from: { id },
            to: [link(`${id}-${after ?? "first"}`, plain)],
            ...(next ? { paging: { next: { after: next } } } : {}),
          };
        }),
      },
    ]);
    const { hubspot } = hubSpotUnderTest();
    const links = await hubspot.readAssociations(portalId, queryOf(["1", "2"]));
    expect(links.get("1")?.map(({ toId }) => toId)).toEqual(["1-first", "1-a", "1-b"]);
    expect(links.get("2")?.map(({ toId }) => toId)).toEqual(["2-first"]);
    expect(bodies.map(({ inputs }) => inputs)).toEqual([
      [{ id: "1" }, { id: "2" }],
      [{ id: "1", after: "a" }],
      [{ id: "1", after: "b" }],
    ]);
  });

  it("asks for 1,000 records at a time", async () => {
    const bodies = answerPosts<LinksBody>(path, () => [200, { results: [] }]);
    const { hubspot } = hubSpotUnderTest();
    const links = await hubspot.readAssociations(
      portalId,
      queryOf(Array.from({ length: 1_001 }, (_, id) => String(id))),
    );
    expect(bodies.map(({ inputs }) => inputs.length)).toEqual([1_000, 1]);
    expect(links.size).toBe(1_001);
  });

  it.each([
    { category: "OBJECT_NOT_FOUND", message: "m", context: { ids: ["2"] } },
    {
      category: "VALIDATION_ERROR",
      subCategory: "crm.associations.NO_ASSOCIATIONS_FOUND",
      message: "m",
      context: { fromObjectId: ["2"] },
    },
  ])("takes $category of a row for a record without links", async (error) => {
    answerPosts<LinksBody>(path, () => [
      207,
      { results: [{ from: { id: "1" }, to: [link("501", plain)] }], numErrors: 1, errors: [error] },
    ]);
    const { hubspot } = hubSpotUnderTest();
    const links = await hubspot.readAssociations(portalId, queryOf(["1", "2"]));
    expect([...links].map(([id, list]) => [id, list.length])).toEqual([
      ["1", 1],
      ["2", 0],
    ]);
  });

  it("fails rather than showing an account without its people when a row fails for another reason", async () => {
    answerPosts<LinksBody>(path, () => [
      200,
      { results: [], numErrors: 1, errors: [{ category: "INTERNAL_ERROR", message: "m" }] },
    ]);
    const { hubspot } = hubSpotUnderTest();
    expect(await failureOf(hubspot.readAssociations(portalId, queryOf(["1"])))).toBeInstanceOf(HubSpotUnavailable);
  });
});
