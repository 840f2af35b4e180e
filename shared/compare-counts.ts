/** "2 more than the week before", "as many as the week before". */
export function compareCounts(now: number, before: number): string {
  if (now === before) return "as many as the week before";
  return now > before ? `${now - before} more than the week before` : `${before - now} fewer than the week before`;
}

export const directionOf = (now: number, before: number): "up" | "down" | "same" =>
  now === before ? "same" : now > before ? "up" : "down";
