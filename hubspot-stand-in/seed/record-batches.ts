import type { SeedRecord } from "../seed-data.ts";

const batchSize = 1_000;

/** Imported records, kept once, in the order in which they were added. */
export interface RecordBatches {
  batches: SeedRecord[][];
  add(record: SeedRecord): void;
}

export function createRecordBatches(): RecordBatches {
  const batches: SeedRecord[][] = [];
  return {
    batches,
    add(record) {
      const last = batches.at(-1);
      if (last && last.length < batchSize) last.push(record);
      else batches.push([record]);
    },
  };
}
