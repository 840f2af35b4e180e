import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { isPlainChange } from "../../../server/intake/is-plain-change.ts";
import { parseWebhooks } from "../../../server/intake/parse-webhooks.ts";

const usual = {
  portalId: 4_242,
  subscriptionType: "contact.propertyChange",
  occurredAt: 1_795_300_000_000,
  objectId: 501,
  propertyName: "jobtitle",
  propertyValue: "CTO",
  changeSource: "CRM_UI",
  sourceId: "userId:77",
};

/** What a field may hold, of the right kind and of others. */
const anything = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    0,
    -1,
    1.5,
    2 ** 60,
    "",
    "7",
    "NUL \0",
    "x".repeat(201),
    "x".repeat(501),
    true,
    [],
    {},
  ),
  fc.integer(),
  fc.string(),
);
const names = [
  ...Object.keys(usual),
  "objectTypeId",
  "associationType",
  "fromObjectId",
  "mergedObjectIds",
  "newObjectId",
  "unknownField",
];
const event = fc
  .array(fc.tuple(fc.constantFrom(...names), anything), { maxLength: 3 })
  .map((changes) => ({ ...usual, ...Object.fromEntries(changes) }));

describe("the short cut for changed properties", () => {
  it("is taken by the usual event", () => {
    expect(isPlainChange(usual)).toBe(true);
  });

  it("never decides otherwise than the schema", () => {
    fc.assert(
      fc.property(event, (item) => {
        // An id that is text is left to the schema.
        const bySchema = parseWebhooks([{ ...item, objectId: String(item.objectId) }], 1);
        if (!isPlainChange(item)) return;
        const byShortCut = parseWebhooks([item], 1);
        expect(byShortCut).toEqual(bySchema);
        expect(byShortCut?.unreadable).toEqual([]);
      }),
      { numRuns: 5_000 },
    );
  });
});
