import type { AccountScore, GateResult, LedgerLine, LineState } from "@touchstone/shared/account-score.ts";
import type { CompiledModel } from "./compile-model.ts";
import type { LineView } from "./criterion-judge.ts";
import type { Told } from "./explain-change.ts";
import { wordRisk } from "./find-risks.ts";
import type { OrderedSnapshot } from "./order-snapshot.ts";
import { type LineRecord, never, type ScoreRecord, unknownPoints } from "./score-record.ts";
import { readTotals } from "./score-totals.ts";
import { fromThousandths } from "./thousandths.ts";

/**
 * Puts a record into words. Looks up and formats, decides nothing: takes the snapshot and the model version that the record
 * was made from, and throws for another version.
 */
export function writeLedger(record: ScoreRecord, ordered: OrderedSnapshot, compiled: CompiledModel): AccountScore {
  const { snapshot, people } = ordered;
  const view = viewOf(record, ordered, compiled);
  const lines = record.lines.map((line, index) => writeLine(line, index, view, compiled));
  const reasons = lines.map((line) => line.reason);
  const gates = wordGates(record, ordered, compiled, reasons);
  const totals = readTotals(record, compiled);
  return {
    portalId: snapshot.portalId,
    accountId: snapshot.accountId,
    model: compiled.reference,
    scoredAt: record.scoredAt,
    state: totals.state,
    exclusion: gates[record.exclusion ?? -1] ?? null,
    score: totals.score,
    rounding: totals.rounding,
    attainable: totals.attainable,
    max: totals.max,
    coverage: totals.coverage,
    provisional: totals.provisional,
    rescaled: totals.rescaled,
    band: totals.band,
    axes: totals.axes,
    gates: gates.flatMap((gate) => gate ?? []),
    risks: record.risks.flatMap((risk) => wordRisk(risk, people)),
    lines,
    nextChangeAt: record.nextChangeAt,
  };
}

/**
 * The lines that earned points, most first, each worded only when it is asked for: who needs the first reasons of every
 * account does not pay for its whole ledger.
 */
export function* writeEarned(
  record: ScoreRecord,
  ordered: OrderedSnapshot,
  compiled: CompiledModel,
): Generator<LedgerLine, void> {
  const view = viewOf(record, ordered, compiled);
  const earned = [...record.lines.entries()].filter(([, [points = 0]]) => points > 0);
  earned.sort(([, [a = 0]], [, [b = 0]]) => b - a);
  for (const [index, line] of earned) yield writeLine(line, index, view, compiled);
}

/** What `explainChange` compares, with the lines that are wanted and no other. */
export function writeSome(
  record: ScoreRecord,
  ordered: OrderedSnapshot,
  compiled: CompiledModel,
  wanted: (index: number) => boolean,
): Told {
  const view = viewOf(record, ordered, compiled);
  return {
    model: compiled.reference,
    scoredAt: record.scoredAt,
    exclusion: view.gates[record.exclusion ?? -1] ?? null,
    lines: record.lines.flatMap((line, index) => (wanted(index) ? [writeLine(line, index, view, compiled)] : [])),
  };
}

/** The gate that excludes the account, in words; null when none does. */
export const wordExclusion = (
  record: ScoreRecord,
  ordered: OrderedSnapshot,
  compiled: CompiledModel,
): GateResult | null =>
  record.exclusion === null ? null : (viewOf(record, ordered, compiled).gates[record.exclusion] ?? null);

function viewOf(record: ScoreRecord, ordered: OrderedSnapshot, compiled: CompiledModel): LineView {
  const { key, version } = compiled.reference;
  if (record.model !== key || record.version !== version) {
    throw new Error(
      `a score by ${record.model} version ${record.version} cannot be read with ${key} version ${version}`,
    );
  }
  let early: LineView["gates"] | null = null;
  return {
    ordered,
    // Few lines ask for one.
    get gates() {
      early ??= wordGates(record, ordered, compiled, []).map((gate, index) =>
        compiled.gates[index]?.early ? gate : null,
      );
      return early;
    },
  };
}

function wordGates(
  { gates, axes }: ScoreRecord,
  { snapshot }: OrderedSnapshot,
  compiled: CompiledModel,
  reasons: readonly string[],
): (GateResult | null)[] {
  const view = { properties: snapshot.properties, axes, reasons };
  return compiled.gates.map((gate, index) => {
    const record = gates[index] ?? null;
    return record === null ? null : gate.word(record, view);
  });
}

function writeLine(
  line: LineRecord,
  index: number,
  view: LineView,
  { model, judges, maxOf }: CompiledModel,
): LedgerLine {
  const criterion = model.criteria[index];
  const words = judges[index]?.word(line, view);
  if (criterion === undefined || words === undefined) throw new Error(`model ${model.key} has no criterion ${index}`);
  const { key, axis, label, source } = criterion;
  const [points = unknownPoints, changesAt = never] = line;
  return {
    criterion: key,
    axis,
    label,
    state: stateOf(points),
    points: points === unknownPoints ? 0 : fromThousandths(points),
    max: fromThousandths(maxOf[index] ?? 0),
    reason: words.reason,
    arithmetic: words.arithmetic,
    at: words.at,
    cappedFrom: words.cappedFrom === null ? null : fromThousandths(words.cappedFrom),
    evidence: words.evidence,
    evidenceCount: words.evidenceCount,
    changesAt: changesAt === never ? null : changesAt,
    source,
  };
}

function stateOf(points: number): LineState {
  if (points === unknownPoints) return "unknown";
  return points > 0 ? "earned" : "zero";
}
