import type { Signal } from "@touchstone/shared/account-snapshot.ts";
import type { PersonId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";

/**
 * All signals of one owner as one text: a row for each would cost three times as much to read. `saveSignals` and the
 * parser of sent signals keep control characters out, so these two separate.
 */
const [between, after] = ["\x1f", "\x1e"];

/** An aggregate over rows of `signals`, read by `parseSignalLines`. */
export const signalLines = sql`string_agg(signal_key || ${between} || kind || ${between} || at || ${between} || source || ${between}
  || coalesce(strength::text, '') || ${between} || coalesce(subject, '') || ${between} || coalesce(expires_at::text, ''), ${after})`;

/** Goes through the text place by place: splitting it would make twice as many objects as there are signals. */
export function parseSignalLines(text: string | null, personId: PersonId | null): Signal[] {
  const signals: Signal[] = [];
  if (text === null) return signals;
  let place = 0;
  const read = (end: string): string => {
    const from = place;
    const to = text.indexOf(end, from);
    place = to === -1 ? text.length + 1 : to + 1;
    return to === -1 ? text.slice(from) : text.slice(from, to);
  };
  while (place <= text.length) {
    const key = read(between);
    const kind = read(between);
    const at = Number(read(between));
    const source = read(between);
    const strength = read(between);
    const subject = read(between);
    const expiresAt = read(after);
    signals.push({
      key,
      kind,
      personId,
      at,
      source,
      strength: strength === "" ? null : Number(strength),
      subject: subject === "" ? null : subject,
      expiresAt: expiresAt === "" ? null : Number(expiresAt),
    });
  }
  return signals;
}
