import { z } from "zod";
import { storableText } from "./storable-text.ts";

const key = z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/);

/** The union of what the guides name (row 101). */
export const channels = [
  "email",
  "linkedin",
  "phone",
  "meeting",
  "direct_mail",
  "content",
  "content_syndication",
  "event",
  "video",
  "display",
  "retargeting",
  "paid_social",
] as const;

/** How far a message is made for one account (row 90). */
export const personalisations = ["surface", "contextual", "strategic"] as const;

export const playStepSchema = z.strictObject({
  /** Days after launch, or after the account came in when that was later (rows 99, 100). */
  day: z.number().int().min(0).max(365),
  channel: z.enum(channels),
  /** Who does it (row 118). */
  side: z.enum(["marketing", "sales", "shared"]),
  /** Canonical buying role that it is meant for; null: whoever there is. */
  role: key.nullable(),
  what: storableText(500).min(1),
  personalisation: z.enum(personalisations),
});
export type PlayStep = z.infer<typeof playStepSchema>;

export const playSchema = z.strictObject({
  name: storableText(120).min(1),
  /** The tier that it is made for; it counts against this tier's one play a month (row 96). */
  tier: key,
  segment: storableText(200).default(""),
  steps: z.array(playStepSchema).max(60),
  /** When marketing hands over to sales (row 95), and how soon sales answers (row 120). */
  handoff: z
    .strictObject({
      /** What was agreed, in words. */
      trigger: storableText(300),
      /** When it happens by itself: so many people have engaged since the play began, or the account is hot. Null: a person says so. */
      when: z
        .strictObject({ people: z.number().int().min(1).max(50).nullable(), hot: z.boolean() })
        .nullable()
        .default(null),
      responseHours: z.number().int().min(1).max(720),
    })
    .nullable(),
  exitRule: storableText(300).default(""),
  /** When an account leaves by itself: a deal of it is open, or won; so many days in the play are over. Null: never. */
  exit: z
    .strictObject({
      deal: z.enum(["open", "won"]).nullable().default(null),
      afterDays: z.number().int().min(1).max(730).nullable().default(null),
    })
    .prefault({}),
  /** Row 92. */
  message: z
    .strictObject({
      problem: storableText(500).default(""),
      context: storableText(500).default(""),
      concern: storableText(500).default(""),
      outcome: storableText(500).default(""),
      reason: storableText(500).default(""),
      nextStep: storableText(500).default(""),
    })
    .prefault({}),
});
export type Play = z.infer<typeof playSchema>;
