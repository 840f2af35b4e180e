const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** "17 h left", "45 min left"; "3 h over" when the time is past. Whole units, never more than there is. */
export function timeLeft(dueAt: number, now: number): string {
  const ms = dueAt - now;
  return `${roughly(Math.abs(ms))} ${ms > 0 ? "left" : "over"}`;
}

function roughly(ms: number): string {
  if (ms >= 2 * dayMs) return `${Math.floor(ms / dayMs)} days`;
  if (ms >= hourMs) return `${Math.floor(ms / hourMs)} h`;
  return `${Math.floor(ms / minuteMs)} min`;
}
