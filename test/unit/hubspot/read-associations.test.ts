import { describe, expect, it } from "@jest/globals";
import { answerPosts, fenceNetwork, hubSpotUnderTest, portalId } from "./hubspot-under-test.ts";

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
    const { links } = await hubspot.readAssociations(portalId, queryOf(["1", "2"]));
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
    const { links } = await hubspot.readAssociations(portalId, queryOf(["1", "2"]));
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
    const { links } = await hubspot.readAssociations(
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
    const { links } = await hubspot.readAssociations(portalId, queryOf(["1", "2"]));
    expect([...links].map(([id, list]) => [id, list.length])).toEqual([
      ["1", 1],
      ["2", 0],
    ]);
  });

  describe("of a batch in which rows failed", () => {
    const one = { from: { id: "1" }, to: [link("501", plain)] };
    const none = { category: "OBJECT_NOT_FOUND", context: { fromObjectId: ["2"] } };
    const read = async (answer: object) => {
      answerPosts<LinksBody>(path, () => [200, answer]);
      const { links, failed } = await hubSpotUnderTest().hubspot.readAssociations(portalId, queryOf(["1", "2", "3"]));
      return { links: Object.fromEntries([...links].map(([id, list]) => [id, list.length])), failed };
    };

    it.each(["fromObjectId", "ids"])(
      "knows nothing of those that an error names by %s, and keeps the others",
      async (key) => {
        const error = { category: "INTERNAL_ERROR", context: { [key]: ["3"] } };
        expect(await read({ results: [one], numErrors: 2, errors: [none, error] })).toEqual({
          links: { 1: 1, 2: 0 },
          failed: [{ id: "3", category: "INTERNAL_ERROR" }],
        });
      },
    );

    it("knows nothing of whatever did not come back when an error names nobody", async () => {
      expect(await read({ results: [one], numErrors: 2, errors: [none, { category: "INTERNAL_ERROR" }] })).toEqual({
        links: { 1: 1, 2: 0 },
        failed: [{ id: "3", category: "INTERNAL_ERROR" }],
      });
    });

    it("knows nothing of whatever did not come back when errors are only counted", async () => {
      expect(await read({ results: [one], numErrors: 2 })).toEqual({
        links: { 1: 1 },
        failed: ["2", "3"].map((id) => ({ id, category: "no category" })),
      });
    });

    it.each([
      ["as an error", { results: [], numErrors: 1, errors: [{ category: "INTERNAL_ERROR", context: { ids: ["1"] } }] }],
      [
        "as not there",
        { results: [], numErrors: 1, errors: [{ category: "OBJECT_NOT_FOUND", context: { ids: ["1"] } }] },
      ],
      ["not at all", { results: [] }],
    ])("does not take half a list for the whole when its second page comes %s", async (_how, second) => {
      const bodies = answerPosts<LinksBody>(path, ({ inputs }) => [
        200,
        inputs.some(({ after }) => after)
          ? second
          : {
              results: [
                { ...one, paging: { next: { after: "b" } } },
                { from: { id: "2" }, to: [link("502", plain)] },
              ],
            },
      ]);
      const { links, failed } = await hubSpotUnderTest().hubspot.readAssociations(portalId, queryOf(["1", "2"]));
      expect([[...links.keys()], failed.map(({ id }) => id), bodies.length]).toEqual([["2"], ["1"], 2]);
    });
  });
});
