/**
 * What a portal starts with: made by the seed generator or read from CSV exports, loaded by the stand-in's record store.
 * Property values are text or null, as HubSpot stores them.
 */
export interface SeedData {
  portal: { portalId: number; name: string; timeZone: string; currency: string };
  owners: SeedOwner[];
  /** In batches, so that a million records never stand in memory twice. */
  records: Iterable<SeedRecord[]>;
}

export interface SeedOwner {
  id: string;
  userId: number;
  email: string;
  firstName: string;
  lastName: string;
}

/** An object of an app, by its full name: "a16858319_cars". */
export type AppObjectType = `a${number}_${string}`;
export type ObjectType = StandardType | AppObjectType;

export type StandardType =
  | "companies"
  | "contacts"
  | "deals"
  | "meetings"
  | "calls"
  | "emails"
  | "communications"
  | "notes"
  | "tasks";

export interface SeedRecord {
  type: ObjectType;
  id: string;
  properties: Record<string, string | null>;
  /** Links to records that came earlier, or come in the same batch. `primary` marks the primary company. */
  links?: { type: ObjectType; id: string; primary?: boolean }[];
  createdAt: number;
  updatedAt: number;
}
