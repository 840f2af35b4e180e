import { afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { type Install, install, portalId, startStandIn, stopAll } from "../unit/stand-in/stand-in-under-test.ts";
import { findOperation, loadSpecs, type SpecOperation } from "./hubspot-answer-spec.ts";

/** `PublicApiSpecs` of a checkout of HubSpot's public API spec collection. */
const specDir = process.env.HUBSPOT_SPEC_DIR;

const notRun =
  "Not run: conformance of the HubSpot stand-in with HubSpot's OpenAPI documents, because HUBSPOT_SPEC_DIR does not name a checkout of them.";

let operations: SpecOperation[] = [];
let checked: string[] = [];

afterEach(stopAll);

/** Sends a request and holds both it and its answer to HubSpot's own description. */
async function check(
  { call }: Install,
  method: string,
  path: string,
  body?: object,
): Promise<Awaited<ReturnType<Install["call"]>>> {
  const [pathname = ""] = path.split("?");
  const operation = findOperation(operations, method, pathname);
  const answer = await call(method, path, body);
  const name = `${method} ${pathname} ${answer.status}`;
  checked.push(name);
  if (!operation) throw new Error(`${name}: HubSpot's documents have no such operation`);
  if (body && operation.request && !operation.request(body))
    throw new Error(`${name}: request ${JSON.stringify(operation.request.errors)}`);
  if (answer.status >= 400) {
    expect(answer.body).toMatchObject({
      message: expect.any(String),
      category: expect.any(String),
      correlationId: expect.any(String),
    });
    return answer;
  }
  const validate = operation.answers.get(String(answer.status));
  if (validate === undefined) throw new Error(`${name}: the status is not declared`);
  if (validate && !validate(answer.body))
    throw new Error(`${name}: ${JSON.stringify(validate.errors)} in ${answer.text}`);
  return answer;
}

if (specDir === undefined) {
  describe("The stand-in's conformance with HubSpot's OpenAPI documents", () => {
    it("was not run, and says so", () => {
      process.stdout.write(`${notRun}\n`);
      expect(notRun).toMatch(/^Not run: .* because HUBSPOT_SPEC_DIR/);
    });
  });
} else {
  describe("The stand-in, held to HubSpot's OpenAPI documents of 2026-09,", () => {
    let app: Install;

    beforeAll(async () => {
      operations = await loadSpecs(specDir);
    });

    const start = async () => {
      const standIn = await startStandIn();
      app = await install(standIn);
      checked = [];
      return standIn;
    };

    const companies = "/crm/objects/2026-09/companies";

    it("answers object reads and writes as described", async () => {
      await start();
      await check(app, "GET", `${companies}?limit=1&associations=contacts&properties=name`);
      await check(app, "GET", `${companies}/101?properties=name,city`);
      await check(app, "GET", `${companies}/999`);
      const types = [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 279 }];
      await check(app, "POST", "/crm/objects/2026-09/contacts", {
        properties: { firstname: "A" },
        associations: [{ to: { id: "101" }, types }],
      });
      await check(app, "PATCH", `${companies}/101`, { properties: { city: "Ulm" } });
      await check(app, "PATCH", `${companies}/101`, { properties: { annualrevenue: "much" } });
      await check(app, "DELETE", `${companies}/102`);
      expect(checked).toHaveLength(7);
    });

    it("answers batches as described, also those that fail in part", async () => {
      await start();
      const inputs = [
        { id: "101", properties: { name: "N" } },
        { id: "999", properties: { name: "N" } },
      ];
      await check(app, "POST", `${companies}/batch/read`, { inputs, properties: ["name", "city"] });
      await check(app, "POST", `${companies}/batch/update`, { inputs });
      await check(app, "POST", `${companies}/batch/create`, { inputs: [{ properties: { name: "New" } }] });
      await check(app, "POST", "/crm/objects/2026-09/contacts/batch/upsert", {
        inputs: [{ id: "x@y.example", idProperty: "email", properties: {} }],
      });
      await check(app, "POST", `${companies}/batch/archive`, { inputs: [{ id: "101" }] });
      expect(checked.map((name) => name.slice(-3))).toEqual(["200", "200", "201", "200", "204"]);
    });

    it("answers the search as described", async () => {
      await start();
      const filters = [{ propertyName: "name", operator: "EQ", value: "Acme" }];
      await check(app, "POST", `${companies}/search`, {
        filterGroups: [{ filters }],
        sorts: ["name"],
        properties: ["name"],
        limit: 1,
      });
      await check(app, "POST", `${companies}/search`, { limit: 500 });
    });

    it("answers associations and their labels as described", async () => {
      const standIn = await start();
      const path = "/crm/associations/2026-09/contacts/companies";
      const ends = { from: { id: "203" }, to: { id: "101" } };
      const typed = { ...ends, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 1 }] };
      for (const position of ["string", "number"] as const) {
        standIn.switches.toObjectIdAs = position;
        await check(app, "POST", `${path}/batch/read`, { inputs: [{ id: "201" }, { id: "999" }] });
      }
      await check(app, "POST", `${path}/batch/create`, { inputs: [typed] });
      await check(app, "POST", `${path}/batch/associate/default`, { inputs: [ends] });
      await check(app, "POST", `${path}/batch/labels/archive`, { inputs: [typed] });
      await check(app, "POST", `${path}/batch/archive`, { inputs: [{ from: { id: "203" }, to: [{ id: "101" }] }] });
      await check(app, "POST", `${path}/labels`, { label: "Board", name: "board" });
      await check(app, "PUT", `${path}/labels`, { associationTypeId: 1000, label: "Council" });
      await check(app, "GET", `${path}/labels`);
      await check(app, "DELETE", `${path}/labels/1000`);
    });

    it("answers properties and groups as described", async () => {
      await start();
      const path = "/crm/properties/2026-09/companies";
      const score = { name: "abm_score", label: "Score", groupName: "abm", type: "number", fieldType: "number" };
      await check(app, "POST", `${path}/groups`, { name: "abm", label: "ABM", displayOrder: 1 });
      await check(app, "GET", `${path}/groups`);
      await check(app, "GET", `${path}/groups/abm`);
      await check(app, "PATCH", `${path}/groups/abm`, { label: "ABM!" });
      await check(app, "POST", path, score);
      await check(app, "POST", path, score);
      await check(app, "GET", path);
      await check(app, "GET", `${path}/abm_score`);
      await check(app, "PATCH", `${path}/abm_score`, { label: "ABM score" });
      await check(app, "POST", `${path}/batch/create`, { inputs: [{ ...score, name: "abm_tier" }] });
      await check(app, "POST", `${path}/batch/read`, {
        inputs: [{ name: "abm_tier" }, { name: "none" }],
        archived: false,
      });
      await check(app, "POST", `${path}/batch/archive`, { inputs: [{ name: "abm_tier" }] });
      await check(app, "DELETE", `${path}/abm_score`);
      await check(app, "DELETE", `${path}/groups/abm`);
    });

    it("answers owners, account and uninstall as described", async () => {
      const standIn = await start();
      await check(app, "GET", "/crm/owners/2026-09?limit=1");
      await check(app, "GET", "/crm/owners/2026-09/51");
      await check(app, "GET", "/account-info/2026-09/details");
      await check(app, "DELETE", "/appinstalls/2026-09/external-install");
      expect(standIn.grant(portalId)).toBeNull();
    });
  });
}
