import { hash } from "node:crypto";
import { asPortalId, type PortalId } from "@touchstone/shared/ids.ts";
import { z } from "zod";
import { type InboxEvent, needs } from "../db/inbox.ts";
import { isPlainChange } from "./is-plain-change.ts";

/** HubSpot sends up to 100 events in a request (hubspot-api.md §3.3); more than this is not HubSpot. */
export const maxEvents = 1_000;

const id = z.union([z.number().int().nonnegative(), z.string().regex(/^\d{1,20}$/)]).transform(String);
/** PostgreSQL holds no NUL in text; nothing that HubSpot names has one. */
const short = z
  .string()
  .max(200)
  .refine((text) => !text.includes("\0"));
const eventSchema = z.object({
  portalId: z.number().int().positive(),
  subscriptionType: short,
  occurredAt: z.number().int().nonnegative(),
  objectId: id.optional(),
  objectTypeId: short.optional(),
  changeSource: short.optional(),
  sourceId: z
    .union([z.string().max(500), z.number()])
    .transform(String)
    .optional(),
  propertyName: short.optional(),
  propertyValue: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
  associationType: short.optional(),
  associationRemoved: z.boolean().optional(),
  fromObjectId: id.optional(),
  toObjectId: id.optional(),
  fromObjectTypeId: short.optional(),
  toObjectTypeId: short.optional(),
  primaryObjectId: id.optional(),
  mergedObjectIds: z.array(id).max(1_000).optional(),
  newObjectId: id.optional(),
});
type WebhookEvent = Omit<z.infer<typeof eventSchema>, "objectId"> & { readonly objectId?: string | number | undefined };

function readEvent(item: unknown): { success: true; data: WebhookEvent } | { success: false; error: z.ZodError } {
  if (typeof item !== "object" || item === null || !isPlainChange(item)) return eventSchema.safeParse(item);
  return { success: true, data: item };
}

export interface ParsedWebhooks {
  readonly byPortal: ReadonlyMap<PortalId, readonly InboxEvent[]>;
  /** Changes that we wrote ourselves; they say nothing new. */
  readonly echoes: number;
  /** Events of types that scoring does not read. */
  readonly ignored: number;
  /** What could not be read, by place in the list; the events beside it are kept. */
  readonly unreadable: readonly string[];
}

/** Types that the mirror holds, by HubSpot's type id and by the word in subscription and association types. */
const objectTypes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "0-1": "contacts",
    contact: "contacts",
    "0-2": "companies",
    company: "companies",
    "0-3": "deals",
    deal: "deals",
    "0-47": "meetings",
    meeting: "meetings",
    meeting_event: "meetings",
    "0-48": "calls",
    call: "calls",
    "0-49": "emails",
    email: "emails",
    "0-18": "communications",
    communication: "communications",
  }),
);

/**
 * Reads a webhook body: an array of events. Null when it is no array or too long. Which portal an event belongs to is its
 * own field, which is only trusted because the signature over the whole body was.
 */
export function parseWebhooks(body: unknown, appId: number): ParsedWebhooks | null {
  if (!Array.isArray(body) || body.length > maxEvents) return null;
  const byPortal = new Map<PortalId, InboxEvent[]>();
  const unreadable: string[] = [];
  let echoes = 0;
  let ignored = 0;
  for (const [index, item] of body.entries()) {
    const parsed = readEvent(item);
    if (!parsed.success) {
      unreadable.push(
        `event ${index}: ${parsed.error.issues.map((issue) => issue.path.join(".") || "not an object").join(", ")}`,
      );
      continue;
    }
    if (parsed.data.changeSource === "INTEGRATION" && parsed.data.sourceId === String(appId)) {
      echoes += 1;
      continue;
    }
    const event = toInboxEvent(parsed.data);
    if (!event) {
      ignored += 1;
      continue;
    }
    const portalId = asPortalId(parsed.data.portalId);
    const known = byPortal.get(portalId);
    if (known) known.push(event);
    else byPortal.set(portalId, [event]);
  }
  return { byPortal, echoes, ignored, unreadable };
}

function toInboxEvent(event: WebhookEvent): InboxEvent | null {
  const [prefix = "", action = ""] = event.subscriptionType.split(".");
  const objectType = objectTypes.get(event.objectTypeId ?? prefix) ?? objectTypes.get(prefix);
  const objectId = event.objectId === undefined ? undefined : String(event.objectId);
  const stale =
    action === "associationChange" ? staleByAssociation(event) : staleByRecord(event, action, objectType, objectId);
  if (stale.length === 0) return null;
  return { occurredAt: event.occurredAt, dedupeKey: dedupeKey(event), stale };
}

const everything = needs.properties | needs.associations;

function staleByRecord(
  event: WebhookEvent,
  action: string,
  objectType: string | undefined,
  objectId: string | undefined,
): InboxEvent["stale"] {
  if (!objectType) return [];
  const mark = (id: string, need: number) => ({ objectType, objectId: id, needs: need });
  if (action === "merge") {
    const ids = new Set([event.newObjectId, event.primaryObjectId, ...(event.mergedObjectIds ?? []), objectId]);
    return [...ids].flatMap((one) => (one ? [mark(one, everything | needs.mergeTrace)] : []));
  }
  if (!objectId) return [];
  if (action === "privacyDeletion") return [mark(objectId, needs.erasure)];
  if (action === "creation") return [mark(objectId, everything)];
  if (action === "restore") return [mark(objectId, everything | needs.neighbours)];
  if (action === "deletion") return [mark(objectId, needs.properties)];
  if (action !== "propertyChange") return [];
  return [mark(objectId, event.propertyName === "associatedcompanyid" ? everything : needs.properties)];
}

/** The company's end of a link is never read: the other end's links say the same, and there are fewer of them. */
function staleByAssociation(event: WebhookEvent): InboxEvent["stale"] {
  const [fromWord = "", toWord = ""] = (event.associationType ?? "").toLowerCase().split("_to_");
  const ends = [
    { objectType: objectTypes.get(event.fromObjectTypeId ?? fromWord), objectId: event.fromObjectId },
    { objectType: objectTypes.get(event.toObjectTypeId ?? toWord), objectId: event.toObjectId },
  ];
  return ends.flatMap(({ objectType, objectId }) =>
    objectType && objectType !== "companies" && objectId ? [{ objectType, objectId, needs: everything }] : [],
  );
}

/**
 * Neither `eventId` nor `attemptNumber`: the first is not unique, the second changes (hubspot-api.md §8, Appendix C). 52 bits, which
 * a number holds and the index compares at once: they only tell events of one portal and one millisecond apart. NUL can stand in
 * the value only, which comes last.
 */
function dedupeKey(event: WebhookEvent): number {
  const parts = [
    event.portalId,
    event.subscriptionType,
    event.objectTypeId,
    event.objectId,
    event.fromObjectId,
    event.toObjectId,
    event.associationType,
    event.associationRemoved,
    event.propertyName,
    event.primaryObjectId,
    event.newObjectId,
    event.occurredAt,
    event.propertyValue,
  ];
  return Number.parseInt(hash("sha256", parts.join("\0"), "hex").slice(0, 13), 16);
}
