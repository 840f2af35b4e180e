import { apiVersion } from "../api-version.ts";
import { changeProperties } from "../crm-data/change-properties.ts";
import { archiveRecord, createRecord } from "../crm-data/change-records.ts";
import type { StoredRecord } from "../crm-data/record-store.ts";
import { invalidRequest } from "../http/api-error.ts";
import type { ApiAnswer, ApiRequest, Caller, PortalRoute } from "../http/api-route.ts";
import { type JsonObject, parseId, parseInputs, parseObject, parseTexts } from "../http/read-body.ts";
import type { ObjectTypeFacts } from "../object-types.ts";
import type { Portal } from "../portal.ts";
import { batchAnswer, failedRows, missingRows, type RowError } from "./batch-answer.ts";
import { findRecord } from "./find-record.ts";
import { objectScopes, requireObjectType } from "./object-scopes.ts";
import { showRecord } from "./show-record.ts";
import { callerActor, checkAll, checkUnique, parseLinks } from "./write-input.ts";

/** hubspot-api.md §4.2 */
const mostInputs = 100;

interface Batch {
  readonly portal: Portal;
  readonly caller: Caller;
  readonly facts: ObjectTypeFacts;
  readonly body: JsonObject;
  readonly inputs: readonly JsonObject[];
  readonly request: ApiRequest;
  readonly startedAt: number;
}

export function batchRoutes(): PortalRoute[] {
  const route = (name: string, access: "read" | "write", handle: (batch: Batch) => ApiAnswer): PortalRoute => ({
    method: "POST",
    path: `/crm/objects/${apiVersion}/:objectType/batch/${name}`,
    limit: "general",
    scopes: (params) => objectScopes(requireObjectType(params), access),
    handle(request, portal, caller) {
      const body = parseObject(request.rawBody);
      const facts = requireObjectType(request.params);
      const inputs = parseInputs(body, mostInputs);
      return handle({ portal, caller, facts, body, inputs, request, startedAt: portal.clock.now() });
    },
  });
  return [
    route("read", "read", readBatch),
    route("create", "write", createBatch),
    route("update", "write", updateBatch),
    route("upsert", "write", upsertBatch),
    route("archive", "write", archiveBatch),
  ];
}

function readBatch({ portal, caller, facts, body, inputs, request, startedAt }: Batch): ApiAnswer {
  const idProperty = typeof body.idProperty === "string" ? body.idProperty : null;
  const archived = request.query.get("archived") === "true";
  const asked = parseTexts(body.properties);
  const found = new Map<string, object>();
  const [missing, failed]: [string[], string[]] = [[], []];
  const places = new Map(inputs.map((input, place) => [parseId(input.id), place]));
  for (const [id, place] of places) {
    const record = findRecord(portal, facts, id, { idProperty, archived, inBatch: true });
    if (caller.failing.has(place)) failed.push(id);
    else if (record) found.set(record.id, showRecord(portal, facts, record, asked));
    else missing.push(id);
  }
  const errors = [
    ...(missing.length > 0 ? [missingRows(missing)] : []),
    ...(failed.length > 0 ? [failedRows(failed)] : []),
  ];
  return batchAnswer(portal, startedAt, [...found.values()], errors);
}

function createBatch({ portal, caller, facts, inputs, startedAt }: Batch): ApiAnswer {
  const values = checkAll(
    portal,
    facts,
    inputs.map(({ properties }) => ({ properties, record: null })),
  );
  const links = inputs.map((input) => parseLinks(portal, facts, input.associations));
  for (const row of values) checkUnique(portal, facts, row, null);
  const errors: RowError[] = [];
  const results: object[] = [];
  for (const [index, row] of values.entries()) {
    const trace = traceOf(inputs[index]);
    if (caller.failing.has(index)) {
      errors.push({
        ...missingRows([], trace ? [trace] : []),
        category: "VALIDATION_ERROR",
        message: "The record was refused.",
      });
      continue;
    }
    const record = createRecord(portal, callerActor(caller), facts.name, row, links[index]);
    results.push({
      ...showRecord(portal, facts, record, Object.keys(row)),
      ...(trace && { objectWriteTraceId: trace }),
    });
  }
  return batchAnswer(portal, startedAt, results, errors, 201);
}

function updateBatch({ portal, caller, facts, inputs, startedAt }: Batch): ApiAnswer {
  const rows = inputs.map((input, index) => {
    const id = parseId(input.id);
    return {
      id,
      input,
      properties: input.properties,
      record: caller.failing.has(index) ? null : findForUpdate(portal, facts, input),
    };
  });
  refuseDuplicates(
    portal,
    rows.map(({ id }) => id),
  );
  const values = checkAll(portal, facts, rows);
  for (const [index, { record }] of rows.entries()) checkUnique(portal, facts, values[index] ?? {}, record);
  const results: object[] = [];
  const errors: RowError[] = [];
  for (const [index, { id, input, record }] of rows.entries()) {
    const trace = traceOf(input);
    if (!record) {
      errors.push(missingRows([id], trace ? [trace] : []));
      continue;
    }
    const row = values[index] ?? {};
    changeProperties(portal, callerActor(caller), { type: facts.name, id: record.id }, row);
    results.push({
      ...showRecord(portal, facts, record, Object.keys(row)),
      ...(trace && { objectWriteTraceId: trace }),
    });
  }
  return batchAnswer(portal, startedAt, results, errors);
}

/** A record that was merged away cannot be updated in a batch by its old id (§8), unless the switch says so. */
function findForUpdate(portal: Portal, facts: ObjectTypeFacts, input: JsonObject): StoredRecord | null {
  const id = parseId(input.id);
  const idProperty = typeof input.idProperty === "string" ? input.idProperty : null;
  if (idProperty || portal.switches.batchUpdateWithMergedId === "follow")
    return findRecord(portal, facts, id, { idProperty });
  return portal.records.find(facts.name, id);
}

function upsertBatch({ portal, caller, facts, inputs, startedAt }: Batch): ApiAnswer {
  const rows = inputs.map((input) => {
    const [id, idProperty] = [parseId(input.id), parseId(input.idProperty ?? "hs_object_id")];
    const record = findRecord(portal, facts, id, { idProperty });
    if (!record && idProperty === "hs_object_id") throw invalidRequest(`${facts.singular} ${id} does not exist.`);
    const properties = record ? input.properties : { [idProperty]: id, ...Object(input.properties) };
    return { id, properties, record };
  });
  refuseDuplicates(
    portal,
    rows.map(({ id }) => id),
  );
  const values = checkAll(portal, facts, rows);
  const results = rows.map(({ record }, index) => {
    const row = values[index] ?? {};
    const actor = callerActor(caller);
    const written = record
      ? changeProperties(portal, actor, { type: facts.name, id: record.id }, row)
      : createRecord(portal, actor, facts.name, row);
    return { ...showRecord(portal, facts, written, Object.keys(row)), new: record === null };
  });
  return batchAnswer(portal, startedAt, results);
}

function archiveBatch({ portal, caller, facts, inputs }: Batch): ApiAnswer {
  for (const input of inputs) {
    const record = portal.records.find(facts.name, parseId(input.id));
    if (record) archiveRecord(portal, callerActor(caller), { type: facts.name, id: record.id });
  }
  return { status: 204 };
}

function refuseDuplicates(portal: Portal, ids: readonly string[]): void {
  if (portal.switches.duplicateIdsInBatch === "accept" || new Set(ids).size === ids.length) return;
  throw invalidRequest("Duplicate IDs found in batch input. The ids in a batch must be unique.");
}

function traceOf(input: JsonObject | undefined): string | null {
  const trace = input?.objectWriteTraceId;
  return typeof trace === "string" ? trace : null;
}
