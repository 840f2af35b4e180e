import type { SeedOwner } from "../seed-data.ts";

const reps = [
  ["Maya", "Thornbury"],
  ["Declan", "Osei"],
  ["Ingeborg", "Falk"],
  ["Rafael", "Quintana"],
  ["Sunita", "Pillai"],
  ["Theo", "Marchetti"],
  ["Wren", "Abernathy"],
  ["Kofi", "Lindgren"],
] as const;

/** The eight reps of the demo portal. Owner ids and user ids differ, as in HubSpot (hubspot-api.md §6.4). */
export const owners: readonly SeedOwner[] = reps.map(([firstName, lastName], index) => ({
  id: String(700_001 + index),
  userId: 9_001 + index,
  email: `${firstName}.${lastName}@larkfield.example`.toLowerCase(),
  firstName,
  lastName,
}));
