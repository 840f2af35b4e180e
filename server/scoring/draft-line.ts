import type { LineRecord } from "./score-record.ts";
import type { SignalSelection } from "./select-signals.ts";
import { mostEvidence } from "./why.ts";

/**
 * Where lines over signals are put together, one after the other, before `finishLine` copies each out. A line that grew while
 * it was filled would take three times its room, and room is time where an account has dozens of lines.
 */
export const draft: number[] = [];

/** The line that stands in the first `length` places of the draft, and behind it the codes of evidence. */
export function finishLine(length: number, { listed, listedCount }: SignalSelection): LineRecord {
  let end = length;
  for (let index = 0; index < listedCount && index < mostEvidence; index++) draft[end++] = listed[index] ?? 0;
  return draft.slice(0, end);
}
