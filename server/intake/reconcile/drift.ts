import type { Drift } from "../../db/reconciles.ts";

/** What can have happened without our being told. */
export type DriftKind = "changed" | "created" | "deleted" | "merged" | "links" | "outputs" | "definitions" | "erased";

export function addDrift(drift: Drift, more: Drift): Drift {
  const sum: Record<string, number> = { ...drift };
  for (const [kind, count] of Object.entries(more)) if (count > 0) sum[kind] = (sum[kind] ?? 0) + count;
  return sum;
}

export const countDrift = (kinds: readonly DriftKind[]): Drift =>
  kinds.reduce((drift: Drift, kind) => addDrift(drift, { [kind]: 1 }), {});

type Properties = Readonly<Record<string, string | null>>;

/** Of the named properties; absent, null and empty are alike (hubspot-api.md §8). */
export const hasSameValues = (names: readonly string[], one: Properties, other: Properties): boolean =>
  names.every((name) => (one[name] ?? "") === (other[name] ?? ""));

export const hasSameKeys = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((key) => other.has(key));
