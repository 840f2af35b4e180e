import type { SeedData, SeedRecord } from "../seed-data.ts";
import { bundleRecords } from "./bundle-records.ts";
import { makeCompany } from "./make-company.ts";
import { owners } from "./owners.ts";
import { planPortal } from "./plan-portal.ts";
import { showcaseBundles } from "./showcase-bundles.ts";

export interface DemoPortalOptions {
  seed?: number;
  /** 1 … 100,000, the showcase companies included; never fewer than these. */
  companies?: number;
  /** 1 … 1,000,000, the showcase people included. */
  contacts?: number;
  /** All times lie before or after this moment; the same moment gives the same bytes. */
  nowAt: number;
}

const batchSize = 1_000;
const limits = { companies: 100_000, contacts: 1_000_000 };

function checkLimit(name: keyof typeof limits, value: number): number {
  if (!Number.isInteger(value) || value < 0 || value > limits[name]) {
    throw new RangeError(`A demo portal has 0 to ${limits[name]} ${name}, not ${value}.`);
  }
  return value;
}

function* generatedRecords(seed: number, companies: number, contacts: number, deals: number, nowAt: number) {
  for (const plan of planPortal(seed, companies, contacts, deals)) yield* bundleRecords(makeCompany(seed, plan, nowAt));
}

function* inBatches(...sources: Iterable<SeedRecord>[]): Generator<SeedRecord[]> {
  let batch: SeedRecord[] = [];
  for (const source of sources) {
    for (const record of source) {
      batch.push(record);
      if (batch.length === batchSize) {
        yield batch;
        batch = [];
      }
    }
  }
  if (batch.length > 0) yield batch;
}

/**
 * The demo portal: by default 300 companies with 2,500 people, 400 deals and 90 days of activity. Records are made while
 * they are read, in batches of 1,000, and can be read again. Everything in it is invented.
 */
export function demoPortal(options: DemoPortalOptions): SeedData {
  const seed = options.seed ?? 20_260_901;
  const companies = checkLimit("companies", options.companies ?? 300);
  const contacts = checkLimit("contacts", options.contacts ?? Math.round((companies * 2_500) / 300));
  const showcase = showcaseBundles(options.nowAt);
  const named = {
    people: showcase.reduce((sum, bundle) => sum + bundle.people.length, 0),
    deals: showcase.reduce((sum, bundle) => sum + bundle.deals.length, 0),
  };
  const deals = Math.max(0, Math.round((companies * 4) / 3) - named.deals);
  return {
    portal: { portalId: 4_711_001, name: "Larkfield (simulated)", timeZone: "Europe/Madrid", currency: "EUR" },
    owners: [...owners],
    records: {
      [Symbol.iterator]: () =>
        inBatches(
          showcase.flatMap(bundleRecords),
          generatedRecords(
            seed,
            Math.max(0, companies - showcase.length),
            Math.max(0, contacts - named.people),
            deals,
            options.nowAt,
          ),
        ),
    },
  };
}
