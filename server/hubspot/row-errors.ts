import type { z } from "zod";
import type { RowError, recordBatch } from "./answers.ts";

/** A row of a batch that HubSpot could not read, although it did not say that the record is not there. */
export interface FailedRead {
  readonly id: string;
  readonly category: string;
}

/** Ids that an error of a batch is about; none when it does not say. */
export function namedIds({ context }: RowError): readonly string[] {
  return ["ids", "id", "objectWriteTraceId"].flatMap((key) => [context?.[key] ?? []].flat()).map(String);
}

/**
 * Of the ids that were asked for, those of which the answer does not tell whether they are there: named by another error than
 * "not found"; and where an error names nobody, all that neither came back nor are said to be missing.
 */
export function findFailedReads(
  ids: readonly string[],
  { results, numErrors, errors }: z.infer<typeof recordBatch>,
): FailedRead[] {
  const bad = errors.filter((error) => !saysMissing(error));
  const isUntold = numErrors > 0 && errors.length === 0;
  if (bad.length === 0 && !isUntold) return [];
  const categories = new Map(bad.flatMap((error) => namedIds(error).map((id) => [id, categoryOf(error)] as const)));
  const nameless = bad.find((error) => namedIds(error).length === 0);
  const known = new Set([...results.map(({ id }) => id), ...errors.filter(saysMissing).flatMap(namedIds)]);
  const isDoubtful = (id: string) => (nameless !== undefined || isUntold) && !known.has(id);
  return ids.flatMap((id) => {
    const category = categories.get(id) ?? (isDoubtful(id) ? categoryOf(nameless) : null);
    return category === null ? [] : [{ id, category }];
  });
}

const saysMissing = ({ category }: RowError): boolean => category === "OBJECT_NOT_FOUND";
const categoryOf = (error: RowError | undefined): string => error?.category ?? "no category";
