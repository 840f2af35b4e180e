import { describe, expect, it } from "@jest/globals";
import nock from "nock";
import { HubSpotUnavailable } from "../../../server/hubspot/hubspot-errors.ts";
import { apiUrl, failureOf, fenceNetwork, hubSpotUnderTest, portalId, recordOf } from "./hubspot-under-test.ts";

fenceNetwork();

const readPath = "/crm/objects/2026-09/companies/batch/read";
const order = { objectType: "companies", ids: ["1"], properties: ["name"], priority: "webhook" } as const;
const never = () => new Promise<never>(() => undefined);

describe("a process that is to end", () => {
  it("gives up a request that HubSpot does not answer, and repeats it not", async () => {
    const leaving = new AbortController();
    const { hubspot, seen } = hubSpotUnderTest({ timeoutMs: 60_000, leaving: leaving.signal });
    const asked = Promise.withResolvers<void>();
    nock(apiUrl)
      .post(readPath)
      .query(true)
      .reply(() => {
        asked.resolve();
        return never();
      });
    const failure = failureOf(hubspot.readRecords(portalId, order));
    await asked.promise;
    leaving.abort();
    expect(await failure).toBeInstanceOf(HubSpotUnavailable);
    expect(seen.requests).toHaveLength(1);
  });

  it("waits out a write that may still land, so that nobody's next one is overtaken", async () => {
    const leaving = new AbortController();
    const { hubspot, seen } = hubSpotUnderTest({ timeoutMs: 60_000, leaving: leaving.signal });
    const asked = Promise.withResolvers<void>();
    nock(apiUrl)
      .post("/crm/objects/2026-09/companies/batch/update")
      .query(true)
      .reply(() => {
        asked.resolve();
        return never();
      });
    const rows = [{ id: "1", properties: { touchstone_score: "1" } }];
    const failure = failureOf(hubspot.updateRecords(portalId, { objectType: "companies", rows, priority: "webhook" }));
    await asked.promise;
    leaving.abort();
    expect(await failure).toMatchObject({ name: "HubSpotUnavailable", outcome: "unknown" });
    expect(seen.sleeps).toEqual([5_000]);
  });

  it("waits for no budget any more", async () => {
    const leaving = new AbortController();
    const waits = Promise.withResolvers<void>();
    const { hubspot, seen } = hubSpotUnderTest({
      leaving: leaving.signal,
      budget: { take: async () => 5_000, pause: async () => undefined },
      sleep: () => {
        waits.resolve();
        return never();
      },
    });
    const failure = failureOf(hubspot.readRecords(portalId, order));
    await waits.promise;
    leaving.abort();
    expect(await failure).toMatchObject({ name: "HubSpotUnavailable", outcome: "none" });
    expect(seen.requests).toEqual([]);
  });

  it("asks nothing new", async () => {
    const { hubspot, seen } = hubSpotUnderTest({ leaving: AbortSignal.abort() });
    nock(apiUrl)
      .post(readPath)
      .query(true)
      .reply(200, { status: "COMPLETE", results: [recordOf("1")] });
    expect(await failureOf(hubspot.readRecords(portalId, order))).toBeInstanceOf(HubSpotUnavailable);
    expect(seen.requests).toEqual([]);
  });
});
