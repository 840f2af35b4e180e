import { z } from "zod";
import { buyingRoles } from "./account-snapshot.ts";
import {
  criterionSchema,
  modelKey,
  modelLabel,
  modelPoints,
  modelSource,
  propertyName,
  signalKindList,
} from "./criterion-shapes.ts";

/** A question with yes, no or not known as the answer. `label` says it as a fact: "Industry is one we sell to". */
const conditionSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("property-in"),
    label: modelLabel,
    property: propertyName,
    values: z.array(z.string().min(1).max(200)).min(1).max(300),
  }),
  z.strictObject({
    kind: z.literal("property-between"),
    label: modelLabel,
    property: propertyName,
    from: z.number().optional(),
    to: z.number().optional(),
  }),
  z.strictObject({
    kind: z.literal("criterion-at-least"),
    label: modelLabel,
    criterion: modelKey,
    points: modelPoints.positive("must be more than 0: any account has 0"),
  }),
  /** 100 × axis score ÷ axis maximum (row 47). */
  z.strictObject({
    kind: z.literal("axis-at-least"),
    label: modelLabel,
    axis: modelKey,
    percent: z
      .number()
      .min(0)
      .max(100, "is a percentage, at most 100")
      .refine((percent) => percent === 0 || percent >= 1, "is a percentage: for 70 % write 70, not 0.7"),
  }),
]);

/**
 * A gate never adds points. "icp" and "threshold" pass when the conditions hold; "exclusion" *fails* when they hold: then
 * the account is excluded and not scored (row 7). What is not known neither passes nor excludes.
 */
export const gateSchema = z.strictObject({
  key: modelKey,
  label: modelLabel,
  purpose: z.enum(["icp", "exclusion", "threshold"]),
  source: modelSource,
  match: z.enum(["all", "any"]),
  conditions: z.array(conditionSchema).min(1).max(20),
});

/** Reaches from `from` up to the next band's `from`, which it excludes. */
export const bandSchema = z.strictObject({
  key: modelKey,
  label: modelLabel,
  phrase: modelLabel,
  from: modelPoints,
  /** A gate that must have passed; otherwise the account stays in the band below (T03). */
  gate: modelKey.optional(),
});

/** Something to do from a number of points on; each is separate from the bands and from the others (row 46). */
export const actionSchema = z.strictObject({
  key: modelKey,
  label: modelLabel,
  from: modelPoints,
  gate: modelKey.optional(),
  noOpenDeal: z.boolean(),
  source: modelSource,
});

/** Who engages and what is ignored (product.md §3, last point). */
export const engagementSchema = z.strictObject({
  source: modelSource,
  /** Kinds of signal that make a person engaged. */
  signals: signalKindList,
  /** People in these roles never add points; what they do is listed (row 72). */
  ignoredRoles: z.array(z.enum(buyingRoles)).max(buyingRoles.length),
  /** A mail scanner: at least `count` signals of these kinds in one account within `withinSeconds`. */
  scanner: z.strictObject({
    signals: signalKindList,
    count: z.number().int().min(2).max(100),
    withinSeconds: z.number().min(1).max(3600, "is in seconds, at most 3600: for 10 seconds write 10"),
  }),
});

const partOfOne = z.number().min(0).max(1, "is a part of 1: for 70 % write 0.7");

const coverageSchema = z.strictObject({
  source: modelSource,
  /** Coverage under which a score is called provisional. */
  provisionalBelow: partOfOne,
  rescale: z.boolean(),
  /** Coverage under which a score is never rescaled. */
  rescaleFrom: partOfOne,
});

export const axisSchema = z.strictObject({
  key: modelKey,
  label: modelLabel,
  max: modelPoints.positive("must be more than 0"),
});

/**
 * A scoring model as data. The maxima of the criteria already contain the weights: they are added, never multiplied
 * (row 26). A version is never changed once used; a change is a new version.
 */
export const modelShape = z.strictObject({
  key: modelKey,
  version: z.number().int().min(1).max(1_000_000),
  name: modelLabel,
  description: z.string().trim().min(1).max(1000),
  purpose: z.enum(["priority", "readiness"]),
  source: modelSource,
  axes: z.array(axisSchema).min(1).max(10),
  /** How accounts are sorted: by score, the default, or by the product of the axes, 100 × the part of each (row 24). */
  rankBy: z.enum(["score", "product-of-axes"]).optional(),
  criteria: z.array(criterionSchema).min(1, "needs at least one criterion").max(100),
  engagement: engagementSchema,
  gates: z.array(gateSchema).max(20),
  bands: z.array(bandSchema).min(1).max(20),
  coverage: coverageSchema,
  actions: z.array(actionSchema).max(20),
});

export type ScoringModel = z.infer<typeof modelShape>;
export type ModelAxis = z.infer<typeof axisSchema>;
export type ModelEngagement = z.infer<typeof engagementSchema>;
export type ModelGate = z.infer<typeof gateSchema>;
export type ModelCondition = z.infer<typeof conditionSchema>;
export type ModelBand = z.infer<typeof bandSchema>;
export type ModelAction = z.infer<typeof actionSchema>;
