import { scoringModelSchema } from "@touchstone/shared/scoring-model.ts";

/**
 * The company properties that a stored model reads, sorted. Throws a ZodError for something that is no model: a stored one
 * was checked when it was saved.
 */
export function companyPropertiesOf(document: object): string[] {
  const model = scoringModelSchema.parse(document);
  const read = [...model.criteria, ...model.gates.flatMap((gate) => gate.conditions)].flatMap((part) =>
    "property" in part && part.property !== undefined ? [part.property] : [],
  );
  return [...new Set(read)].sort();
}
