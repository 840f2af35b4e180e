import { z } from "zod";

/**
 * What we read of HubSpot's answers. Fields that we do not use are not named, so that new ones do no harm; absent and
 * null are alike (hubspot-api.md §8, "nulls / dropped props").
 */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
/** Ids are text in the specification and numbers in practice, by endpoint (§6.2 `toObjectId`). */
const id = z.union([z.string().min(1), z.number()]).transform(String);
const value = z.union([z.string(), z.number(), z.boolean()]).transform(String).nullable();

const nextPage = z
  .object({ next: z.object({ after: id }).nullish() })
  .nullish()
  .transform((paging) => paging?.next?.after ?? null);

const word = z.string().optional().catch(undefined);

/** Any error body, also none: HTML pages and empty bodies give an object without words. */
export const errorBody = z
  .object({
    status: word.transform((status) => (status === "error" ? undefined : status)),
    error: word,
    category: word,
    subCategory: word,
    policyName: word,
    correlationId: word,
  })
  .catch({
    status: undefined,
    error: undefined,
    category: undefined,
    subCategory: undefined,
    policyName: undefined,
    correlationId: undefined,
  });

/** What a refused write says that records lack; anything else in its errors is left out (§6.7). */
export const requiredErrors = z
  .object({
    errors: z
      .array(
        z
          .object({
            code: z.string().catch(""),
            message: z.string().catch(""),
            context: z.object({ propertyName: z.array(z.string()).catch([]) }).catch({ propertyName: [] }),
          })
          .catch({ code: "", message: "", context: { propertyName: [] } }),
      )
      .catch([]),
  })
  .catch({ errors: [] });

const rowError = z.object({
  category: text,
  // Some error bodies have an object here.
  subCategory: text.catch(null),
  message: text,
  context: z.record(z.string(), z.unknown()).nullish(),
});
export type RowError = z.infer<typeof rowError>;

/** `numErrors` and `errors` come with 200, 201 and 207 alike (§0 fact 3). */
const batchOf = <T extends z.ZodType>(result: T) =>
  z.object({
    results: z.array(result),
    numErrors: z
      .number()
      .nullish()
      .transform((count) => count ?? 0),
    errors: z
      .array(rowError)
      .nullish()
      .transform((errors) => errors ?? []),
  });

const linkList = z.object({ results: z.array(z.object({ id })), paging: nextPage });

export const record = z.object({
  id,
  properties: z.record(z.string(), value),
  archived: z
    .boolean()
    .nullish()
    .transform((archived) => archived ?? false),
  updatedAt: text,
  associations: z.record(z.string(), linkList).nullish(),
});
export type RecordAnswer = z.infer<typeof record>;

export const recordBatch = batchOf(record);
export const recordPage = z.object({ results: z.array(record), paging: nextPage });
export const searchPage = z.object({ total: z.number(), results: z.array(record), paging: nextPage });

const associationType = z.object({ category: text, typeId: z.number(), label: text });

export const associationBatch = batchOf(
  z.object({
    from: z.object({ id }),
    to: z.array(z.object({ toObjectId: id, associationTypes: z.array(associationType) })),
    paging: nextPage,
  }),
);

/** An archive may have no body. */
export const linkChange = z
  .object({ errors: z.array(rowError).nullish() })
  .nullish()
  .catch(null);

const option = z.object({
  label: z.string(),
  value: z.string(),
  description: z.string().nullish(),
  displayOrder: z.number().nullish(),
  hidden: z.boolean().nullish(),
});

export const property = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  fieldType: z.string(),
  groupName: text,
  description: text,
  options: z
    .array(option)
    .nullish()
    .transform((options) => options ?? []),
});
export type PropertyAnswer = z.infer<typeof property>;

export const propertyList = z.object({ results: z.array(property) });
export const propertyBatch = batchOf(property);

export const group = z.object({ name: z.string(), label: z.string() });
export const groupList = z.object({ results: z.array(group) });

export const accountDetails = z.object({
  portalId: z.number(),
  accountType: text,
  timeZone: z.string().min(1),
  companyCurrency: text,
  uiDomain: text,
});

/** Access tokens may be 512 characters long and longer one day (§2.2). */
const token = z.string().min(1).max(8_192);

export const tokenGrant = z.object({
  access_token: token,
  refresh_token: token,
  expires_in: z.number().positive(),
  hub_id: z.number().int().positive().nullish(),
  user_id: z.number().nullish(),
  scopes: z.array(z.string()).nullish(),
});

export const introspection = z.object({
  active: z.boolean(),
  hub_id: z.number().int().positive().nullish(),
  user_id: z.number().nullish(),
  app_id: z.number().nullish(),
  scopes: z.array(z.string()).nullish(),
});

export const anything = z.unknown();
