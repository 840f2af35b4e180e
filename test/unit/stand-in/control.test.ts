import { afterEach, describe, expect, it } from "@jest/globals";
import { portalId, startInstalled, startStandIn, stopAll } from "./stand-in-under-test.ts";

afterEach(stopAll);

async function startControl() {
  const started = await startInstalled();
  const control = async (method: string, path: string, body?: object) => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${started.standIn.url}/_stand-in/${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Readonly<Record<string, unknown>> };
  };
  return { ...started, control };
}

describe("The request log", () => {
  it("counts calls by portal and route, with the inputs of batches, and can start again", async () => {
    const { standIn, call, control } = await startControl();
    standIn.requestLog.reset();
    await call("POST", "/crm/objects/2026-09/companies/batch/read", {
      inputs: [{ id: "101" }, { id: "102" }],
      properties: [],
    });
    await call("GET", "/crm/objects/2026-09/companies/101");
    await call("GET", "/crm/objects/2026-09/companies/102");
    const { body } = await control("GET", `requests?portalId=${portalId}`);
    expect(body).toMatchObject({
      total: 3,
      counts: { "POST /crm/objects/2026-09/companies/batch/read": 1, "GET /crm/objects/2026-09/companies/:id": 2 },
    });
    expect(standIn.requestLog.entries()[0]).toMatchObject({ method: "POST", status: 200, inputs: 2, portalId });
    await control("DELETE", "requests");
    expect(standIn.requestLog.total()).toBe(0);
  });

  it("holds no tokens and no bodies", async () => {
    const { standIn, accessToken, refreshToken, call } = await startControl();
    await call("PATCH", "/crm/objects/2026-09/contacts/201", { properties: { firstname: "Secretname" } });
    const text = JSON.stringify(standIn.requestLog.entries());
    for (const secret of [accessToken, refreshToken, "Secretname", "the-client-secret"])
      expect(text).not.toContain(secret);
  });
});

describe("The control paths", () => {
  it("step the clock", async () => {
    const { control, call } = await startControl();
    expect((await control("POST", "clock", { stepMs: 1_800_000 })).status).toBe(200);
    expect((await call("GET", "/account-info/2026-09/details")).status).toBe(401);
    expect((await control("POST", "clock", { stepMs: -1 })).status).toBe(400);
    expect((await control("GET", "clock")).body.now).toBeGreaterThan(Date.now() + 1_700_000);
  });

  it("plan and clear faults", async () => {
    const { control, call } = await startControl();
    const planned = await control("POST", "faults", {
      kind: "locked",
      times: 2,
      path: "/batch/update",
      portalId,
      ids: ["101"],
    });
    expect(planned.body).toEqual({
      pending: [{ kind: "locked", times: 2, path: "/batch/update", portalId, ids: ["101"] }],
    });
    expect(
      (await call("POST", "/crm/objects/2026-09/companies/batch/update", { inputs: [{ id: "102" }] })).status,
    ).not.toBe(423);
    expect(
      (await call("POST", "/crm/objects/2026-09/companies/batch/update", { inputs: [{ id: "101" }] })).status,
    ).toBe(423);
    expect((await control("GET", "faults")).body.met).toEqual({ locked: 1 });
    await control("DELETE", "faults");
    expect((await control("GET", "faults")).body).toEqual({ pending: [], met: {} });
    expect((await control("POST", "faults", { kind: "meteor" })).status).toBe(400);
  });

  it("set switches and refuse unknown ones", async () => {
    const { standIn, control } = await startControl();
    await control("POST", "switches", { partialFailureStatus: 207 });
    expect(standIn.switches.partialFailureStatus).toBe(207);
    expect((await control("POST", "switches", { partialFailureStatus: 418 })).status).toBe(400);
    expect((await control("POST", "switches", { nonsense: true })).status).toBe(400);
    expect((await control("GET", "switches")).body.partialFailureStatus).toBe(207);
  });

  it("list portals, uninstall, and tell when webhooks are through", async () => {
    const { standIn, control } = await startControl();
    expect((await control("GET", "portals")).body).toMatchObject({
      portals: [{ portalId, installed: true, companies: 2, contacts: 3 }],
    });
    await control("POST", `portals/${portalId}/uninstall`, {});
    expect(standIn.grant(portalId)).toBeNull();
    expect((await control("POST", "webhooks/settled", {})).status).toBe(200);
    expect((await control("GET", "webhooks")).body).toMatchObject({ sent: [], lost: 0 });
    expect((await control("GET", "portals/1")).status).toBe(404);
  });

  it("act as a person in the CRM", async () => {
    const { control } = await startControl();
    const act = (action: string, fields: object) => control("POST", `portals/${portalId}/crm`, { action, ...fields });
    const { body } = await act("create", {
      type: "contacts",
      properties: { email: "eve@acme.example" },
      links: [{ type: "companies", id: "101", primary: true }],
    });
    await act("update", { type: "contacts", id: body.result, properties: { jobtitle: "CTO" } });
    await act("updateSilently", { type: "contacts", id: body.result, properties: { hs_email_open: 3 } });
    const seen = await act("get", { type: "contacts", id: body.result });
    expect(seen.body.result).toMatchObject({
      properties: { jobtitle: "CTO", hs_email_open: "3", associatedcompanyid: "101" },
    });
    await act("associate", {
      from: { type: "contacts", id: "203" },
      to: { type: "companies", id: "101" },
      primary: true,
    });
    expect((await act("linked", { from: { type: "companies", id: "101" }, to: "contacts" })).body.result).toEqual([
      "201",
      "202",
      body.result,
      "203",
    ]);
    await act("disassociate", { from: { type: "contacts", id: "203" }, to: { type: "companies", id: "101" } });
    const merged = await act("merge", { type: "companies", primaryId: "101", otherId: "102" });
    expect((await act("find", { type: "companies", where: { name: "Acme" } })).body.result).toMatchObject([
      { id: merged.body.result },
    ]);
    await act("delete", { type: "contacts", id: "202" });
    await act("restore", { type: "contacts", id: "202" });
    await act("privacyDelete", { contactId: "202" });
    expect((await act("get", { type: "contacts", id: "202" })).body.result).toBeNull();
  });

  it("refuse an action that cannot be done, and anything that is not JSON", async () => {
    const { standIn, control } = await startControl();
    const act = (fields: object) => control("POST", `portals/${portalId}/crm`, fields);
    expect((await act({ action: "explode" })).status).toBe(400);
    expect((await act({ action: "update", type: "contacts", id: "999", properties: {} })).status).toBe(400);
    expect((await act({ action: "merge", type: "deals", primaryId: "1", otherId: "2" })).status).toBe(400);
    const plain = await fetch(`${standIn.url}/_stand-in/portals/${portalId}/crm`, { method: "POST", body: "{}" });
    expect(plain.status).toBe(415);
  });
});

describe("A mounted page", () => {
  it("is offered every request first and may leave it", async () => {
    const standIn = await startStandIn();
    standIn.mount((request, response) => {
      if (request.url !== "/contacts/4711") return false;
      response.end("a record page");
      return true;
    });
    expect(await (await fetch(`${standIn.url}/contacts/4711`)).text()).toBe("a record page");
    expect((await fetch(`${standIn.url}/_stand-in/portals`)).status).toBe(200);
  });
});
