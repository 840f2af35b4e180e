import { offsetAt } from "@touchstone/shared/offset-at.ts";

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
