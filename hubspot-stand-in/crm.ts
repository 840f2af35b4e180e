import type { ObjectType } from "./seed-data.ts";

/**
 * What a person (or an import, or another app) does inside one portal of the stand-in. Every call changes records as
 * HubSpot would and sends the webhooks that HubSpot would send.
 */
export interface Crm {
  create(
    type: ObjectType,
    properties: Record<string, string>,
    links?: { type: ObjectType; id: string; primary?: boolean }[],
  ): string;
  update(type: ObjectType, id: string, properties: Record<string, string>): void;
  /** System counters and roll-ups (opens, visits, conversions): changes without a webhook unless the switch says so. */
  updateSilently(type: ObjectType, id: string, properties: Record<string, string>): void;
  associate(from: { type: ObjectType; id: string }, to: { type: ObjectType; id: string }, primary?: boolean): void;
  disassociate(from: { type: ObjectType; id: string }, to: { type: ObjectType; id: string }): void;
  /** Returns the id of the merged record, which is new (HubSpot changelog, "updated merge functionality"). */
  merge(type: "companies" | "contacts", primaryId: string, otherId: string): string;
  delete(type: ObjectType, id: string): void;
  restore(type: ObjectType, id: string): void;
  /** Permanent erasure of a contact: `contact.privacyDeletion` and `contact.deletion`, in either order. */
  privacyDelete(contactId: string): void;
  get(type: ObjectType, id: string): { id: string; properties: Record<string, string | null> } | null;
  find(type: ObjectType, where: Record<string, string>): { id: string; properties: Record<string, string | null> }[];
  linked(from: { type: ObjectType; id: string }, to: ObjectType): string[];
}
