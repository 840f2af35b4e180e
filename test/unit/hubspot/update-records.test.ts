import { describe, expect, it } from "@jest/globals";
import nock from "nock";
import { HubSpotNotFound, HubSpotRateLimited } from "../../../server/hubspot/hubspot-errors.ts";
import {
  answerPosts,
  apiUrl,
  failureOf,
  fenceNetwork,
  hubSpotUnderTest,
  portalId,
  recordOf,
} from "./hubspot-under-test.ts";

const path = "/crm/objects/2026-09/companies/batch/update";
interface UpdateBody {
  inputs: { id: string; properties: Record<string, string>; objectWriteTraceId: string }[];
}

const ids = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));
const rows = (of: readonly string[]) => of.map((id) => ({ id, properties: { touchstone_score: "42" } }));
const orderOf = (of: readonly string[]) => ({ objectType: "companies", rows: rows(of), priority: "webhook" as const });
const complete = (inputs: UpdateBody["inputs"]) => ({
  status: "COMPLETE",
  results: inputs.map(({ id }) => recordOf(id)),
});

/** As HubSpot: one bad row and nothing of the request is written. */
function answerStrictly(bad: ReadonlySet<string>) {
  return answerPosts<UpdateBody>(path, ({ inputs }) =>
    inputs.some(({ id }) => bad.has(id))
      ? [
          400,
          {
            status: "error",
            category: "VALIDATION_ERROR",
            message: '[{"error":"INVALID_OPTION"}]',
            correlationId: "c-1",
          },
        ]
      : [200, complete(inputs)],
  );
}

fenceNetwork();

describe("A batch update that HubSpot rejects", () => {
  it("with 1 bad row of 100 writes the other 99 with 15 requests", async () => {
    const bodies = answerStrictly(new Set(["37"]));
    const { hubspot } = hubSpotUnderTest();
    const result = await hubspot.updateRecords(portalId, orderOf(ids(100)));
    expect([...result.written].sort()).toEqual(
      ids(100)
        .filter((id) => id !== "37")
        .sort(),
    );
    expect(result.failed).toEqual([
      { id: "37", category: "INVALID_OPTION", message: expect.stringContaining("status 400") },
    ]);
    expect(bodies.length).toBeLessThanOrEqual(15);
  });

  it("with 3 bad rows of 100 writes the other 97 with at most 37 requests", async () => {
    const bodies = answerStrictly(new Set(["1", "50", "100"]));
    const { hubspot } = hubSpotUnderTest();
    const result = await hubspot.updateRecords(portalId, orderOf(ids(100)));
    expect(result.written).toHaveLength(97);
    expect(result.failed.map(({ id }) => id).sort()).toEqual(["1", "100", "50"]);
    expect(bodies.length).toBeLessThanOrEqual(37);
  });

  it("names every row at once when the property itself is at fault, with one request", async () => {
    const bodies = answerPosts<UpdateBody>(path, () => [
      400,
      {
        category: "VALIDATION_ERROR",
        message: 'Property values were not valid: [{"error":"PROPERTY_DOESNT_EXIST","name":"touchstone_score"}]',
      },
    ]);
    const { hubspot } = hubSpotUnderTest();
    const result = await hubspot.updateRecords(portalId, orderOf(ids(100)));
    expect(result.written).toEqual([]);
    expect(result.failed).toHaveLength(100);
    expect(new Set(result.failed.map(({ category }) => category))).toEqual(new Set(["PROPERTY_DOESNT_EXIST"]));
    expect(bodies).toHaveLength(1);
  });

  it("still finds the rows that lack the faulty property", async () => {
    answerPosts<UpdateBody>(path, ({ inputs }) =>
      inputs.some(({ properties }) => "gone" in properties)
        ? [400, { category: "VALIDATION_ERROR", errors: [{ code: "PROPERTY_DOESNT_EXIST" }] }]
        : [200, complete(inputs)],
    );
    const { hubspot } = hubSpotUnderTest();
    const mixed = [...rows(["1", "2", "3"]), { id: "4", properties: { gone: "1" } }];
    const result = await hubspot.updateRecords(portalId, { objectType: "companies", rows: mixed, priority: "due" });
    expect([...result.written].sort()).toEqual(["1", "2", "3"]);
    expect(result.failed).toEqual([expect.objectContaining({ id: "4", category: "PROPERTY_DOESNT_EXIST" })]);
  });

  it("with 30 bad rows of 100 spends 40 refusals and no more, tells which rows it did not try, and writes good ones", async () => {
    const bad = new Set(ids(100).filter((id) => Number(id) % 10 < 3));
    const bodies = answerStrictly(bad);
    const { hubspot } = hubSpotUnderTest();
    const { written, failed, refused } = await hubspot.updateRecords(portalId, orderOf(ids(100)));
    expect(refused).toBe(40);
    expect(bodies.length).toBeLessThanOrEqual(120);
    const untried = failed.filter(({ category }) => category === "UNTRIED");
    expect(failed.length - untried.length).toBeGreaterThanOrEqual(24);
    expect(written.length).toBeGreaterThanOrEqual(45);
    expect(written.length + failed.length).toBe(100);
    expect(written.some((id) => bad.has(id))).toBe(false);
  });

  it("keeps what it learned when a limit ends it", async () => {
    let asked = 0;
    answerPosts<UpdateBody>(path, ({ inputs }) => {
      asked += 1;
      if (asked === 4) return [429, { policyName: "TEN_SECONDLY_ROLLING" }];
      return inputs.some(({ id }) => id === "1") ? [400, { category: "VALIDATION_ERROR" }] : [200, complete(inputs)];
    });
    const { hubspot } = hubSpotUnderTest();
    const result = await hubspot.updateRecords(portalId, orderOf(ids(4)));
    expect(result).toMatchObject({ written: ["3", "4"], refused: 2 });
    expect(result.failed.map(({ id, category }) => [id, category])).toEqual([
      ["1", "UNTRIED"],
      ["2", "UNTRIED"],
    ]);
    expect(result.cutShort).toBeInstanceOf(HubSpotRateLimited);
  });

  it("is not halved for a limit or a wrong path", async () => {
    const { hubspot } = hubSpotUnderTest();
    const bodies = answerPosts<UpdateBody>(path, () => [404, {}]);
    expect(await failureOf(hubspot.updateRecords(portalId, orderOf(ids(4))))).toBeInstanceOf(HubSpotNotFound);
    expect(bodies).toHaveLength(1);
    answerPosts<UpdateBody>("/crm/objects/2026-09/deals/batch/update", () => [
      429,
      { policyName: "TEN_SECONDLY_ROLLING" },
    ]);
    const order = { ...orderOf(ids(4)), objectType: "deals" };
    expect(await failureOf(hubspot.updateRecords(portalId, order))).toBeInstanceOf(HubSpotRateLimited);
  });
});

describe("A batch update that HubSpot accepts", () => {
  const partly = {
    results: [recordOf("1"), recordOf("3")],
    numErrors: 1,
    errors: [
      { status: "error", category: "OBJECT_NOT_FOUND", message: "Could not get some objects", context: { ids: ["2"] } },
    ],
  };

  it.each([200, 201, 207])(
    "with %i, numErrors and errors has failed for the rows that the errors name",
    async (status) => {
      answerPosts<UpdateBody>(path, () => [status, partly]);
      const { hubspot } = hubSpotUnderTest();
      await expect(hubspot.updateRecords(portalId, orderOf(["1", "2", "3"]))).resolves.toMatchObject({
        written: ["1", "3"],
        failed: [{ id: "2", category: "OBJECT_NOT_FOUND", message: "Could not get some objects" }],
      });
    },
  );

  it("has failed for a row that neither comes back nor is named", async () => {
    answerPosts<UpdateBody>(path, () => [200, { results: [recordOf("1"), recordOf("900")], numErrors: 1 }]);
    const { hubspot } = hubSpotUnderTest();
    await expect(hubspot.updateRecords(portalId, orderOf(["1", "2"]))).resolves.toMatchObject({
      written: ["1"],
      failed: [{ id: "2", category: "NOT_CONFIRMED" }],
    });
  });

  it("finds a failed row by the trace id that we sent with it", async () => {
    const errors = [{ category: "VALIDATION_ERROR", message: "m", context: { objectWriteTraceId: ["2"] } }];
    const bodies = answerPosts<UpdateBody>(path, () => [207, { results: [recordOf("1")], numErrors: 1, errors }]);
    const { hubspot } = hubSpotUnderTest();
    const result = await hubspot.updateRecords(portalId, orderOf(["1", "2"]));
    expect(result.failed).toEqual([{ id: "2", category: "VALIDATION_ERROR", message: "m" }]);
    expect(bodies[0]?.inputs.map(({ objectWriteTraceId }) => objectWriteTraceId)).toEqual(["1", "2"]);
  });

  it("names each record once and sends at most 100 a request", async () => {
    const bodies = answerPosts<UpdateBody>(path, ({ inputs }) => [200, complete(inputs)]);
    const { hubspot } = hubSpotUnderTest();
    const twice = [...rows(ids(150)), { id: "1", properties: { touchstone_score: "43", touchstone_tier: "2" } }];
    const result = await hubspot.updateRecords(portalId, { objectType: "companies", rows: twice, priority: "due" });
    expect(result.written).toHaveLength(150);
    expect(bodies.map(({ inputs }) => inputs.length)).toEqual([100, 50]);
    expect(bodies[0]?.inputs[0]).toEqual({
      id: "1",
      properties: { touchstone_score: "43", touchstone_tier: "2" },
      objectWriteTraceId: "1",
    });
  });

  it("sends nothing for nothing", async () => {
    const { hubspot, seen } = hubSpotUnderTest();
    await expect(hubspot.updateRecords(portalId, orderOf([]))).resolves.toMatchObject({ written: [], failed: [] });
    expect(seen.requests).toHaveLength(0);
  });
});

describe("A batch update whose answer was lost", () => {
  const landingMs = 5_000;
  const sleepsAfter = async (...lost: readonly (number | "reset")[]) => {
    for (const how of lost) {
      const asked = nock(apiUrl).post(path);
      if (how === "reset") asked.replyWithError(Object.assign(new Error("reset"), { code: "ECONNRESET" }));
      else asked.reply(how, "<html></html>");
    }
    nock(apiUrl)
      .post(path)
      .reply(200, complete([{ id: "1", properties: {}, objectWriteTraceId: "1" }]));
    const { hubspot, seen } = hubSpotUnderTest();
    const written = await hubspot.updateRecords(portalId, orderOf(["1"])).catch(() => null);
    return { sleeps: seen.sleeps, written };
  };

  it("is sent again only when the lost one must have landed, so that it cannot undo what is written later", async () => {
    const { sleeps, written } = await sleepsAfter("reset", 502);
    expect(written?.written).toEqual(["1"]);
    expect(sleeps.filter((ms) => ms >= landingMs)).toHaveLength(2);
  });

  it("is given up only then, too", async () => {
    const { sleeps, written } = await sleepsAfter("reset", "reset", "reset", "reset");
    expect(written).toBeNull();
    expect(sleeps.filter((ms) => ms >= landingMs)).toHaveLength(4);
  });

  it("waits no longer than usual when HubSpot itself answered", async () => {
    const { sleeps, written } = await sleepsAfter(500, 429);
    expect(written).toBeNull();
    expect(Math.max(...sleeps)).toBeLessThan(landingMs);
  });
});
