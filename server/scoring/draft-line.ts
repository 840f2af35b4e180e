import type { LineRecord } from "./score-record.ts";
import type { SignalSelection } from "./select-signals.ts";
import { mostEvidence } from "./why.ts";

/**
 * Where lines are put together, one after the other, before they are copied out. A line that grew while it was filled would
 * take three times its room, and room is time where an account has dozens of lines. It begins with a fraction because V8
 * then takes all lines for lists of the same form, and adds them up without making an object of each figure.
 */
export const draft: number[] = [0.5];

/** The line that stands in the first `length` places of the draft. */
export const takeLine = (length: number): LineRecord => draft.slice(0, length);

/** The same, and behind it the codes of evidence. */
export function finishLine(length: number, { listed, listedCount }: SignalSelection): LineRecord {
  let end = length;
  for (let index = 0; index < listedCount && index < mostEvidence; index++) draft[end++] = listed[index] ?? 0;
  return takeLine(end);
}

export function toLine(...entries: readonly number[]): LineRecord {
  for (let place = 0; place < entries.length; place++) draft[place] = entries[place] ?? 0;
  return takeLine(entries.length);
}
