import { z } from "zod";
import { type AccountSnapshot, buyingRoles, seniorities } from "./account-snapshot.ts";
import type { AccountId, PersonId, PortalId } from "./ids.ts";

const recordId = z.string().regex(/^\d{1,20}$/, 'must be a record id: digits as text, such as "501"');
const personId = recordId.transform((id) => id as PersonId);
/** Up to the year 2286: a time in seconds or a date as text is refused, not misread. */
const time = z
  .number({ error: "must be a number: milliseconds since 1970-01-01 UTC" })
  .int("must be whole milliseconds")
  .min(100_000_000_000, "looks like seconds: give milliseconds since 1970-01-01 UTC")
  .max(10_000_000_000_000, "is too far in the future: give milliseconds since 1970-01-01 UTC");
const shortText = z.string().min(1, "must not be empty").max(300, "must have at most 300 characters");

/** Reads a snapshot from a file or a request: the shape of `AccountSnapshot`, bounded, unknown keys refused. */
export const accountSnapshotSchema = z.strictObject({
  portalId: z
    .number()
    .int()
    .positive()
    .transform((id) => id as PortalId),
  accountId: recordId.transform((id) => id as AccountId),
  properties: z.record(z.string().max(100), z.string().max(65_536).nullable()),
  people: z
    .array(
      z.strictObject({
        id: personId,
        seniority: z.enum(seniorities).nullable(),
        roles: z.array(z.enum(buyingRoles)).max(20),
      }),
    )
    .max(10_000, "must hold at most 10,000 people"),
  deals: z
    .array(
      z.strictObject({
        id: recordId,
        state: z.enum(["open", "won", "lost"]),
        createdAt: time.nullable(),
        closedAt: time.nullable(),
        amount: z.number().nullable(),
      }),
    )
    .max(10_000, "must hold at most 10,000 deals"),
  signals: z
    .array(
      z.strictObject({
        key: shortText,
        kind: z.string().regex(/^[a-z][a-z0-9_.-]{0,63}$/, "must be a kind of signal such as email_open"),
        personId: personId.nullable(),
        at: time,
        source: shortText,
        strength: z.number().min(0).max(1_000_000).nullable(),
        subject: shortText.nullable(),
        expiresAt: time.nullable(),
      }),
    )
    .max(100_000, "must hold at most 100,000 signals"),
  cutKinds: z.array(shortText).max(20_000).exactOptional(),
  judgements: z
    .array(
      z.strictObject({
        criterion: shortText,
        rung: shortText,
        by: shortText,
        at: time,
        expiresAt: time.nullable(),
      }),
    )
    .max(10_000, "must hold at most 10,000 judgements"),
}) satisfies z.ZodType<AccountSnapshot>;
