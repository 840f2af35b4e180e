import { readFile } from "node:fs/promises";
import path from "node:path";
import { Ajv, type ValidateFunction } from "ajv";

type Json = Record<string, unknown>;

export interface SpecOperation {
  readonly method: string;
  readonly path: string;
  /** By status; null for an answer without a body. */
  readonly answers: ReadonlyMap<string, ValidateFunction | null>;
  readonly request: ValidateFunction | null;
}

/** Documents for the paths that the stand-in has; hubspot-api.md §7 names them. */
const documents = [
  "CRM/Objects/Rollouts/424/2026-09/objects.json",
  "CRM/Associations/Rollouts/130902/2026-09/associations.json",
  "CRM/Associations Schema/Rollouts/130902/2026-09/associationsSchema.json",
  "CRM/Properties/Rollouts/145899/2026-09/properties.json",
  "CRM/Crm Owners/Rollouts/146888/2026-09/crmOwners.json",
  "CRM/App Uninstalls/Rollouts/209039/2026-09/appUninstalls.json",
  "Account/Account Info/Rollouts/144923/2026-09/accountInfo.json",
  "Auth/Oauth/Rollouts/279897/2026-09/oauth.json",
];

/** Reads HubSpot's own OpenAPI documents from a checkout outside the repository; they must not be copied into it (§7). */
export async function loadSpecs(specDir: string): Promise<SpecOperation[]> {
  const all = await Promise.all(documents.map((file) => loadSpec(path.join(specDir, file))));
  return all.flat();
}

export function findOperation(
  operations: readonly SpecOperation[],
  method: string,
  requestPath: string,
): SpecOperation | undefined {
  const matching = operations.filter(
    (operation) => operation.method === method && matches(operation.path, requestPath),
  );
  return matching.sort((a, b) => holes(a.path) - holes(b.path))[0];
}

const holes = (template: string) => template.split("{").length;

function matches(template: string, requestPath: string): boolean {
  const pattern = template.split("/").map((part) => (part.startsWith("{") ? "[^/]+" : part));
  return new RegExp(`^${pattern.join("/")}$`).test(requestPath);
}

async function loadSpec(file: string): Promise<SpecOperation[]> {
  const spec = JSON.parse(await readFile(file, "utf8")) as Json;
  tidy(spec);
  const schemas = objectAt(objectAt(spec, "components"), "schemas");
  relax(schemas);
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema({ $id: "spec", components: { schemas } });
  const compile = (content: Json): ValidateFunction | null => {
    const [body] = Object.values(content);
    return isObject(body) ? ajv.compile(pointIntoSpec(objectAt(body, "schema"))) : null;
  };
  const operations: SpecOperation[] = [];
  for (const [template, item] of Object.entries(objectAt(spec, "paths"))) {
    for (const [method, operation] of Object.entries(isObject(item) ? item : {})) {
      if (!isObject(operation) || !isObject(operation.responses)) continue;
      const answers = Object.entries(operation.responses).map(
        ([status, answer]) => [status, compile(objectAt(isObject(answer) ? answer : {}, "content"))] as const,
      );
      const request = compile(objectAt(objectAt(operation, "requestBody"), "content"));
      operations.push({ method: method.toUpperCase(), path: template, answers: new Map(answers), request });
    }
  }
  return operations;
}

/** Patches 1 and 2 of hubspot-api.md, Appendix A: `"example": null` on every node, `$ref` with siblings. */
function tidy(node: unknown): void {
  if (Array.isArray(node)) for (const item of node) tidy(item);
  if (!isObject(node)) return;
  if (node.example === null) delete node.example;
  if ("$ref" in node) for (const key of Object.keys(node)) if (key !== "$ref") delete node[key];
  for (const value of Object.values(node)) tidy(value);
}

/** Patches 3 and 4: over-strict `required`, and the nulls and numbers that HubSpot really sends. */
function relax(schemas: Json): void {
  const required: Readonly<Record<string, string[]>> = {
    PublicObjectSearchRequest: [],
    BatchReadInputSimplePublicObjectId: ["inputs"],
    StandardError: ["category", "message", "status"],
    Error: ["message"],
    SimplePublicObjectInputForCreate: ["properties"],
    SimplePublicObjectBatchInputForCreate: ["properties"],
    BatchReadInputPropertyName: ["inputs"],
  };
  for (const [name, fields] of Object.entries(required)) {
    const schema = schemas[name];
    if (isObject(schema)) schema.required = fields;
  }
  const sorts = objectAt(objectAt(objectAt(schemas, "PublicObjectSearchRequest"), "properties"), "sorts");
  sorts.items = {};
  for (const schema of Object.values(schemas)) {
    const properties = objectAt(isObject(schema) ? schema : {}, "properties");
    const values = objectAt(objectAt(properties, "properties"), "additionalProperties");
    if (values.type === "string") values.nullable = true;
    if (properties.typeId && properties.label) objectAt(properties, "label").nullable = true;
    if (properties.toObjectId) properties.toObjectId = { type: ["string", "integer"] };
  }
}

function pointIntoSpec(schema: Json): Json {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"spec#/components')) as Json;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object under a key; an empty one, which is not kept, when there is none. */
function objectAt(parent: Json, key: string): Json {
  const value = parent[key];
  return isObject(value) ? value : {};
}
