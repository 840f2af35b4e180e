import { z } from "zod";

/**
 * HubSpot's own score configuration as its Lead Scoring API gives it (beta 2026-09, `PublicScoreConfiguration`), as far as an
 * import reads it. What is not read may be anything.
 */
const most = 500;
const operationSchema = z.object({
  operationType: z.string(),
  operator: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  values: z.array(z.string()).max(most).optional(),
  lowerBound: z.number().optional(),
  upperBound: z.number().optional(),
  numberOfDays: z.number().optional(),
  /** True: what is empty fulfils it too. */
  includeObjectsWithNoValueSet: z.boolean().optional(),
});

const constantSchema = z.object({ type: z.literal("CONSTANT"), value: z.number() });
const matchSchema = z.object({
  type: z.literal("MATCH"),
  property: z.string(),
  matchRules: z.array(z.object({ operation: operationSchema, value: z.number() })).max(most),
  defaultValue: z.number().optional(),
});

interface Condition {
  readonly type: "SINGLE";
  readonly property: string;
  readonly operation: HubspotOperation;
}
interface Composite {
  readonly type: "COMPOSITE";
  readonly conditions: readonly (Condition | Composite)[];
}
const conditionSchema: z.ZodType<Condition> = z.object({
  type: z.literal("SINGLE"),
  property: z.string(),
  operation: operationSchema,
});
const compositeSchema: z.ZodType<Composite> = z.object({
  type: z.literal("COMPOSITE"),
  get conditions() {
    return z.array(z.union([conditionSchema, compositeSchema])).max(most);
  },
});
const conditionalSchema = z.object({
  type: z.literal("CONDITIONAL"),
  value: z.number(),
  whereCondition: compositeSchema,
});

const eventSchema = z.object({
  eventTypeId: z.string(),
  recordCalculation: z.looseObject({ type: z.string(), value: z.number().optional() }),
  eventTimeframe: z.object({ eventFilterOperation: operationSchema }).optional(),
  eventFrequencyCriteria: z
    .object({
      ranges: z
        .array(z.object({ type: z.string(), from: z.number(), to: z.number().optional(), value: z.number() }))
        .max(50),
    })
    .optional(),
});
const eventsSchema = z.object({ type: z.literal("MULTI_UE"), eventCalculators: z.array(eventSchema).max(most) });
const peopleEventsSchema = z.object({
  type: z.literal("ASSOCIATION_UE"),
  associatedObjectTypeId: z.string(),
  rollupType: z.string(),
  associationFilters: z.object({ propertyFilters: z.array(z.unknown()) }).optional(),
  recordCalculation: eventsSchema,
});
const multiSchema = z.object({ type: z.literal("MULTI"), calculators: z.array(z.unknown()).max(most) });
const otherSchema = z.object({ type: z.enum(["ASSOCIATIONS", "SEGMENT_MEMBERSHIP"]) });

export const calculationSchema = z.discriminatedUnion("type", [
  constantSchema,
  matchSchema,
  conditionalSchema,
  eventsSchema,
  peopleEventsSchema,
  multiSchema,
  otherSchema,
]);

export const hubspotScoreSchema = z.object({
  id: z.string(),
  name: z.string(),
  objectTypeId: z.string(),
  groupConfigs: z
    .array(
      z.object({
        groupName: z.string(),
        groupCategory: z.enum(["FIT", "INTENT"]),
        maxValue: z.number().optional(),
        groupDecay: z.object({ decayIntervalDays: z.number(), percentToDecayPerInterval: z.number() }).optional(),
        ruleConfigurations: z
          .array(
            z.object({
              id: z.string(),
              enabled: z.boolean(),
              maximumValue: z.number().optional(),
              configuration: z.object({ calculation: z.unknown() }),
            }),
          )
          .max(most),
      }),
    )
    .max(100),
  filterConfiguration: z.object({ listFilterType: z.string(), segmentIds: z.array(z.number()) }).optional(),
  outputConfiguration: z.object({ outputs: z.array(z.looseObject({ outputType: z.string() })).max(50) }).optional(),
});

export type HubspotScore = z.infer<typeof hubspotScoreSchema>;
export type HubspotGroup = HubspotScore["groupConfigs"][number];
export type HubspotRule = HubspotGroup["ruleConfigurations"][number];
export type HubspotCalculation = z.infer<typeof calculationSchema>;
export type HubspotEvent = z.infer<typeof eventSchema>;
export type HubspotOperation = z.infer<typeof operationSchema>;
export type HubspotCondition = Condition;
export type HubspotComposite = Composite;
