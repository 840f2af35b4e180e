import { z } from "zod";
import { buyingRoles, seniorities } from "./account-snapshot.ts";

/**
 * How each kind of criterion is written down (docs/scoring-models.md has a worked example of each). Unknown keys are
 * refused. Points have at most three decimals, because the engine counts in thousandths of a point.
 */
export const modelKey = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,63}$/, "must be a key such as web_visits: small letters, digits, - and _, at most 64");
export const modelLabel = z.string().trim().min(1, "must not be empty").max(160, "must have at most 160 characters");
export const modelPoints = z
  .number()
  .min(0, "must be 0 or more: a model never takes points away")
  .max(1000, "must be at most 1000")
  .multipleOf(0.001, "must have at most three decimals");
/** Where a ladder comes from: a seed row of market.md, or a choice of ours. */
export const modelSource = z
  .string()
  .max(200)
  .regex(/\brows? \d|\bours\b/, 'must name its seed, such as "row 27", or say "ours"');
export const propertyName = z.string().regex(/^[A-Za-z0-9_.-]{1,100}$/, "must be a property's internal name");

const text = z.string().trim().min(1, "must not be empty").max(200, "must have at most 200 characters");
const signalKindKey = z.string().regex(/^[a-z][a-z0-9_.-]{0,63}$/, "must be a kind of signal such as email_open");
export const signalKindList = z.array(signalKindKey).min(1, "must name at least one kind of signal").max(50);
/** How far a model may look back, in days; ours. */
export const longestWindowDays = 730;
export const windowDays = z
  .number()
  .int("must be whole days")
  .min(1, "must be at least 1 day")
  .max(longestWindowDays, `is in days, at most ${longestWindowDays}: for 30 days write 30`)
  .refine((days) => days !== 720, "720 looks like hours: for 30 days write 30, for two years 730");
/** Points halve every `days`; age is counted in whole steps, so that a score holds still between two steps. */
const halfLife = z.strictObject({
  days: z.number().min(0.5).max(365, "is in days, at most 365: for 14 days write 14"),
  stepDays: z.number().min(0.25).max(90, "is in days, at most 90: for a step a day write 1"),
});
/** What counts once: see `select-signals.ts`. */
const countBy = z.enum(["person-day", "person-day-subject", "signal"]);
const rung = { key: modelKey, label: modelLabel, points: modelPoints };
const otherwise = z.strictObject({ label: modelLabel, points: modelPoints });
const base = { key: modelKey, axis: modelKey, label: modelLabel, source: modelSource };

/** Points for the value of an enumeration or a short text. Case, `_` and `-` do not matter. */
const propertyMap = z.strictObject({
  ...base,
  kind: z.literal("property-map"),
  property: propertyName,
  /** Set when the property holds several values, as HubSpot's ";"; then the best value counts. */
  separator: z.string().length(1, "must be one character").optional(),
  rungs: z
    .array(z.strictObject({ ...rung, values: z.array(text).max(300) }))
    .min(1)
    .max(20),
  /** Other spellings of a value: { "United States": ["USA", "US"] }. */
  aliases: z.record(text, z.array(text).max(50)).optional(),
  otherwise,
});

/** Points for a number. A range holds `from` and excludes `to`. */
const propertyRanges = z.strictObject({
  ...base,
  kind: z.literal("property-ranges"),
  property: propertyName,
  rungs: z
    .array(
      z.strictObject({
        ...rung,
        ranges: z
          .array(z.strictObject({ from: z.number().optional(), to: z.number().optional() }))
          .min(1)
          .max(10),
      }),
    )
    .min(1)
    .max(20),
  otherwise,
});

/** Points for the rung that a person picked, or that a property of the portal names. Unknown until somebody did. */
const judged = z.strictObject({
  ...base,
  kind: z.literal("judged"),
  question: text,
  property: propertyName.optional(),
  rungs: z.array(z.strictObject(rung)).min(2, "needs at least two rungs to choose from").max(10),
});

/** `pointsEach` for each counted signal up to `cap` of them. Presence is a cap of 1. */
const signalCount = z.strictObject({
  ...base,
  kind: z.literal("signal-count"),
  signals: signalKindList,
  windowDays,
  countBy,
  cap: z.number().int().min(1).max(100),
  pointsEach: modelPoints,
  unit: z.strictObject({ one: text, many: text }),
  halfLife: halfLife.optional(),
});

/** A ladder over what the signals of a window come to; the rung worth most points whose conditions all hold. */
const signalRungs = z.strictObject({
  ...base,
  kind: z.literal("signal-rungs"),
  signals: signalKindList,
  windowDays,
  countBy,
  rungs: z
    .array(
      z.strictObject({
        ...rung,
        when: z
          .array(
            z.strictObject({
              /** "count" of what counts once, or the sum of the signals' "strength" (pages of a visit). */
              measure: z.enum(["count", "strength"]),
              atLeast: z.number().positive("must be more than 0").max(1_000_000),
              /** Fewer kinds than the criterion's own, for a rung that only some kinds reach. */
              signals: signalKindList.optional(),
              /** Only signals about one of these, for example the forms of high-value assets. */
              subjects: z.array(text).min(1).max(200).optional(),
            }),
          )
          .min(1)
          .max(5),
      }),
    )
    .min(1)
    .max(20),
  none: modelLabel,
  unit: z.strictObject({ one: text, many: text, strength: text.optional() }),
  halfLife: halfLife.optional(),
});

/** `pointsEach` for each engaged person up to `cap` of them. */
const engagedPeople = z.strictObject({
  ...base,
  kind: z.literal("engaged-people"),
  windowDays,
  cap: z.number().int().min(1).max(100),
  pointsEach: modelPoints,
});

/** A ladder over how many people of the committee engaged and whether one of them holds a key role. */
const committeeReach = z.strictObject({
  ...base,
  kind: z.literal("committee-reach"),
  windowDays,
  keyRoles: z.array(z.enum(buyingRoles)).min(1).max(buyingRoles.length),
  rungs: z
    .array(z.strictObject({ ...rung, people: z.number().int().min(1).max(100), keyRole: z.boolean() }))
    .min(1)
    .max(20),
  none: modelLabel,
});

/** Points for the highest seniority among the engaged people. */
const highestSeniority = z.strictObject({
  ...base,
  kind: z.literal("highest-seniority"),
  windowDays,
  points: z.record(z.enum(seniorities), modelPoints),
});

/** A ladder over the people whom the CRM knows, engaged or not: how many, or how many different roles they hold. */
const knownPeople = z.strictObject({
  ...base,
  kind: z.literal("known-people"),
  /** Only people in one of these roles. */
  roles: z.array(z.enum(buyingRoles)).min(1).max(buyingRoles.length).optional(),
  /** Only people of one of these seniorities. */
  seniorities: z.array(z.enum(seniorities)).min(1).max(seniorities.length).optional(),
  count: z.enum(["people", "roles"]),
  rungs: z
    .array(z.strictObject({ ...rung, atLeast: z.number().int().min(1).max(100) }))
    .min(1)
    .max(20),
  none: modelLabel,
});

/** Points when a property holds anything at all. Null is a known zero: for what is empty when it is not so, as an owner. */
const propertyFilled = z.strictObject({
  ...base,
  kind: z.literal("property-filled"),
  property: propertyName,
  points: modelPoints,
});

/** What an outside source says, by a property that it fills or by signals with a strength. Unknown without either. */
const feed = z.strictObject({
  ...base,
  kind: z.literal("feed"),
  property: propertyName.optional(),
  signals: signalKindList,
  windowDays,
  /** From the strongest down. `strengthFrom` is the least strength of a signal or number of the property. */
  rungs: z
    .array(z.strictObject({ ...rung, strengthFrom: z.number().min(0).max(1_000_000), values: z.array(text).max(50) }))
    .min(2)
    .max(20),
});

/** Points for a gate that is passed, for teams that count fit as a point (market.md §1.3, the runner-up). */
const gatePassed = z.strictObject({
  ...base,
  kind: z.literal("gate-passed"),
  gate: modelKey,
  points: modelPoints,
});

export const criterionSchema = z.discriminatedUnion("kind", [
  propertyMap,
  propertyRanges,
  judged,
  signalCount,
  signalRungs,
  engagedPeople,
  committeeReach,
  highestSeniority,
  knownPeople,
  propertyFilled,
  feed,
  gatePassed,
]);

export type Criterion = z.infer<typeof criterionSchema>;
export type CriterionKind = Criterion["kind"];
export type CriterionOf<Kind extends CriterionKind> = Extract<Criterion, { kind: Kind }>;
