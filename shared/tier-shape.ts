import { z } from "zod";
import { modelKey, modelLabel, modelSource, propertyName } from "./criterion-shapes.ts";
import { outputProperties } from "./output-properties.ts";

/** The place of whoever holds none, and of whoever may hold none: no tier of a programme has these keys. */
export const outOfProgramme = "out";
export const excludedFromTiers = "excluded";

const readProperty = propertyName
  .regex(/^[a-z0-9_]+$/, "must be in small letters, as HubSpot's internal names are")
  .refine((name) => !outputProperties.some((output) => output.name === name), "is written by Touchstone itself");
const amount = z.number().min(0).max(1e15);
const share = z.number().min(0, "is a share in per cent, 0 to 100").max(100, "is a share in per cent, 0 to 100");

/** One fact that opens a tier. What is not known opens nothing. */
const conditionSchema = z.discriminatedUnion("kind", [
  /** The priority score as it is shown. */
  z.strictObject({ kind: z.literal("score"), from: z.number().min(0).max(10_000) }),
  /** The account's band of the priority model, for models that decide by a gate (row 47). */
  z.strictObject({ kind: z.literal("band"), bands: z.array(modelKey).min(1).max(20) }),
  /** A number such as the ACV potential; `from` and `upTo` belong to the range, `above` and `below` do not. */
  z
    .strictObject({
      kind: z.literal("number"),
      property: readProperty,
      label: modelLabel,
      from: amount.optional(),
      above: amount.optional(),
      upTo: amount.optional(),
      below: amount.optional(),
    })
    .refine(
      ({ from, above, upTo, below }) => [from, above, upTo, below].some((end) => end !== undefined),
      "needs at least one of from, above, upTo and below",
    ),
  z.strictObject({
    kind: z.literal("property-in"),
    property: readProperty,
    label: modelLabel,
    values: z.array(z.string().min(1).max(200)).min(1).max(100),
  }),
]);

const tierSchema = z.strictObject({
  key: modelKey.refine((key) => key !== outOfProgramme && key !== excludedFromTiers, "is a word of ours: take another"),
  name: modelLabel,
  source: modelSource,
  /** Without conditions anybody may enter, by rank. */
  entry: z.strictObject({ match: z.enum(["all", "any"]), conditions: z.array(conditionSchema).max(10) }),
  /** Places; null: as many as qualify. */
  cap: z.number().int().min(1).max(100_000).nullable(),
  mode: z.enum(["one-to-one", "one-to-few", "one-to-many"]),
  personalisation: z.enum(["account-specific", "vertical", "templated"]),
  touchDays: z.number().int().min(1).max(365),
  reviewDays: z.number().int().min(1).max(365),
  /** Share of the team's time and budget. */
  resourceShare: share.nullable(),
  /** Share of revenue that is expected; not the same as resources (row 58). */
  revenueShare: z.strictObject({ from: share, to: share }).nullable(),
  mappingDepth: z.enum(["person", "title", "category"]),
  ownerRequired: z.boolean(),
  /** Whose limits bound the tier: an account needs a place with somebody of each side (row 63). */
  staffedBy: z.array(z.enum(["sales", "marketing"])).max(2),
  /** What one account costs, from and to (row 64). */
  effort: z
    .strictObject({
      hours: z.tuple([amount, amount]),
      pieces: z.tuple([amount, amount]),
      touches: z.tuple([amount, amount]),
    })
    .nullable(),
});

/** A portal's tiers as data, from the highest down (row 53). A version is never changed; an edit is the next one. */
export const tierProgrammeSchema = z
  .strictObject({
    key: modelKey,
    name: modelLabel,
    description: z.string().trim().min(1).max(1_000),
    source: modelSource,
    /** What decides when more qualify than there are places; ties by score, then fit, name and id (T14). */
    rankBy: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("score") }),
      z.strictObject({ kind: z.literal("property"), property: readProperty, label: modelLabel }),
    ]),
    /** Places of all tiers together (rows 61, 62). */
    totalCap: z.number().int().min(1).max(100_000).nullable(),
    /** How far a score may fall under the line, or lag behind somebody who waits, before a place is at stake. */
    hysteresis: z.strictObject({ points: z.number().min(0).max(100), source: modelSource }),
    demotion: z.strictObject({
      mode: z.enum(["ask", "automatic"]),
      /** A demotion that somebody refused is not asked for again in this time. */
      askAgainDays: z.number().int().min(1).max(365),
      source: modelSource,
    }),
    reassessDays: z.number().int().min(1).max(730),
    tiers: z.array(tierSchema).min(1).max(9),
  })
  .superRefine(({ tiers }, context) => {
    const seen = new Set<string>();
    for (const [index, { key, revenueShare }] of tiers.entries()) {
      if (seen.has(key))
        context.addIssue({ code: "custom", path: ["tiers", index, "key"], message: `${key} is there twice` });
      seen.add(key);
      if (revenueShare && revenueShare.from > revenueShare.to)
        context.addIssue({ code: "custom", path: ["tiers", index, "revenueShare"], message: "ends before it begins" });
    }
  });

export type TierProgramme = z.infer<typeof tierProgrammeSchema>;
export type Tier = TierProgramme["tiers"][number];
export type TierEntry = Tier["entry"];
export type TierCondition = TierEntry["conditions"][number];

/** Company properties that a programme reads, without those that every portal's mirror has. */
export function tierPropertiesOf({ rankBy, tiers }: TierProgramme): string[] {
  const read = tiers.flatMap(({ entry }) =>
    entry.conditions.flatMap((condition) => ("property" in condition ? [condition.property] : [])),
  );
  return [...new Set(rankBy.kind === "property" ? [rankBy.property, ...read] : read)].sort();
}
