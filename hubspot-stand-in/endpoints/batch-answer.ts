import type { ErrorDetail } from "../http/api-error.ts";
import type { ApiAnswer } from "../http/api-route.ts";
import type { Portal } from "../portal.ts";

export interface RowError {
  readonly status: "error";
  readonly category: string;
  readonly message: string;
  readonly context: Record<string, string[]>;
  readonly errors: ErrorDetail[];
  readonly links: Record<string, string>;
}

export function missingRows(ids: readonly string[], traceIds: readonly string[] = []): RowError {
  const context = traceIds.length > 0 ? { ids: [...ids], objectWriteTraceId: [...traceIds] } : { ids: [...ids] };
  return {
    status: "error",
    category: "OBJECT_NOT_FOUND",
    message: "Could not get some records, they may be deleted or not exist. Check that ids are valid.",
    context,
    errors: [],
    links: {},
  };
}

/** What HubSpot says of a row that it could not read is documented nowhere but for its shape, which is that of every row's error. */
export const failedRows = (ids: readonly string[]): RowError => ({
  ...missingRows(ids),
  category: "INTERNAL_ERROR",
  message: "The records could not be read.",
});

/** A batch that failed in part: 207 of old, or 200 with `errors`, as the switch says (hubspot-api.md §0.3). */
export function batchAnswer(
  portal: Portal,
  startedAt: number,
  results: readonly object[],
  errors: readonly RowError[] = [],
  status: 200 | 201 = 200,
): ApiAnswer {
  const body = {
    status: "COMPLETE",
    results,
    startedAt: new Date(startedAt).toISOString(),
    completedAt: new Date(portal.clock.now()).toISOString(),
    ...(errors.length > 0 && { numErrors: errors.length, errors }),
  };
  const partial = portal.switches.partialFailureStatus === 207 ? 207 : status;
  return { status: errors.length > 0 ? partial : status, body };
}
