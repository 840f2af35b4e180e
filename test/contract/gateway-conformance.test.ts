import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { createHubSpot, type HubSpot } from "../../server/hubspot/hubspot.ts";
import { createLogger } from "../../server/logger.ts";
import { loadSpec, type SpecOperation } from "./hubspot-spec.ts";

/** Folder `PublicApiSpecs` of a checkout of HubSpot's specification. */
const specFolder = process.env.HUBSPOT_SPEC_DIR;
const portalId = asPortalId(7001);

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly type: string;
  readonly body: unknown;
}

/** Everything that the gateway can send, sent once to a server that only listens. */
async function sendEverything(): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    const type = request.headers["content-type"] ?? "";
    const raw = await text(request);
    const body = type.includes("json") ? JSON.parse(raw) : Object.fromEntries(new URLSearchParams(raw));
    sent.push({
      method: request.method ?? "",
      path: url.pathname,
      query: url.searchParams,
      type,
      body: raw === "" ? undefined : body,
    });
    response.end(answerTo(request.method ?? "", url.pathname));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const hubspot = hubSpotAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  try {
    for (const call of Object.values(callsOf(hubspot)).flat()) await call();
  } finally {
    server.closeAllConnections();
    server.close();
  }
  return sent;
}

function hubSpotAt(apiUrl: string): HubSpot {
  return createHubSpot({
    apiUrl,
    appUrl: "https://app.hubspot.test",
    clientId: "client",
    clientSecret: "secret",
    timeoutMs: 5_000,
    now: Date.now,
    log: createLogger("silent"),
    metrics: { onRequest: () => {} },
    accessToken: async () => "token",
    budget: { take: async () => 0, pause: async () => {} },
    timeZone: async () => null,
  });
}

/** Writes an address and sends nothing. */
type Silent = "authorizeUrl";
/** A call of the gateway that is missing here does not compile. */
type Calls = Readonly<Record<Exclude<keyof HubSpot, Silent>, readonly (() => Promise<unknown>)[]>>;

function callsOf(hubspot: HubSpot): Calls {
  const priority = "due" as const;
  const filters = [{ propertyName: "hs_object_id", operator: "GT" as const, value: "1" }];
  const number = { type: "number", fieldType: "number" } as const;
  const choice = {
    type: "enumeration",
    fieldType: "select",
    description: "d",
    options: [{ value: "1", label: "One" }],
  } as const;
  const properties = [
    { name: "known", label: "New label", ...choice },
    { name: "new_in_batch", label: "B", type: "bool", fieldType: "booleancheckbox" } as const,
    { name: "new_alone", label: "A", ...number },
  ];
  const rows = [{ id: "1", properties: { known: "1" } }];
  const links = { from: "plays", to: "companies", links: [{ fromId: "1", toId: "2" }], priority };
  return {
    readRecords: [
      () => hubspot.readRecords(portalId, { objectType: "contacts", ids: ["1", "2"], properties: ["email"], priority }),
    ],
    listRecords: [
      () =>
        hubspot.listRecords(portalId, {
          objectType: "contacts",
          properties: ["email", "phone"],
          associations: ["companies"],
          after: "1",
          priority,
        }),
    ],
    searchRecords: [
      () =>
        hubspot.searchRecords(portalId, {
          objectType: "companies",
          filterGroups: [{ filters }],
          sortBy: "hs_object_id",
          properties: ["name"],
          after: "1",
          priority,
        }),
    ],
    readAssociations: [
      () => hubspot.readAssociations(portalId, { from: "companies", to: "contacts", ids: ["1"], priority }),
    ],
    updateRecords: [() => hubspot.updateRecords(portalId, { objectType: "companies", rows, priority })],
    upsertRecords: [
      () =>
        hubspot.upsertRecords(portalId, {
          objectType: "plays",
          idProperty: "key",
          rows: [{ key: "k", properties: { key: "k", name: "n" } }],
          priority,
        }),
    ],
    archiveRecords: [() => hubspot.archiveRecords(portalId, { objectType: "plays", ids: ["1"], priority })],
    changeLinks: [
      () => hubspot.changeLinks(portalId, { ...links, wanted: true }),
      () => hubspot.changeLinks(portalId, { ...links, wanted: false }),
    ],
    createTask: [
      () =>
        hubspot.createTask(portalId, {
          subject: "s",
          body: "b",
          dueAt: 1,
          type: "CALL",
          ownerId: "1",
          companyId: "1",
          contactIds: ["2"],
          priority,
        }),
    ],
    ensureProperties: [
      () =>
        hubspot.ensureProperties(portalId, {
          objectType: "companies",
          group: { name: "g", label: "G" },
          properties,
          priority,
        }),
      () =>
        hubspot.ensureProperties(portalId, {
          objectType: "deals",
          group: { name: "old", label: "New label" },
          properties: [],
          priority,
        }),
    ],
    listProperties: [() => hubspot.listProperties(portalId, { objectType: "contacts", priority })],
    readAccountDetails: [() => hubspot.readAccountDetails(portalId, priority)],
    exchangeCode: [() => hubspot.exchangeCode({ code: "c", redirectUri: "https://t.test/cb" })],
    refreshToken: [() => hubspot.refreshToken("r")],
    introspectToken: [() => hubspot.introspectToken("r", "refresh_token")],
    revokeToken: [() => hubspot.revokeToken("r", "refresh_token")],
    uninstallApp: [() => hubspot.uninstallApp(portalId)],
  };
}

/** One answer that suits every call; the second page of links ends the paging. */
function answerTo(method: string, path: string): string {
  const known = {
    name: "known",
    label: "Old label",
    type: "enumeration",
    fieldType: "select",
    groupName: "g",
    options: [],
  };
  const ids = ["1"].map((id) => ({ id, properties: {}, from: { id }, to: [] }));
  if (path.endsWith("/groups") && method === "GET")
    return JSON.stringify({ results: [{ name: "old", label: "Old label" }] });
  if (path.includes("/properties/")) {
    const made = { ...known, name: "new_in_batch" };
    return JSON.stringify({ ...known, results: path.endsWith("/batch/create") ? [made] : [known] });
  }
  const token = { access_token: "a", refresh_token: "r", expires_in: 1800, active: true };
  return JSON.stringify({ ...ids[0], ...token, results: ids, total: 1, portalId: 7001, timeZone: "UTC" });
}

function faultsOf(sent: Sent, spec: readonly SpecOperation[]): readonly string[] {
  const operation = spec.find(({ method, path }) => method === sent.method && path.test(sent.path));
  if (!operation) return ["no such path and method in the specification"];
  const declared = operation.parameters.filter((parameter) => parameter.in === "query");
  const unknown = [...new Set(sent.query.keys())].filter(
    (name) => !declared.some((parameter) => parameter.name === name),
  );
  const absent = declared.filter(({ name, required }) => required && !sent.query.has(name));
  if (operation.bodies.size === 0)
    return [...unknown, ...absent.map(({ name }) => name), ...(sent.body === undefined ? [] : ["has a body"])];
  const validate = [...operation.bodies].find(([type]) => sent.type.startsWith(type))?.[1];
  const wrong = validate?.(sent.body)
    ? []
    : (validate?.errors?.map((e) => `${e.instancePath} ${e.message}`) ?? [`content type ${sent.type}`]);
  return [...unknown.map((name) => `unknown ?${name}`), ...absent.map(({ name }) => `missing ?${name}`), ...wrong];
}

/** A request that is new belongs here. */
const everything = [
  "DELETE /appinstalls/2026-09/external-install",
  "GET /account-info/2026-09/details",
  "GET /crm/objects/2026-09/contacts",
  "GET /crm/objects/2026-09/contacts/2",
  "GET /crm/properties/2026-09/companies",
  "GET /crm/properties/2026-09/companies/groups",
  "GET /crm/properties/2026-09/contacts",
  "GET /crm/properties/2026-09/deals",
  "GET /crm/properties/2026-09/deals/groups",
  "PATCH /crm/properties/2026-09/companies/known",
  "PATCH /crm/properties/2026-09/deals/groups/old",
  "POST /crm/associations/2026-09/companies/contacts/batch/read",
  "POST /crm/associations/2026-09/plays/companies/batch/archive",
  "POST /crm/associations/2026-09/plays/companies/batch/associate/default",
  "POST /crm/objects/2026-09/companies/batch/update",
  "POST /crm/objects/2026-09/companies/search",
  "POST /crm/objects/2026-09/contacts/batch/read",
  "POST /crm/objects/2026-09/plays/batch/archive",
  "POST /crm/objects/2026-09/plays/batch/upsert",
  "POST /crm/objects/2026-09/tasks",
  "POST /crm/properties/2026-09/companies",
  "POST /crm/properties/2026-09/companies/batch/create",
  "POST /crm/properties/2026-09/companies/groups",
  "POST /oauth/2026-09/token",
  "POST /oauth/2026-09/token/introspect",
  "POST /oauth/2026-09/token/revoke",
];

if (specFolder) {
  describe("What the gateway sends, against HubSpot's specification", () => {
    let sent: readonly Sent[];
    let spec: readonly SpecOperation[];
    beforeAll(async () => {
      spec = loadSpec(specFolder);
      sent = await sendEverything();
    });

    it("uses paths, methods, parameters and bodies that exist", () => {
      const faults = sent.flatMap((one) => faultsOf(one, spec).map((fault) => `${one.method} ${one.path}: ${fault}`));
      expect(faults).toEqual([]);
    });

    it("covers every request that the gateway can make", () => {
      expect([...new Set(sent.map(({ method, path }) => `${method} ${path}`))].sort()).toEqual(everything);
    });

    it("would notice a wrong path, parameter and body", () => {
      const one = sent.find(({ path }) => path.endsWith("/batch/update")) ?? sent[0];
      if (!one) throw new Error("Nothing was sent.");
      expect(faultsOf({ ...one, path: "/crm/v3/objects/companies/batch/update" }, spec)).toHaveLength(1);
      expect(faultsOf({ ...one, query: new URLSearchParams("x=1") }, spec)).toEqual(["unknown ?x"]);
      expect(faultsOf({ ...one, body: { inputs: [{ id: 1, properties: {}, extra: true }] } }, spec)).toHaveLength(2);
    });
  });
} else {
  it("What the gateway sends was not compared with HubSpot's specification: HUBSPOT_SPEC_DIR is not set", () => {
    expect(specFolder ?? "").toBe("");
  });
}
