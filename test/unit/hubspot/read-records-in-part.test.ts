import { describe, expect, it } from "@jest/globals";
import nock from "nock";
import { HubSpotRateLimited, HubSpotUnavailable } from "../../../server/hubspot/hubspot-errors.ts";
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
}
const queryOf = (ids: readonly string[]) => ({
  objectType: "contacts",
  ids,
  properties: ["jobtitle"],
  priority: "webhook" as const,
});

fenceNetwork();

describe("Reading records", () => {
  describe("of which many have to be looked for one by one", () => {
    const noneThere = () => {
      answerPosts<ReadBody>(`${objects}/batch/read`, () => [200, { results: [] }]);
      nock(apiUrl).persist().get(new RegExp(objects)).query(true).reply(404, { category: "OBJECT_NOT_FOUND" });
    };
    const ids = ["1", "2", "3", "4", "5"];

    it("looks for at least one, and for no more once the time is up", async () => {
      noneThere();
      const { hubspot, seen } = hubSpotUnderTest();
      const read = await hubspot.readRecords(portalId, { ...queryOf(ids), isTimeUp: () => seen.requests.length > 3 });
      expect(read).toMatchObject({ missing: ["1", "2", "3"], unsought: ["4", "5"] });
      const late = await hubspot.readRecords(portalId, { ...queryOf(ids), isTimeUp: () => true });
      expect(late).toMatchObject({ missing: ["1"], unsought: ["2", "3", "4", "5"] });
    });

    it("keeps what it has learnt when the limit is reached, if the caller can do with a part", async () => {
      noneThere();
      let left = 3;
      const budget = { take: async () => (left-- > 0 ? 0 : 60_000), pause: async () => undefined };
      const { hubspot } = hubSpotUnderTest({ budget });
      const read = await hubspot.readRecords(portalId, { ...queryOf(ids), isTimeUp: () => false });
      expect(read).toMatchObject({ missing: ["1", "2"], unsought: ["3", "4", "5"] });
      left = 3;
      expect(await failureOf(hubspot.readRecords(portalId, queryOf(ids)))).toBeInstanceOf(HubSpotRateLimited);
    });
  });

  describe("of a batch in which rows failed", () => {
    const failing = (...errors: object[]) =>
      answerPosts<ReadBody>(`${objects}/batch/read`, () => [
        200,
        { results: [recordOf("1")], numErrors: errors.length, errors },
      ]);
    const missing = { category: "OBJECT_NOT_FOUND", context: { ids: ["2"] } };
    const query = { ...queryOf(["1", "2", "3"]), findMerged: false, rowsMayFail: true };

    it("takes for missing only what is said to be, and keeps the good ones", async () => {
      failing(missing, { category: "INTERNAL_ERROR", context: { ids: ["3"] } });
      const { hubspot } = hubSpotUnderTest();
      const read = await hubspot.readRecords(portalId, query);
      expect(read.found.map(({ id }) => id)).toEqual(["1"]);
      expect(read).toMatchObject({ missing: ["2"], failed: [{ id: "3", category: "INTERNAL_ERROR" }] });
    });

    it("takes whatever did not come back for failed when an error names nobody", async () => {
      failing(missing, { category: "INTERNAL_ERROR" });
      const { hubspot } = hubSpotUnderTest();
      expect(await hubspot.readRecords(portalId, query)).toMatchObject({ missing: ["2"], failed: [{ id: "3" }] });
    });

    it("takes whatever did not come back for failed when errors are only counted", async () => {
      answerPosts<ReadBody>(`${objects}/batch/read`, () => [200, { results: [recordOf("1")], numErrors: 1 }]);
      const { hubspot } = hubSpotUnderTest();
      const { missing: gone, failed } = await hubspot.readRecords(portalId, query);
      expect([gone, failed.map(({ id }) => id)]).toEqual([[], ["2", "3"]]);
    });

    it("fails as a whole for a caller that does not look at failed rows", async () => {
      failing(missing, { category: "INTERNAL_ERROR", context: { ids: ["3"] } });
      const { hubspot } = hubSpotUnderTest();
      const error = await failureOf(hubspot.readRecords(portalId, { ...query, rowsMayFail: false }));
      expect(error).toBeInstanceOf(HubSpotUnavailable);
    });
  });
});
