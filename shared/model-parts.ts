import type { z } from "zod";
import { type Criterion, criterionSchema } from "./criterion-shapes.ts";
import {
  actionSchema,
  axisSchema,
  bandSchema,
  engagementSchema,
  gateSchema,
  type ModelAction,
  type ModelAxis,
  type ModelBand,
  type ModelEngagement,
  type ModelGate,
} from "./model-shape.ts";

/** The parts of one list, numbered as written; null for one that is not well formed. */
interface PartList<Part> {
  readonly parts: readonly (Part | null)[];
  /** Keys of all of them, as far as they can be read, so that a reference to a broken part is not called lost. */
  readonly keys: readonly (string | null)[];
}

/**
 * A model as far as it can be read. Checks across fields work on what is well formed, so that one answer names the faults
 * of shape and those between fields.
 */
export interface ModelParts {
  readonly axes: PartList<ModelAxis>;
  readonly criteria: PartList<Criterion>;
  readonly gates: PartList<ModelGate>;
  readonly bands: PartList<ModelBand>;
  readonly actions: PartList<ModelAction>;
  readonly engagement: ModelEngagement | null;
}

const mostParts = 1000;
/** Longer ones are a fault of their shape; nothing else needs to repeat them. */
const longestKey = 64;

export function readModelParts(document: unknown): ModelParts {
  const field = (name: string): unknown => fieldOf(document, name);
  const engagement = engagementSchema.safeParse(field("engagement"));
  return {
    axes: readList(axisSchema, field("axes")),
    criteria: readList(criterionSchema, field("criteria")),
    gates: readList(gateSchema, field("gates")),
    bands: readList(bandSchema, field("bands")),
    actions: readList(actionSchema, field("actions")),
    engagement: engagement.success ? engagement.data : null,
  };
}

function readList<Part>(schema: z.ZodType<Part>, list: unknown): PartList<Part> {
  const items: unknown[] = Array.isArray(list) ? list.slice(0, mostParts) : [];
  return {
    parts: items.map((item) => schema.safeParse(item).data ?? null),
    keys: items.map((item) => {
      const key = fieldOf(item, "key");
      return typeof key === "string" && key.length <= longestKey ? key : null;
    }),
  };
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
