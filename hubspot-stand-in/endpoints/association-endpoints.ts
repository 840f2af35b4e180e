import { apiVersion } from "../api-version.ts";
import { defaultTypes } from "../crm-data/association-store.ts";
import { link, unlink } from "../crm-data/change-links.ts";
import type { Link } from "../crm-data/link-table.ts";
import { invalidRequest } from "../http/api-error.ts";
import type { ApiAnswer, ApiRequest, Caller, PortalRoute } from "../http/api-route.ts";
import { isObject, type JsonObject, parseId, parseInputs, parseObject } from "../http/read-body.ts";
import type { ObjectTypeFacts } from "../object-types.ts";
import type { Portal } from "../portal.ts";
import { batchAnswer, failedRows, missingRows } from "./batch-answer.ts";
import { batchId } from "./find-record.ts";
import { pairScopes, requireObjectType } from "./object-scopes.ts";
import { callerActor, parseTypeIds } from "./write-input.ts";

/** hubspot-api.md §4.2 */
const mostReadInputs = 1_000;
const mostWriteInputs = 2_000;
const linksPerPage = 500;

interface Pair {
  readonly portal: Portal;
  readonly caller: Caller;
  readonly from: ObjectTypeFacts;
  readonly to: ObjectTypeFacts;
  readonly inputs: readonly JsonObject[];
  readonly startedAt: number;
}

export function associationRoutes(): PortalRoute[] {
  const route = (
    path: string,
    access: "read" | "write",
    most: number,
    handle: (pair: Pair) => ApiAnswer,
  ): PortalRoute => ({
    method: "POST",
    path: `/crm/associations/${apiVersion}/:from/:to/batch/${path}`,
    limit: "associations",
    scopes: (params) => pairScopes(params, access),
    handle: ({ params, rawBody }: ApiRequest, portal, caller) =>
      handle({
        portal,
        caller,
        from: requireObjectType(params, "from"),
        to: requireObjectType(params, "to"),
        inputs: parseInputs(parseObject(rawBody), most),
        startedAt: portal.clock.now(),
      }),
  });
  return [
    route("read", "read", mostReadInputs, readLinks),
    route("create", "write", mostWriteInputs, (pair) => createLinks(pair, (input) => parseTypeIds(input.types))),
    route("associate/default", "write", mostWriteInputs, (pair) => createLinks(pair, () => null)),
    route("archive", "write", mostWriteInputs, archiveLinks),
    route("labels/archive", "write", mostWriteInputs, archiveLabels),
  ];
}

function readLinks({ portal, caller, from, to, inputs, startedAt }: Pair): ApiAnswer {
  const results: object[] = [];
  const [missing, failed]: [string[], string[]] = [[], []];
  for (const [place, input] of inputs.entries()) {
    const id = batchId(portal, from.name, parseId(input.id));
    const links = portal.links.links({ type: from.name, id }, to.name);
    if (caller.failing.has(place)) failed.push(id);
    else if (links.length === 0) missing.push(id);
    else results.push({ from: { id }, ...linkPage(portal, from, to, links, input.after) });
  }
  const none = {
    ...missingRows(missing),
    message: `No ${to.singular} is associated with ${from.singular}`,
    context: { fromObjectId: missing },
  };
  const unread = { ...failedRows(failed), context: { fromObjectId: failed } };
  const errors = [...(missing.length > 0 ? [none] : []), ...(failed.length > 0 ? [unread] : [])];
  return batchAnswer(portal, startedAt, results, errors);
}

function linkPage(
  portal: Portal,
  from: ObjectTypeFacts,
  to: ObjectTypeFacts,
  links: readonly Link[],
  after: unknown,
): object {
  const start = after === undefined || after === null ? 0 : Number(after);
  if (!Number.isInteger(start) || start < 0) throw invalidRequest(`Invalid paging cursor: ${String(after)}`);
  const shown = links.slice(start, start + linksPerPage);
  const next = start + shown.length;
  return {
    to: shown.map(({ toId, typeIds }) => ({
      toObjectId: portal.switches.toObjectIdAs === "number" ? Number(toId) : toId,
      associationTypes: typeIds.map((typeId) => portal.labels.describe(from.name, to.name, typeId)),
    })),
    ...(next < links.length && { paging: { next: { after: String(next), link: `?after=${next}` } } }),
  };
}

function createLinks(pair: Pair, typesOf: (input: JsonObject) => number[] | null): ApiAnswer {
  const { portal, caller, from, to, inputs, startedAt } = pair;
  const plain = defaultTypes(from.name, to.name, false);
  const rows = inputs.map((input) => ({ ends: readEnds(input), typeIds: typesOf(input) }));
  requireKnownTypes(
    pair,
    rows.flatMap(({ typeIds }) => typeIds ?? []),
  );
  const results: object[] = [];
  const missing: string[] = [];
  for (const { ends, typeIds } of rows) {
    const [fromId, toId] = ends;
    if (!portal.records.find(from.name, fromId)) missing.push(fromId);
    else if (!portal.records.find(to.name, toId)) missing.push(toId);
    else {
      const all = [...new Set([...plain, ...(typeIds ?? [])])];
      link(portal, callerActor(caller), { type: from.name, id: fromId }, { type: to.name, id: toId }, all);
      results.push(typeIds ? showLabelled(pair, fromId, toId, typeIds) : showDefault(fromId, toId, plain[0]));
    }
  }
  return batchAnswer(portal, startedAt, results, missing.length > 0 ? [missingRows(missing)] : []);
}

/** Before anything is written: one wrong type refuses the whole batch. */
function requireKnownTypes({ portal, from, to }: Pair, typeIds: readonly number[]): void {
  const known = portal.labels.list(from.name, to.name).map(({ typeId }) => typeId);
  const unknown = typeIds.find((typeId) => !known.includes(typeId));
  if (unknown !== undefined) throw invalidRequest(`${unknown} is no association type from ${from.name} to ${to.name}.`);
}

function showLabelled(
  { portal, from, to }: Pair,
  fromObjectId: string,
  toObjectId: string,
  typeIds: readonly number[],
): object {
  const labels = typeIds
    .map((typeId) => portal.labels.describe(from.name, to.name, typeId).label)
    .filter((label) => label !== null);
  return { fromObjectTypeId: from.id, fromObjectId, toObjectTypeId: to.id, toObjectId, labels };
}

function showDefault(fromId: string, toId: string, typeId: number | undefined): object {
  const associationSpec = { associationCategory: "HUBSPOT_DEFINED", associationTypeId: typeId };
  return { from: { id: fromId }, to: { id: toId }, associationSpec };
}

function archiveLinks({ portal, caller, from, to, inputs, startedAt }: Pair): ApiAnswer {
  for (const input of inputs) {
    const targets: readonly unknown[] = Array.isArray(input.to) ? input.to : [input.to];
    const fromId = idOf(input.from);
    for (const target of targets) {
      unlink(portal, callerActor(caller), { type: from.name, id: fromId }, { type: to.name, id: idOf(target) });
    }
  }
  return batchAnswer(portal, startedAt, []);
}

function archiveLabels({ portal, caller, from, to, inputs, startedAt }: Pair): ApiAnswer {
  for (const input of inputs) {
    const [fromId, toId] = readEnds(input);
    unlink(
      portal,
      callerActor(caller),
      { type: from.name, id: fromId },
      { type: to.name, id: toId },
      parseTypeIds(input.types),
    );
  }
  return batchAnswer(portal, startedAt, []);
}

function readEnds(input: JsonObject): [string, string] {
  return [idOf(input.from), idOf(input.to)];
}

function idOf(end: unknown): string {
  return parseId(isObject(end) ? end.id : undefined);
}
