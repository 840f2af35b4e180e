import { afterEach, describe, expect, it } from "@jest/globals";
import {
  install,
  longAgo,
  portalId,
  record,
  seedOf,
  startInstalled,
  startStandIn,
  stopAll,
} from "./stand-in-under-test.ts";

afterEach(stopAll);

const companies = "/crm/objects/2026-09/companies";
const contacts = "/crm/objects/2026-09/contacts";

describe("Reading records", () => {
  it("returns asked properties as text or null, leaves unknown names out, and adds those that always come", async () => {
    const { call } = await startInstalled();
    const { body } = await call("GET", `${companies}/101?properties=industry,city&properties=nonsense`);
    const at = new Date(longAgo).toISOString();
    expect(body.properties).toEqual({
      industry: "MACHINERY",
      city: null,
      createdate: at,
      hs_lastmodifieddate: at,
      hs_object_id: "101",
    });
    expect(body).toMatchObject({ id: "101", createdAt: at, updatedAt: at, archived: false });
  });

  it("calls a contact's time of change lastmodifieddate", async () => {
    const { call } = await startInstalled();
    const { body } = await call("GET", `${contacts}/201`);
    expect(Object.keys(body.properties)).toEqual([
      "firstname",
      "lastname",
      "email",
      "createdate",
      "lastmodifieddate",
      "hs_object_id",
    ]);
  });

  it("finds a contact by its address and answers 404 for one that is not there", async () => {
    const { call } = await startInstalled();
    expect((await call("GET", `${contacts}/ADA@acme.example?idProperty=email`)).body.id).toBe("201");
    expect(await call("GET", `${contacts}/999`)).toMatchObject({ status: 404, body: { category: "OBJECT_NOT_FOUND" } });
    expect((await call("GET", `${contacts}/x?idProperty=firstname`)).status).toBe(400);
  });

  it("lists by id in pages, with the links that were asked for", async () => {
    const { call } = await startInstalled();
    const first = await call("GET", `${contacts}?limit=2&associations=companies`);
    expect(first.body.results.map(({ id }) => id)).toEqual(["201", "202"]);
    expect(first.body.results[0]?.associations.companies?.results).toEqual([
      { id: "101", type: "contact_to_company" },
      { id: "101", type: "contact_to_company_unlabeled" },
    ]);
    const second = await call("GET", `${contacts}?limit=2&after=${first.body.paging.next.after}`);
    expect(second.body.results.map(({ id }) => id)).toEqual(["203"]);
    expect(second.body.paging).toBeUndefined();
  });

  it.each(["limit=101", "limit=0", "limit=x", "after=x"])("refuses a list with %s", async (query) => {
    const { call } = await startInstalled();
    expect((await call("GET", `${contacts}?${query}`)).status).toBe(400);
  });
});

describe("Writing one record", () => {
  it("creates with links, and reads back what it wrote", async () => {
    const { standIn, call } = await startInstalled();
    const types = [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 1 }];
    const sent = {
      properties: { email: "new@acme.example", firstname: "Nia" },
      associations: [{ to: { id: "101" }, types }],
    };
    const created = await call("POST", contacts, sent);
    expect(created.status).toBe(201);
    const read = await call(
      "GET",
      `${contacts}/${created.body.id}?properties=firstname,associatedcompanyid,hs_email_domain`,
    );
    expect(read.body.properties).toMatchObject({
      firstname: "Nia",
      associatedcompanyid: "101",
      hs_email_domain: "acme.example",
    });
    expect(standIn.crm(portalId).linked({ type: "companies", id: "101" }, "contacts")).toContain(created.body.id);
  });

  it("refuses an address that another contact holds, and a company id that does not exist", async () => {
    const { call } = await startInstalled();
    const taken = await call("POST", contacts, { properties: { email: "ada@acme.example" } });
    expect(taken).toMatchObject({ status: 409, body: { message: "contact already exists. Existing ID: 201" } });
    const types = [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 279 }];
    expect(
      (await call("POST", contacts, { properties: {}, associations: [{ to: { id: "999" }, types }] })).status,
    ).toBe(400);
  });

  it("clears with an empty text, appends to a list with a semicolon, and spells times its own way", async () => {
    const { call } = await startInstalled();
    await call("PATCH", `${contacts}/201`, { properties: { hs_buying_role: ";CHAMPION" } });
    await call("PATCH", `${companies}/101`, { properties: { industry: "", is_public: true } });
    await call("PATCH", "/crm/objects/2026-09/deals/301", { properties: { closedate: String(longAgo) } });
    expect((await call("GET", `${contacts}/201?properties=hs_buying_role`)).body.properties.hs_buying_role).toBe(
      "DECISION_MAKER;CHAMPION",
    );
    expect((await call("GET", `${companies}/101?properties=industry,is_public`)).body.properties).toMatchObject({
      industry: null,
      is_public: "true",
    });
    const deal = await call("GET", "/crm/objects/2026-09/deals/301?properties=closedate");
    expect(deal.body.properties.closedate).toBe(new Date(longAgo).toISOString());
  });

  it("moves a lifecycle stage forward only, and notes when it was entered", async () => {
    const { call } = await startInstalled();
    const set = (lifecyclestage: string) => call("PATCH", `${companies}/101`, { properties: { lifecyclestage } });
    const read = async () =>
      (await call("GET", `${companies}/101?properties=lifecyclestage,hs_v2_date_entered_opportunity`)).body.properties;
    await set("opportunity");
    await set("lead");
    expect(await read()).toMatchObject({
      lifecyclestage: "opportunity",
      hs_v2_date_entered_opportunity: expect.any(String),
    });
    await set("");
    await set("lead");
    expect((await read()).lifecyclestage).toBe("lead");
  });

  it("archives out of sight and keeps the record for archived=true", async () => {
    const { standIn, call } = await startInstalled();
    expect((await call("DELETE", `${contacts}/201`)).status).toBe(204);
    expect((await call("GET", `${contacts}/201`)).status).toBe(404);
    const kept = await call("GET", `${contacts}/201?archived=true`);
    expect(kept.body).toMatchObject({ id: "201", archived: true, archivedAt: expect.any(String) });
    expect((await call("GET", `${contacts}?archived=true`)).body.results).toHaveLength(1);
    standIn.crm(portalId).restore("contacts", "201");
    expect(
      (await call("GET", `${contacts}/201?associations=companies`)).body.associations.companies?.results,
    ).toHaveLength(2);
  });

  it("wants a due time for a task, and no owner who has left", async () => {
    const { standIn, call } = await startInstalled();
    const tasks = "/crm/objects/2026-09/tasks";
    const task = {
      hs_task_subject: "Call Acme",
      hs_timestamp: "2026-09-02T10:00:00Z",
      hubspot_owner_id: "52",
      hs_task_priority: "HIGH",
    };
    const associations = [
      { to: { id: "101" }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 192 }] },
    ];
    expect((await call("POST", tasks, { properties: { hs_task_subject: "No time" } })).status).toBe(400);
    const made = await call("POST", tasks, { properties: task, associations });
    expect(made.status).toBe(201);
    expect(standIn.crm(portalId).linked({ type: "companies", id: "101" }, "tasks")).toEqual([made.body.id]);
    const gone = standIn.portals.get(portalId)?.owners[1];
    if (gone) gone.archived = true;
    expect((await call("POST", tasks, { properties: task })).body.errors[0]?.code).toBe("INVALID_OWNER_ID");
  });
});

describe("An address", () => {
  it.each([16_200, 8_000] as const)("may be %d characters long", async (longestUrl) => {
    const { call } = await startInstalled({ switches: { longestUrl } });
    const path = `${companies}?properties=`;
    const ask = (length: number) => call("GET", path + "x".repeat(length - path.length));
    expect([(await ask(longestUrl)).status, (await ask(longestUrl + 1)).status]).toEqual([200, 414]);
    expect((await ask(30_000)).status).toBe(414);
  });
});

describe("Erasing a person", () => {
  it("removes every trace and keeps the address from coming back", async () => {
    const { call } = await startInstalled();
    expect(
      (await call("POST", `${contacts}/gdpr-delete`, { objectId: "ada@acme.example", idProperty: "email" })).status,
    ).toBe(204);
    expect((await call("GET", `${contacts}/201`)).status).toBe(404);
    expect((await call("GET", `${contacts}/201?archived=true`)).status).toBe(404);
    expect((await call("POST", contacts, { properties: { email: "Ada@acme.example" } })).status).toBe(400);
  });
});

describe("A seed", () => {
  it("is loaded as it is, with unknown columns as text properties", async () => {
    const standIn = await startStandIn();
    standIn.addPortal(seedOf([record("companies", "7", { name: "Odd", our_own_column: "x" })], 12));
    const { call } = await install(standIn, { portalId: "12" });
    expect((await call("GET", `${companies}/7?properties=our_own_column`)).body.properties.our_own_column).toBe("x");
    expect((await call("GET", "/crm/properties/2026-09/companies/our_own_column")).status).toBe(200);
  });

  it("is refused when a link leads nowhere or an id comes twice", async () => {
    const standIn = await startStandIn();
    expect(() => standIn.addPortal(seedOf([record("contacts", "1", {}, "2")], 12))).toThrow("linked to companies 2");
    const twice = [record("companies", "1", {}), record("companies", "1", {})];
    expect(() => standIn.addPortal(seedOf(twice, 13))).toThrow("a record 1 already");
  });
});
