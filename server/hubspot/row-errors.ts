import type { RowError } from "./answers.ts";

/** A row of a batch that HubSpot could not read, although it did not say that there is nothing to read. */
export interface FailedRead {
  readonly id: string;
  readonly category: string;
}

/** Ids that an error of a batch is about; none when it does not say. */
export function namedIds({ context }: RowError): readonly string[] {
  return ["ids", "id", "fromObjectId", "objectWriteTraceId"]
    .flatMap((key) => [context?.[key] ?? []].flat())
    .map(String);
}

interface BatchErrors {
  readonly numErrors: number;
  readonly errors: readonly RowError[];
}

/**
 * Of the ids that were asked for, those of which the answer does not tell what there is: named by another error than "there is
 * none"; and where an error names nobody, all that neither came back nor are said to have nothing.
 */
export function findFailedReads(
  ids: readonly string[],
  answered: readonly string[],
  { numErrors, errors }: BatchErrors,
): FailedRead[] {
  const bad = errors.filter((error) => !saysNone(error));
  const isUntold = numErrors > 0 && errors.length === 0;
  if (bad.length === 0 && !isUntold) return [];
  const categories = new Map(bad.flatMap((error) => namedIds(error).map((id) => [id, categoryOf(error)] as const)));
  const nameless = bad.find((error) => namedIds(error).length === 0);
  const known = new Set([...answered, ...errors.filter(saysNone).flatMap(namedIds)]);
  const isDoubtful = (id: string) => (nameless !== undefined || isUntold) && !known.has(id);
  return ids.flatMap((id) => {
    const category = categories.get(id) ?? (isDoubtful(id) ? categoryOf(nameless) : null);
    return category === null ? [] : [{ id, category }];
  });
}

/** The record is not there; or, where its links were asked for, it has none. */
const saysNone = ({ category, subCategory }: RowError): boolean =>
  category === "OBJECT_NOT_FOUND" || (subCategory ?? category ?? "").includes("NO_ASSOCIATIONS_FOUND");
const categoryOf = (error: RowError | undefined): string => error?.category ?? "no category";
