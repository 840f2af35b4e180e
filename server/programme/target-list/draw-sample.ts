import { createHash } from "node:crypto";

export interface Candidate {
  readonly accountId: string;
  readonly stratum: string;
}

/** Row 9: a fifth of the list, rounded up. */
export const sampleSize = (listSize: number): number => Math.ceil(listSize / 5);

/**
 * Draws without replacement, as many of each stratum as its share of the list. The same seed and list give the same sample,
 * whatever the order of the list: accounts are ranked by a hash of seed and id.
 */
export function drawSample(candidates: readonly Candidate[], seed: string): Candidate[] {
  const strata = [...Map.groupBy(candidates, ({ stratum }) => stratum)].sort(([a], [b]) => (a < b ? -1 : 1));
  const places = shareOut(
    strata.map(([, members]) => members.length),
    sampleSize(candidates.length),
  );
  return strata.flatMap(([, members], index) =>
    members
      .map((candidate) => ({ candidate, rank: hashOf(seed, candidate.accountId) }))
      .sort((a, b) => (a.rank < b.rank ? -1 : 1))
      .slice(0, places[index])
      .map(({ candidate }) => candidate),
  );
}

/** Whole places by share; what is left goes to the largest remainders, and among equal ones to the larger stratum. */
function shareOut(sizes: readonly number[], places: number): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const shares = sizes.map((size) => (size * places) / Math.max(1, total));
  const given = shares.map(Math.floor);
  const left = places - given.reduce((sum, count) => sum + count, 0);
  const order = shares
    .map((share, index) => ({ index, remainder: share - Math.floor(share), size: sizes[index] ?? 0 }))
    .sort((a, b) => b.remainder - a.remainder || b.size - a.size || a.index - b.index);
  for (const { index } of order.slice(0, left)) given[index] = (given[index] ?? 0) + 1;
  return given;
}

const hashOf = (seed: string, accountId: string): string =>
  createHash("sha256").update(`${seed}:${accountId}`).digest("hex");
