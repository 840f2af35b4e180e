import type { Clock } from "./clock.ts";
import { type AssociationLabels, createAssociationLabels } from "./crm-data/association-labels.ts";
import { type AssociationStore, createAssociationStore } from "./crm-data/association-store.ts";
import type { Change } from "./crm-data/change.ts";
import { createPropertyStore, type PropertyStore } from "./crm-data/property-store.ts";
import { createRecordStore, type RecordStore } from "./crm-data/record-store.ts";
import { createSearchIndex, type SearchIndex } from "./crm-data/search-index.ts";
import type { ObjectType, SeedOwner } from "./seed-data.ts";
import type { Switches } from "./switches.ts";

export interface PortalOwner extends SeedOwner {
  archived: boolean;
}

export interface ConditionalProperty {
  readonly property: string;
  readonly when: string;
  readonly is: string;
}

export interface PortalSettings {
  readonly portalId: number;
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly currency: string;
  readonly accountType?: "STANDARD" | "DEVELOPER_TEST" | "SANDBOX" | "APP_DEVELOPER";
  /** Scopes that this portal's subscription does not offer: an optional one is left out, a required one stops the install. */
  readonly missingScopes?: readonly string[];
  /** An admin's validation rules: what a record must have before anything may be written to it (hubspot-api.md §6.7). */
  readonly requiredProperties?: Partial<Record<ObjectType, readonly string[]>>;
  /** Likewise, of records that hold this value of another property. */
  readonly conditionalProperties?: Partial<Record<ObjectType, readonly ConditionalProperty[]>>;
  /** Calls a day over all apps; absent: no limit, as for marketplace apps (hubspot-api.md §4.1). */
  readonly dailyLimit?: number;
}

/** One HubSpot account with everything in it. */
export interface Portal {
  readonly settings: PortalSettings;
  readonly owners: PortalOwner[];
  readonly properties: PropertyStore;
  readonly records: RecordStore;
  readonly labels: AssociationLabels;
  readonly links: AssociationStore;
  readonly index: SearchIndex;
  /** Lower-case addresses of erased contacts, which may not come back (§6.8). */
  readonly blockedEmails: Set<string>;
  readonly clock: Clock;
  readonly switches: Switches;
  publish(change: Change): void;
}

export interface PortalParts {
  readonly clock: Clock;
  readonly switches: Switches;
  readonly searchLagMs: number;
  publish(portal: Portal, change: Change): void;
}

export function createPortal(settings: PortalSettings, owners: readonly SeedOwner[], parts: PortalParts): Portal {
  const labels = createAssociationLabels();
  const portal: Portal = {
    settings,
    owners: owners.map((owner) => ({ ...owner, archived: false })),
    properties: createPropertyStore(),
    records: createRecordStore(),
    labels,
    links: createAssociationStore(labels),
    index: createSearchIndex(parts.clock, parts.searchLagMs),
    blockedEmails: new Set(),
    clock: parts.clock,
    switches: parts.switches,
    publish: (change) => parts.publish(portal, change),
  };
  return portal;
}
