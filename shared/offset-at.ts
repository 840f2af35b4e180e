const minuteMs = 60_000;

/** One for each zone, of which there are some hundred: making one costs more than many offsets do. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** How far a zone's clock is ahead of UTC at a moment, in milliseconds. A zone that this machine does not know counts as UTC. */
export function offsetAt(at: number, timeZone: string): number {
  const parts = formatFor(timeZone).formatToParts(at);
  const text = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours = 0, rest = 0] = /GMT([+-])(\d{2}):(\d{2})/.exec(text) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(rest)) * minuteMs;
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = makeFormat(timeZone);
  formats.set(timeZone, made);
  return made;
}

function makeFormat(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  } catch (error) {
    if (error instanceof RangeError) return makeFormat("UTC");
    throw error;
  }
}
