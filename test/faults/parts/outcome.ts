import { createHash } from "node:crypto";
import { tierProperties } from "../../../shared/output-properties.ts";
import type { PortalAtWork } from "../../support/portal-at-work.ts";
import { canonical, judgeResults } from "../../support/read-results.ts";
import { findDifferences } from "./find-differences.ts";
import { judgePeople } from "./judge-people.ts";

/** What an account ended up with: as text what a difference can be named in, the rest as a print of the exact bytes. */
export interface AccountOutcome {
  readonly snapshot: string;
  readonly scores: string;
  readonly properties: string;
  readonly signals: number;
}
export interface Outcome {
  /** By the portal's place in the trial and the account's id. */
  readonly accounts: ReadonlyMap<string, AccountOutcome>;
  /** Where the product contradicts itself or HubSpot holds something else than the product says. */
  readonly faults: readonly string[];
}

export async function readOutcome(
  databaseUrl: string,
  portals: readonly PortalAtWork[],
  nowAt: number,
): Promise<Outcome> {
  const accounts = new Map<string, AccountOutcome>();
  const faults: string[] = [];
  for (const [index, portal] of portals.entries()) {
    const judged = await judgeResults(databaseUrl, portal, nowAt);
    const people = await judgePeople(databaseUrl, portal, judged.results);
    faults.push(...[...judged.faults, ...people].map((fault) => `portal ${index}: ${fault}`));
    for (const [accountId, { snapshot, scores }] of Object.entries(judged.results)) {
      accounts.set(`${index}/${accountId}`, {
        snapshot: canonical(snapshot),
        scores: print(scores),
        properties: canonical(withoutPlace(judged.held[accountId] ?? {})),
        signals: snapshot.signals.length,
      });
    }
  }
  return { accounts, faults };
}

/**
 * A place in a tier depends on the way: who stood over a line for a moment keeps the place until somebody lets him go (product.md §5), and
 * whether the moment was seen is chance. That HubSpot holds what the product says of it is asked by `judgeResults`.
 */
const withoutPlace = (held: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(held).filter(([name]) => !places.has(name)));
const places = new Set<string>(tierProperties.map(({ name }) => name));

const print = (value: unknown) => createHash("sha256").update(canonical(value)).digest("base64");

export interface Differences {
  readonly scores: number;
  /** Signals that accounts have more than after the clean run. */
  readonly extraSignals: number;
  readonly reasons: readonly string[];
}

export function compareOutcomes(clean: Outcome, faulted: Outcome): Differences {
  const reasons: string[] = [];
  let extraSignals = 0;
  for (const [key, expected] of clean.accounts) {
    const found = faulted.accounts.get(key);
    const parts = found
      ? (["snapshot", "scores", "properties"] as const).filter((part) => found[part] !== expected[part])
      : ["has no score"];
    if (parts.length > 0) {
      const where = (["snapshot", "properties"] as const).flatMap((part) =>
        found ? findDifferences(JSON.parse(expected[part]), JSON.parse(found[part])) : [],
      );
      reasons.push(`account ${key}: ${parts.join(", ")} (${where.slice(0, 3).join("; ")})`);
    }
    extraSignals += Math.max(0, (found?.signals ?? 0) - expected.signals);
  }
  for (const key of faulted.accounts.keys()) if (!clean.accounts.has(key)) reasons.push(`account ${key}: is too many`);
  return { scores: reasons.length, extraSignals, reasons: [...reasons, ...faulted.faults] };
}
