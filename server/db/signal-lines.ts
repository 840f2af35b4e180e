import type { Signal } from "@touchstone/shared/account-snapshot.ts";
import { asPersonId, type PersonId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";

/**
 * All signals of an account as one text: a row for each would cost three times as much to read. `saveSignals` and the
 * parser of sent signals keep control characters out, so these two separate.
 */
export const between = "\x1f";
const after = "\x1e";

/** An aggregate over rows of `signals`, read by `parseSignalLines`. Put together two by two: `concat` and `format` take longer. */
export const signalLines = sql`string_agg(coalesce(person_id, '') || ${between} || signal_key || ${between} || kind || ${between} || at
  || ${between} || source || ${between} || coalesce(strength::text, '') || ${between} || coalesce(subject, '')
  || ${between} || coalesce(expires_at::text, ''), ${after})`;

/**
 * Signals without a person, and those of `people`. Goes through the text place by place: splitting it would make twice as many
 * objects as there are signals.
 */
export function parseSignalLines(text: string | null, people: ReadonlyMap<string, unknown>): Signal[] {
  const signals: Signal[] = [];
  if (text === null) return signals;
  let owner: string = "";
  let personId: PersonId | null = null;
  for (let place = 0; place < text.length; ) {
    const person = text.indexOf(between, place);
    const key = text.indexOf(between, person + 1);
    const kind = text.indexOf(between, key + 1);
    const at = text.indexOf(between, kind + 1);
    const source = text.indexOf(between, at + 1);
    const strength = text.indexOf(between, source + 1);
    const subject = text.indexOf(between, strength + 1);
    if (subject < place) throw new Error("a line of signals has too few fields");
    const next = text.indexOf(after, subject + 1);
    const end = next === -1 ? text.length : next;
    // One person's stand side by side.
    if (person - place !== owner.length || !text.startsWith(owner, place)) {
      owner = text.slice(place, person);
      personId = owner === "" ? null : asPersonId(owner);
    }
    if (personId === null || people.has(personId))
      signals.push({
        key: text.slice(person + 1, key),
        kind: text.slice(key + 1, kind),
        personId,
        at: Number(text.slice(kind + 1, at)),
        source: text.slice(at + 1, source),
        strength: readNumber(text, source + 1, strength),
        subject: strength + 1 === subject ? null : text.slice(strength + 1, subject),
        expiresAt: readNumber(text, subject + 1, end),
      });
    place = end + 1;
  }
  return signals;
}

const readNumber = (text: string, from: number, to: number): number | null =>
  from === to ? null : Number(text.slice(from, to));
