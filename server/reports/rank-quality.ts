export interface Outcome {
  readonly score: number;
  readonly isWon: boolean;
}

/**
 * The chance that a won one stands over a lost one, one of each drawn at random; equal scores count half (market.md §5, metric 18).
 * Null while there are not both.
 */
export function areaUnderCurve(outcomes: readonly Outcome[]): number | null {
  const won = outcomes.filter(({ isWon }) => isWon).length;
  const lost = outcomes.length - won;
  if (won === 0 || lost === 0) return null;
  let below = 0;
  let pairs = 0;
  for (const { wins, losses } of byScore(outcomes)) {
    pairs += wins * (below + losses / 2);
    below += losses;
  }
  return pairs / (won * lost);
}

export interface Lift {
  /** Won among the best so many; of those with one score at the edge, their share. */
  readonly won: number;
  /** Against what chance would have put there; null: none was won at all. */
  readonly lift: number | null;
}

/** What working only the best `places` would have met, against chance. Null where all of them would have had a place. */
export function liftAt(outcomes: readonly Outcome[], places: number): Lift | null {
  if (places <= 0 || places >= outcomes.length) return null;
  let left = places;
  let won = 0;
  for (const { wins, losses } of byScore(outcomes).toReversed()) {
    const taken = Math.min(left, wins + losses);
    won += (wins * taken) / (wins + losses);
    left -= taken;
  }
  const all = outcomes.filter(({ isWon }) => isWon).length;
  return { won, lift: all === 0 ? null : (won * outcomes.length) / (all * places) };
}

/** Won and lost by score, the lowest score first. */
function byScore(outcomes: readonly Outcome[]): { wins: number; losses: number }[] {
  const groups = [...Map.groupBy(outcomes, ({ score }) => score)].sort(([a], [b]) => a - b);
  return groups.map(([, group]) => {
    const wins = group.filter(({ isWon }) => isWon).length;
    return { wins, losses: group.length - wins };
  });
}
