/** How one reader sees times and numbers: their language, their portal's time zone. */
export interface ReaderFormat {
  /** "20 Nov 2026" */
  day(at: number): string;
  /** "20 Nov 2026, 13:40" */
  moment(at: number): string;
  /** The time zone of both: "Europe/Berlin". */
  readonly zone: string;
  /** At most one decimal: the number shown is the number compared (product.md §3). */
  score(value: number): string;
  /** At most three decimals: enough for the points of a signal that fades. */
  points(value: number): string;
  /** As points, with a plus or a true minus sign in front of what is not zero. */
  change(value: number): string;
}

const day = { day: "numeric", month: "short", year: "numeric" } as const;
const time = { hour: "numeric", minute: "2-digit" } as const;

export function createReaderFormat(reader: {
  locale?: string | undefined;
  timeZone?: string | undefined;
}): ReaderFormat {
  const locale = usableLocale(reader.locale);
  const timeZone = usableTimeZone(reader.timeZone);
  const days = new Intl.DateTimeFormat(locale, { ...day, timeZone });
  const moments = new Intl.DateTimeFormat(locale, { ...day, ...time, timeZone });
  const scores = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const points = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  return {
    day: (at) => days.format(at),
    moment: (at) => moments.format(at),
    zone: timeZone,
    score: (value) => scores.format(value),
    points: (value) => points.format(value),
    change: (value) => `${signOf(value)}${points.format(Math.abs(value))}`,
  };
}

const signOf = (value: number): string => (value > 0 ? "+" : value < 0 ? "−" : "");

/** The texts are English; a reader whose locale is unknown gets English dates to go with them. */
function usableLocale(locale: string | undefined): string {
  try {
    return Intl.getCanonicalLocales(locale?.replaceAll("_", "-") ?? "en")[0] ?? "en";
  } catch {
    return "en";
  }
}

function usableTimeZone(timeZone: string | undefined): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: timeZone ?? "UTC" }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
