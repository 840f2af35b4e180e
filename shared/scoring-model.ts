import type { z } from "zod";
import { findModelFaults } from "./find-model-faults.ts";
import { modelShape } from "./model-shape.ts";

/**
 * Reads a scoring model: its shape first, then what no single field can tell (maxima that do not add up, references to
 * nothing, overlapping ranges). Each issue has a path and a message with the remedy.
 */
export const scoringModelSchema = modelShape.superRefine((model, context) => {
  for (const fault of findModelFaults(model)) {
    context.addIssue({ code: "custom", path: fault.path, message: fault.message });
  }
});

export type ScoringModel = z.infer<typeof scoringModelSchema>;
