import { z } from "zod";
import { findModelFaults } from "./find-model-faults.ts";
import { readModelParts } from "./model-parts.ts";
import { modelShape, type ScoringModel } from "./model-shape.ts";

export type { ScoringModel };

/**
 * Reads a scoring model: its shape, and what no single field can tell (maxima that do not add up, references to nothing,
 * overlapping ranges, rungs out of reach). All faults come in one answer; each has a path and a message with the remedy.
 */
export const scoringModelSchema = z.unknown().transform((document, context): ScoringModel => {
  const shape = modelShape.safeParse(document, { reportInput: true });
  const faults = findModelFaults(readModelParts(document));
  for (const issue of shape.error?.issues ?? []) context.issues.push(issue as z.core.$ZodRawIssue);
  for (const { path, message } of faults) context.addIssue({ code: "custom", path, message });
  return shape.data ?? z.NEVER;
});
