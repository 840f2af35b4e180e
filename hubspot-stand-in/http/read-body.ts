import type { IncomingMessage } from "node:http";
import { ApiError, invalidRequest } from "./api-error.ts";

/** Far above any batch that HubSpot would take. */
const largestBody = 5_000_000;

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > largestBody) {
      throw new ApiError(413, {
        status: "error",
        message: "The request body is too large.",
        category: "VALIDATION_ERROR",
      });
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function parseObject(rawBody: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(rawBody);
  } catch {
    // The answer says what the parser said.
  }
  if (!isObject(value)) throw invalidRequest("Invalid input JSON: an object was expected.");
  return value;
}

/** The `inputs` of a batch request: objects, at least one and at most `most`. */
export function parseInputs(body: JsonObject, most: number): JsonObject[] {
  const inputs = body.inputs;
  if (!Array.isArray(inputs) || !inputs.every(isObject))
    throw invalidRequest('Invalid input JSON: "inputs" must be a list of objects.');
  if (inputs.length === 0) throw invalidRequest("inputs must not be empty");
  if (inputs.length > most)
    throw invalidRequest(`The maximum number of inputs supported in a batch request for this object type is ${most}.`);
  return inputs;
}

export function parseText(body: JsonObject, name: string): string {
  const value = body[name];
  if (typeof value !== "string" || value === "") throw invalidRequest(`Some required fields were not set: [${name}]`);
  return value;
}

export function parseId(value: unknown): string {
  if (typeof value === "string" || typeof value === "number") return String(value);
  throw invalidRequest("Invalid input JSON: an id must be text.");
}

export function parseTexts(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.map(String);
  throw invalidRequest("Invalid input JSON: a list of texts was expected.");
}

export function parseProperties(value: unknown): JsonObject {
  if (isObject(value)) return value;
  throw invalidRequest("Some required fields were not set: [properties]");
}

/** `a=1&a=2` and `a=1,2` are the same list (hubspot-api.md §1.4). */
export function queryList(query: URLSearchParams, name: string): string[] {
  return query
    .getAll(name)
    .flatMap((value) => value.split(","))
    .filter(Boolean);
}
