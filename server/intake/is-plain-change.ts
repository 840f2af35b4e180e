/** The fields of an event that a changed property sends, as `parseWebhooks` uses them. */
export interface PlainChange {
  readonly portalId: number;
  readonly subscriptionType: string;
  readonly occurredAt: number;
  readonly objectId: number;
  readonly propertyName: string;
  readonly propertyValue: string;
  readonly objectTypeId: string | undefined;
  readonly changeSource: string | undefined;
  readonly sourceId: string | undefined;
}

/** Fields of other events: with one of them, the schema decides. */
const others = [
  "associationType",
  "associationRemoved",
  "fromObjectId",
  "toObjectId",
  "fromObjectTypeId",
  "toObjectTypeId",
  "primaryObjectId",
  "mergedObjectIds",
  "newObjectId",
] as const;

const isShort = (value: unknown): value is string =>
  typeof value === "string" && value.length <= 200 && !value.includes("\0");
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/**
 * Whether an item is the usual event, which nine in ten are, word for word as the schema would read it. Ten times cheaper than
 * the schema, which decides about all the rest; a test holds the two together.
 */
export function isPlainChange(item: object): item is PlainChange {
  const event = item as Readonly<Record<string, unknown>>;
  return (
    isWhole(event.portalId) &&
    event.portalId > 0 &&
    isShort(event.subscriptionType) &&
    isWhole(event.occurredAt) &&
    isWhole(event.objectId) &&
    isShort(event.propertyName) &&
    typeof event.propertyValue === "string" &&
    (event.objectTypeId === undefined || isShort(event.objectTypeId)) &&
    (event.changeSource === undefined || isShort(event.changeSource)) &&
    (event.sourceId === undefined || (typeof event.sourceId === "string" && event.sourceId.length <= 500)) &&
    others.every((name) => event[name] === undefined)
  );
}
