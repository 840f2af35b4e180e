import { describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { needs } from "../../../server/db/inbox.ts";
import { maxEvents, parseWebhooks } from "../../../server/intake/parse-webhooks.ts";

const appId = 77;
const portalId = asPortalId(4242);
const base = { eventId: 1, subscriptionId: 2, portalId: 4242, appId, occurredAt: 1_795_341_600_000, attemptNumber: 0 };
const { properties, associations, erasure, mergeTrace, neighbours } = needs;
const everything = properties | associations;

const parse = (...events: unknown[]) => parseWebhooks(events, appId);
const only = (event: Record<string, unknown>) => parse({ ...base, ...event })?.byPortal.get(portalId)?.[0];

type Mark = [type: string, id: string, needs: number];
const table: [string, Record<string, unknown>, Mark[]][] = [
  // Classic names, one per type (§3.2).
  ["contact.creation", { objectId: 1, changeFlag: "CREATED" }, [["contacts", "1", everything]]],
  ["contact.deletion", { objectId: 1, changeFlag: "DELETED" }, [["contacts", "1", properties]]],
  ["contact.restore", { objectId: 1 }, [["contacts", "1", everything | neighbours]]],
  ["contact.privacyDeletion", { objectId: 1 }, [["contacts", "1", erasure]]],
  [
    "contact.propertyChange",
    { objectId: 1, propertyName: "jobtitle", propertyValue: "CTO" },
    [["contacts", "1", properties]],
  ],
  [
    "contact.propertyChange",
    { objectId: 1, propertyName: "associatedcompanyid", propertyValue: "9" },
    [["contacts", "1", everything]],
  ],
  ["company.creation", { objectId: 9 }, [["companies", "9", everything]]],
  ["company.propertyChange", { objectId: 9, propertyName: "industry" }, [["companies", "9", properties]]],
  ["company.deletion", { objectId: 9 }, [["companies", "9", properties]]],
  ["company.restore", { objectId: 9 }, [["companies", "9", everything | neighbours]]],
  ["deal.creation", { objectId: 5 }, [["deals", "5", everything]]],
  ["deal.propertyChange", { objectId: 5, propertyName: "dealstage" }, [["deals", "5", properties]]],
  ["deal.deletion", { objectId: 5 }, [["deals", "5", properties]]],
  // Generic names carry the type of the object (§3.3).
  ["object.creation", { objectId: 3, objectTypeId: "0-47" }, [["meetings", "3", everything]]],
  ["object.creation", { objectId: 3, objectTypeId: "0-48" }, [["calls", "3", everything]]],
  ["object.creation", { objectId: 3, objectTypeId: "0-49" }, [["emails", "3", everything]]],
  ["object.creation", { objectId: 3, objectTypeId: "0-18" }, [["communications", "3", everything]]],
  [
    "object.propertyChange",
    { objectId: 1, objectTypeId: "0-1", propertyName: "jobtitle" },
    [["contacts", "1", properties]],
  ],
  [
    "object.propertyChange",
    { objectId: 9, objectTypeId: "0-2", propertyName: "industry" },
    [["companies", "9", properties]],
  ],
  ["object.deletion", { objectId: 5, objectTypeId: "0-3" }, [["deals", "5", properties]]],
  ["object.restore", { objectId: 9, objectTypeId: "0-2" }, [["companies", "9", everything | neighbours]]],
  // A merge touches the new record and each that went into it.
  [
    "company.merge",
    { objectId: 20, primaryObjectId: 9, mergedObjectIds: [10, 11], newObjectId: 20, numberOfPropertiesMoved: 3 },
    ["20", "9", "10", "11"].map((id): Mark => ["companies", id, everything | mergeTrace]),
  ],
  [
    "object.merge",
    { objectTypeId: "0-1", primaryObjectId: 1, mergedObjectIds: [2], newObjectId: 30 },
    ["30", "1", "2"].map((id): Mark => ["contacts", id, everything | mergeTrace]),
  ],
  // A link is read from the end that is no company.
  [
    "contact.associationChange",
    { associationType: "CONTACT_TO_COMPANY", fromObjectId: 1, toObjectId: 9, associationRemoved: false },
    [["contacts", "1", everything]],
  ],
  [
    "company.associationChange",
    { associationType: "COMPANY_TO_CONTACT", fromObjectId: 9, toObjectId: 1, associationRemoved: true },
    [["contacts", "1", everything]],
  ],
  [
    "deal.associationChange",
    { associationType: "DEAL_TO_COMPANY", fromObjectId: 5, toObjectId: 9 },
    [["deals", "5", everything]],
  ],
  [
    "contact.associationChange",
    { associationType: "CONTACT_TO_DEAL", fromObjectId: 1, toObjectId: 5 },
    [
      ["contacts", "1", everything],
      ["deals", "5", everything],
    ],
  ],
  [
    "object.associationChange",
    { associationType: "X", fromObjectId: 3, toObjectId: 1, fromObjectTypeId: "0-47", toObjectTypeId: "0-1" },
    [
      ["meetings", "3", everything],
      ["contacts", "1", everything],
    ],
  ],
  [
    "object.associationChange",
    { associationType: "X", fromObjectId: 9, toObjectId: 10, fromObjectTypeId: "0-2", toObjectTypeId: "0-2" },
    [],
  ],
  // What scoring does not read.
  ["ticket.creation", { objectId: 1 }, []],
  ["line_item.propertyChange", { objectId: 1, propertyName: "x" }, []],
  ["product.creation", { objectId: 1 }, []],
  ["conversation.newMessage", { objectId: 1 }, []],
  ["event.completed", { objectId: 1 }, []],
  ["object.creation", { objectId: 1, objectTypeId: "0-5" }, []],
  ["object.creation", { objectId: 1, objectTypeId: "2-123456" }, []],
  ["contact.somethingNew", { objectId: 1 }, []],
  ["contact.propertyChange", {}, []],
  ["contact", { objectId: 1 }, []],
];

describe("an event", () => {
  it.each(table)("%s %j marks what has to be read again", (subscriptionType, event, marks) => {
    const parsed = parse({ ...base, subscriptionType, ...event });
    const stale = parsed?.byPortal.get(portalId)?.[0]?.stale ?? [];
    expect(stale).toEqual(marks.map(([objectType, objectId, need]) => ({ objectType, objectId, needs: need })));
    expect(parsed).toMatchObject({ ignored: marks.length === 0 ? 1 : 0, unreadable: [], echoes: 0 });
  });

  const change = { subscriptionType: "contact.propertyChange", objectId: 1, propertyName: "a", propertyValue: "b" };

  it("is an echo when our own app wrote the value, and only then", () => {
    const own = { ...base, ...change, changeSource: "INTEGRATION", sourceId: String(appId) };
    expect(parse(own)).toMatchObject({ echoes: 1, byPortal: new Map() });
    expect(parse({ ...own, sourceId: appId })).toMatchObject({ echoes: 1 });
    expect(parse({ ...own, sourceId: "78" })).toMatchObject({ echoes: 0 });
    expect(parse({ ...own, changeSource: "CRM_UI" })).toMatchObject({ echoes: 0 });
  });

  it("is the same event under another eventId, subscription or attempt", () => {
    const again = only({ ...change, eventId: 99, subscriptionId: 98, attemptNumber: 7 });
    expect(again?.dedupeKey).toEqual(only(change)?.dedupeKey);
    expect(again?.dedupeKey).toBeGreaterThan(0);
    expect(Number.isSafeInteger(again?.dedupeKey)).toBe(true);
  });

  it.each([
    ["time", { occurredAt: 1_795_341_600_001 }],
    ["record", { objectId: 2 }],
    ["property", { propertyName: "c" }],
    ["value", { propertyValue: "c" }],
    ["absence of a value", { propertyValue: undefined }],
    ["portal", { portalId: 4243 }],
  ])("is another event when it has another %s", (_, other) => {
    const parsed = parse({ ...base, ...change }, { ...base, ...change, ...other });
    const keys = [...(parsed?.byPortal.values() ?? [])].flat().map((event) => event.dedupeKey);
    expect(new Set(keys).size).toBe(2);
  });

  it("may name its record by a number or by text", () => {
    expect(only({ ...change, objectId: "123456789012345678" })?.stale[0]?.objectId).toBe("123456789012345678");
    expect(only({ ...change, objectId: 7 })?.stale[0]?.objectId).toBe("7");
  });

  it("may carry a value that is a number, true, null or REDACTED", () => {
    for (const propertyValue of [7, true, null, "REDACTED", ""])
      expect(only({ ...change, propertyValue })).toBeDefined();
  });
});

describe("a list of events", () => {
  it("is parted by portal", () => {
    const event = { subscriptionType: "company.creation", objectId: 9 };
    const parsed = parse(
      { ...base, ...event },
      { ...base, ...event, portalId: 5 },
      { ...base, ...event, objectId: 10 },
    );
    expect([...(parsed?.byPortal ?? [])].map(([portal, events]) => [portal, events.length])).toEqual([
      [4242, 2],
      [5, 1],
    ]);
  });

  it("may be empty", () => {
    expect(parse()).toMatchObject({ echoes: 0, ignored: 0, unreadable: [] });
  });

  it.each([[null], [{}], ["x"], [7], [Array.from({ length: maxEvents + 1 }, () => ({}))]])("is not %j", (body) => {
    expect(parseWebhooks(body, appId)).toBeNull();
  });
});
