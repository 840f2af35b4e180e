const dayMs = 86_400_000;
const minuteMs = 60_000;
/** Nights begin at one o'clock and are four hours long; each portal has its own minute in them. */
const firstMinute = 60;
const minutes = 240;

/**
 * The last moment at which the portal's nightly run was due: the same minute of every night on the portal's own clock, another
 * one for each portal. A zone that this machine does not know counts as UTC.
 */
export function lastNightSlot(now: number, timeZone: string, portalId: number): number {
  const slotMs = (firstMinute + (portalId % minutes)) * minuteMs;
  const localNow = now + offsetAt(now, timeZone);
  const localSlot = Math.floor((localNow - slotMs) / dayMs) * dayMs + slotMs;
  // The offset of the slot itself counts: clocks may have been changed since.
  return localSlot - offsetAt(localSlot - offsetAt(now, timeZone), timeZone);
}

function offsetAt(at: number, timeZone: string): number {
  const text =
    zoneFormat(timeZone)
      .formatToParts(at)
      .find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours = 0, rest = 0] = /GMT([+-])(\d{2}):(\d{2})/.exec(text) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(rest)) * minuteMs;
}

function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  } catch (error) {
    if (error instanceof RangeError)
      return new Intl.DateTimeFormat("en-US", { timeZone: "UTC", timeZoneName: "longOffset" });
    throw error;
  }
}
