import type { CompiledModel } from "./compile-model.ts";
import { explainChange, type LineChange } from "./explain-change.ts";
import type { OrderedSnapshot } from "./order-snapshot.ts";
import { type LineRecord, type ScoreRecord, unknownPoints } from "./score-record.ts";
import { writeSome } from "./write-ledger.ts";

/** A record with all that it takes to word it. */
export interface Decision {
  readonly record: ScoreRecord;
  readonly ordered: OrderedSnapshot;
  readonly compiled: CompiledModel;
}

/** `explainChange` of the two ledgers, of which only the lines that moved are worded. */
export function explainMove(before: Decision, after: Decision): LineChange[] {
  const same =
    before.compiled === after.compiled && before.record.exclusion === null && after.record.exclusion === null;
  const [old, fresh] = [before.record.lines, after.record.lines];
  const moved = (index: number) => !same || pointsOf(old[index]) !== pointsOf(fresh[index]);
  return explainChange(write(before, moved), write(after, moved));
}

/** As a ledger says them, which has no points for what is not known. */
const pointsOf = (line: LineRecord | undefined): number => Math.max(0, line?.[0] ?? unknownPoints);

const write = ({ record, ordered, compiled }: Decision, wanted: (index: number) => boolean) =>
  writeSome(record, ordered, compiled, wanted);
