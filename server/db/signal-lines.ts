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

export function parseSignalLines(text: string | null, personId: PersonId | null): Signal[] {
  if (text === null) return [];
  return text.split(after).map((line) => {
    const [key = "", kind = "", at, source = "", strength, subject, expiresAt] = line.split(between);
    return {
      key,
      kind,
      personId,
      at: Number(at),
      source,
      strength: strength ? Number(strength) : null,
      subject: subject || null,
      expiresAt: expiresAt ? Number(expiresAt) : null,
    };
  });
}
