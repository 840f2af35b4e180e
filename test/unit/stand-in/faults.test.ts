import { afterEach, describe, expect, it } from "@jest/globals";
import { portalId, startInstalled, stopAll } from "./stand-in-under-test.ts";

afterEach(stopAll);

const companies = "/crm/objects/2026-09/companies";

describe("Faults on demand", () => {
  it.each([
    ["rateLimit", 429],
    ["searchRateLimit", 429],
    ["dailyLimit", 429],
    ["locked", 423],
    ["migrating", 477],
    ["serverError", 500],
    ["badGateway", 502],
    ["refuseBatch", 400],
    ["unauthorized", 401],
    ["forbidden", 403],
  ] as const)("%s answers %d once and then no more", async (kind, status) => {
    const { standIn, call } = await startInstalled();
    standIn.faults.add({ kind, path: "/companies", method: "GET", portalId });
    expect((await call("GET", "/crm/owners/2026-09")).status).toBe(200);
    const faulty = await call("GET", companies);
    expect(faulty.status).toBe(status);
    if (kind === "migrating") expect(faulty.headers.get("retry-after")).toBe("60");
    if (kind === "badGateway") expect(faulty.text).toContain("<html>");
    expect((await call("GET", companies)).status).toBe(200);
  });

  const rename = (name: string) => ({ inputs: [{ id: "101", properties: { name } }] });

  it("cuts the connection before or after the write", async () => {
    const { standIn, call } = await startInstalled();
    standIn.faults.add({ kind: "resetBefore" });
    await expect(call("POST", `${companies}/batch/update`, rename("before"))).rejects.toThrow();
    expect(standIn.crm(portalId).get("companies", "101")?.properties.name).toBe("Acme");
    standIn.faults.add({ kind: "resetAfter" });
    await expect(call("POST", `${companies}/batch/update`, rename("after"))).rejects.toThrow();
    expect(standIn.crm(portalId).get("companies", "101")?.properties.name).toBe("after");
    expect(standIn.requestLog.entries().at(-1)?.status).toBe(0);
  });

  it("writes late, after the client has given up", async () => {
    const { standIn, call } = await startInstalled();
    standIn.faults.add({ kind: "lateApply", delayMs: 60_000 });
    await expect(call("POST", `${companies}/batch/update`, rename("late"))).rejects.toThrow();
    expect(standIn.crm(portalId).get("companies", "101")?.properties.name).toBe("Acme");
    standIn.clock.step(60_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(standIn.crm(portalId).get("companies", "101")?.properties.name).toBe("late");
  });

  it("cuts a body short, answers slowly, or never", async () => {
    const { standIn, call, accessToken } = await startInstalled();
    standIn.faults.add({ kind: "cutBody" });
    await expect(call("GET", companies)).rejects.toThrow();
    standIn.faults.add({ kind: "slow", delayMs: 30 });
    const startedAt = performance.now();
    expect((await call("GET", companies)).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(25);
    standIn.faults.add({ kind: "hang" });
    const headers = { authorization: `Bearer ${accessToken}` };
    await expect(fetch(standIn.url + companies, { headers, signal: AbortSignal.timeout(50) })).rejects.toThrow();
  });

  it("fails a part of a batch", async () => {
    const { standIn, call } = await startInstalled();
    standIn.faults.add({ kind: "partialFailure", ids: ["102"] });
    const inputs = ["101", "102"].map((id) => ({ id, properties: { name: `new ${id}` } }));
    const { body } = await call("POST", `${companies}/batch/update`, { inputs });
    expect(body.results.map(({ id }) => id)).toEqual(["101"]);
    expect(body.errors[0]?.context.ids).toEqual(["102"]);
    expect(standIn.crm(portalId).get("companies", "102")?.properties.name).toBe("Birch");
  });

  it("fails as many rows as planned, and the same ones for the same seed", async () => {
    const ids = ["101", "102"];
    const failed = async (seed: number) => {
      const { standIn, call } = await startInstalled();
      standIn.faults.seed(seed);
      standIn.faults.add({ kind: "partialFailure", rows: 1, times: 8 });
      const inputs = ids.map((id) => ({ id, properties: { name: `new ${id}` } }));
      const names: string[][] = [];
      for (let round = 0; round < 8; round++) {
        const { body } = await call("POST", `${companies}/batch/update`, { inputs });
        names.push(ids.filter((id) => !body.results.some((row: { id: string }) => row.id === id)));
      }
      return names;
    };
    const drawn = await failed(7);
    expect(drawn.map((names) => names.length)).toEqual(Array(8).fill(1));
    expect(await failed(7)).toEqual(drawn);
  });

  it("meets a share of the requests, counts them, and only those that name the record", async () => {
    const { standIn, call } = await startInstalled();
    standIn.faults.seed(1);
    standIn.faults.add({ kind: "serverError", share: 0.3, times: 1_000 });
    for (let asked = 0; asked < 100; asked++) await call("GET", `${companies}/101`);
    const { serverError = 0 } = standIn.faults.met(portalId);
    expect(serverError).toBeGreaterThan(15);
    expect(serverError).toBeLessThan(45);
    standIn.faults.clear();
    standIn.faults.add({ kind: "refuseBatch", ids: ["102"] });
    expect((await call("POST", `${companies}/batch/update`, rename("alone"))).status).toBe(200);
    const both = { inputs: ["101", "102"].map((id) => ({ id, properties: { name: "both" } })) };
    expect((await call("POST", `${companies}/batch/update`, both)).status).toBe(400);
    expect(standIn.faults.met()).toEqual({ refuseBatch: 1 });
  });

  it("ends a token before its time, for all who hold it", async () => {
    const { standIn, call } = await startInstalled();
    standIn.faults.add({ kind: "expireToken" });
    const first = await call("GET", companies);
    expect([first.status, first.body.category]).toEqual([401, "EXPIRED_AUTHENTICATION"]);
    expect((await call("GET", companies)).status).toBe(401);
  });
});
