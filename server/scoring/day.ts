export const dayMs = 86_400_000;

/** Number of the UTC day. A snapshot knows no time zone, and a replay must find the same days. */
export const dayOf = (at: number): number => Math.floor(at / dayMs);
