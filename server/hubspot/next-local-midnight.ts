const dayMs = 86_400_000;

/** Milliseconds from `now` to the next midnight in a time zone, when HubSpot's daily limit starts anew (§4.1). */
export function msToLocalMidnight(now: number, timeZone: string | null): number {
  const offsetAt = zoneOffset(timeZone);
  const localMidnight = Math.floor((now + offsetAt(now)) / dayMs) * dayMs + dayMs;
  // The offset of the midnight itself counts: clocks may be changed between now and then.
  return localMidnight - offsetAt(localMidnight - offsetAt(now)) - now;
}

function zoneOffset(timeZone: string | null): (at: number) => number {
  const format = zoneFormat(timeZone ?? "UTC") ?? zoneFormat("UTC");
  return (at) => {
    const part = Object.fromEntries((format?.formatToParts(at) ?? []).map(({ type, value }) => [type, Number(value)]));
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
  };
}

/** Null for a name that this machine's time zone data does not have; the caller then falls back to UTC. */
function zoneFormat(timeZone: string): Intl.DateTimeFormat | null {
  const numeric = "numeric";
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric,
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
