import { createHash } from "node:crypto";
import type { SeedData, SeedRecord } from "../../../hubspot-stand-in/seed-data.ts";

export const nowAt = Date.UTC(2026, 8, 15, 9);

export const allRecords = (seed: SeedData): SeedRecord[] => [...seed.records].flat();

export const ofType = (records: SeedRecord[], type: SeedRecord["type"]) =>
  records.filter((record) => record.type === type);

export function fingerprint(seed: SeedData): string {
  const hash = createHash("sha256");
  for (const batch of seed.records) hash.update(JSON.stringify(batch));
  return hash.digest("hex");
}
