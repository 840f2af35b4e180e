import { isAppObject } from "../object-types.ts";
import type { ObjectType } from "../seed-data.ts";

/** HubSpot's own link types: hubspot-api.md §6.2, the rest from the constants of @hubspot/api-client 14.0.1 (§1.1). */
const plainTypes: Readonly<Record<string, number>> = {
  "contacts>companies": 279,
  "companies>contacts": 280,
  "deals>contacts": 3,
  "contacts>deals": 4,
  "deals>companies": 341,
  "companies>deals": 342,
  "contacts>contacts": 449,
  "companies>companies": 450,
  "deals>deals": 451,
  "communications>contacts": 81,
  "contacts>communications": 82,
  "communications>deals": 85,
  "deals>communications": 86,
  "communications>companies": 87,
  "companies>communications": 88,
  "companies>calls": 181,
  "calls>companies": 182,
  "companies>emails": 185,
  "emails>companies": 186,
  "companies>meetings": 187,
  "meetings>companies": 188,
  "companies>notes": 189,
  "notes>companies": 190,
  "companies>tasks": 191,
  "tasks>companies": 192,
  "contacts>calls": 193,
  "calls>contacts": 194,
  "contacts>emails": 197,
  "emails>contacts": 198,
  "contacts>meetings": 199,
  "meetings>contacts": 200,
  "contacts>notes": 201,
  "notes>contacts": 202,
  "contacts>tasks": 203,
  "tasks>contacts": 204,
  "deals>calls": 205,
  "calls>deals": 206,
  "deals>emails": 209,
  "emails>deals": 210,
  "deals>meetings": 211,
  "meetings>deals": 212,
  "deals>notes": 213,
  "notes>deals": 214,
  "deals>tasks": 215,
  "tasks>deals": 216,
};

const primaryTypes: Readonly<Record<string, number>> = {
  "contacts>companies": 1,
  "companies>contacts": 2,
  "deals>companies": 5,
  "companies>deals": 6,
};

/** A company's link to its parent is 14, to its child 13; each is the other's inverse. */
export const parentToChild = 13;
export const childToParent = 14;

export function pairOf(from: ObjectType, to: ObjectType): string {
  return `${from}>${to}`;
}

export function plainType(from: ObjectType, to: ObjectType): number | undefined {
  // HubSpot gives a pair with an app object a number of its own in each portal.
  if (isAppObject(from)) return 7_001;
  return isAppObject(to) ? 7_002 : plainTypes[pairOf(from, to)];
}

export function primaryType(from: ObjectType, to: ObjectType): number | undefined {
  return primaryTypes[pairOf(from, to)];
}

export function inverseOfHubSpotType(from: ObjectType, to: ObjectType, typeId: number): number | undefined {
  if (typeId === plainType(from, to)) return plainType(to, from);
  if (typeId === primaryType(from, to)) return primaryType(to, from);
  if (from !== "companies" || to !== "companies") return undefined;
  if (typeId === parentToChild) return childToParent;
  return typeId === childToParent ? parentToChild : undefined;
}

export function hubSpotLabel(from: ObjectType, to: ObjectType, typeId: number): string | null {
  if (typeId === primaryType(from, to)) return "Primary";
  if (from !== "companies" || to !== "companies") return null;
  if (typeId === childToParent) return "Parent Company";
  return typeId === parentToChild ? "Child Company" : null;
}
