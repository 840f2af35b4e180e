import { createHash } from "node:crypto";
import { longestWindowDays } from "@touchstone/shared/criterion-shapes.ts";
import { describeIssues } from "@touchstone/shared/describe-issues.ts";
import { z } from "zod";
import { meanRating } from "./level-of.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** What is older would never count. */
const oldestMs = longestWindowDays * dayMs;
/** Clocks differ a little; what lies further ahead is a mistake. */
const aheadMs = 5 * minuteMs;
const longestLifeMs = 800 * dayMs;

/** Whom a signal is about, as the sender names it. */
export type Target =
  | { readonly by: "personId"; readonly value: string }
  | { readonly by: "companyId"; readonly value: string }
  | { readonly by: "companyDomain"; readonly value: string };

export type SentLine = z.infer<typeof lineSchema> & { readonly key: string; readonly target: Target };
export type ParsedLine = { readonly line: SentLine } | { readonly fault: string };

/** PostgreSQL holds no NUL in text, and no other control character belongs into these. */
const plain = (most: number) =>
  z
    .string("must be a text")
    .trim()
    .min(1, "must not be empty")
    .max(most, `must have at most ${most} characters`)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, "must not hold control characters");
const recordId = z
  .union([z.string(), z.number().int().positive().transform(String)], "must be a HubSpot record id, such as 501")
  .pipe(z.string().regex(/^[1-9]\d{0,19}$/, "must be a HubSpot record id, such as 501"));
/** Milliseconds since 1970, or ISO 8601 with its zone: a local time would mean another moment on each machine. */
const time = z
  .union(
    [z.number(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))],
    "must be a time: milliseconds since 1970, or like 2026-11-22T10:00:00Z",
  )
  .pipe(z.number().int("must be whole milliseconds").min(100_000_000_000, "looks like seconds: give milliseconds"));
const rating = z.number("must be a number from 1 to 10").int("must be whole").min(1).max(10);
const word = /^[a-z][a-z0-9_.-]{0,63}$/;

const lineSchema = z.strictObject({
  id: plain(128),
  source: z.string().regex(word, "must be a source such as bombora: small letters, digits, _ . -, at most 64"),
  kind: z.string().regex(word, "must be a kind of signal such as topic_research"),
  personId: recordId.optional(),
  companyId: recordId.optional(),
  companyDomain: z
    .string()
    .max(300)
    .transform(toDomain)
    .pipe(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "must be a web domain such as acme.com"))
    .optional(),
  at: time,
  strength: z.number("must be a number").min(0).max(1_000_000).nullish(),
  subject: plain(200)
    .refine((text) => !/[^\s@]@[^\s@]+\.[^\s@]/.test(text), "must not hold a person's address")
    .nullish(),
  expiresAt: time.nullish(),
  legalBasis: plain(200).nullish(),
  ratings: z.strictObject({ relevance: rating, recency: rating, volume: rating }).nullish(),
});

/** One signal as it was sent, checked; or everything that is wrong with it, in words for the sender. */
export function parseSentSignal(value: unknown, now: number): ParsedLine {
  const parsed = lineSchema.safeParse(value, { reportInput: true });
  if (!parsed.success) return { fault: describeIssues(parsed.error).slice(0, 10).join("; ").slice(0, 1_000) };
  const { data } = parsed;
  const targets = (["personId", "companyId", "companyDomain"] as const).flatMap((by) => {
    const given = data[by];
    return given === undefined ? [] : [{ by, value: given }];
  });
  const [target] = targets;
  if (!target || targets.length > 1) return { fault: "name exactly one of personId, companyId and companyDomain" };
  const wrongTime = checkTimes(data, now);
  if (wrongTime) return { fault: wrongTime };
  const { ratings } = data;
  const strength = data.strength ?? (ratings ? Math.round(meanRating(ratings) * 10) : null);
  return { line: { ...data, strength, target, key: keyOf(data.source, data.id) } };
}

function checkTimes({ at, expiresAt }: z.infer<typeof lineSchema>, now: number): string | null {
  if (at < now - oldestMs) return `at: is more than ${longestWindowDays} days ago, no model counts it any more`;
  if (at > now + aheadMs) return "at: is more than 5 minutes in the future; check the sender's clock";
  if (typeof expiresAt !== "number") return null;
  if (expiresAt <= at) return "expiresAt: must be later than at";
  return expiresAt > at + longestLifeMs ? "expiresAt: must be at most 800 days after at" : null;
}

/** The id is hashed: the key stands in stored ledgers, and an id may name a person ("open-ana@acme.com-17"). */
const keyOf = (source: string, id: string): string =>
  `sent:${source}:${createHash("sha256").update(id).digest("base64url").slice(0, 22)}`;

/** "https://www.Acme.com/about" → "acme.com" */
function toDomain(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/[/?#:].*$/, "")
    .replace(/^www\./, "");
}
