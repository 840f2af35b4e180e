import type { AccountScore, AxisScore, GateResult } from "@touchstone/shared/account-score.ts";
import type { CompiledModel } from "./compile-model.ts";
import { gateState } from "./judge-gate.ts";
import type { OrderedSnapshot } from "./order-snapshot.ts";
import { recordScore } from "./record-score.ts";
import type { ScoreRecord } from "./score-record.ts";
import { coverageOf } from "./sum-points.ts";
import { fromThousandths } from "./thousandths.ts";

/** A score without its ledger. Every field is that of `AccountScore`. */
export interface ScoreTotals
  extends Pick<
    AccountScore,
    "state" | "score" | "rounding" | "attainable" | "max" | "coverage" | "provisional" | "rescaled" | "band"
  > {
  readonly axes: readonly AxisScore[];
  readonly gates: readonly Omit<GateResult, "reason">[];
}

/** The totals of `scoreAccount` for the same snapshot, model and moment, several times as fast. Pure. */
export function scoreTotals(ordered: OrderedSnapshot, compiled: CompiledModel, now: number): ScoreTotals {
  return readTotals(recordScore(ordered, compiled, now), compiled);
}

/** What a record says without its lines. Takes the model version that made the record. */
export function readTotals(record: ScoreRecord, compiled: CompiledModel): ScoreTotals {
  const { score, earned, attainable, rescaled } = record;
  const band = compiled.model.bands[record.band ?? -1];
  return {
    state: record.exclusion === null ? "scored" : "excluded",
    score: score === null ? null : fromThousandths(score),
    rounding: score === null ? 0 : fromThousandths(score - earned),
    attainable: fromThousandths(attainable),
    max: fromThousandths(compiled.max),
    coverage: coverageOf(compiled, attainable),
    provisional: record.provisional,
    rescaled: rescaled === null ? null : fromThousandths(rescaled),
    band: band === undefined ? null : { key: band.key, label: band.label, phrase: band.phrase },
    axes: readAxes(record, compiled),
    gates: compiled.model.gates.flatMap(({ key, label, purpose }, index) => {
      const answer = record.gates[index]?.[0];
      return answer === undefined ? [] : { key, label, purpose, state: gateState[answer] };
    }),
  };
}

const readAxes = ({ axes, axesAttainable }: ScoreRecord, { model }: CompiledModel): AxisScore[] =>
  axes.map((score, index) => ({
    key: model.axes[index]?.key ?? "",
    label: model.axes[index]?.label ?? "",
    score: fromThousandths(score),
    attainable: fromThousandths(axesAttainable[index] ?? 0),
    max: model.axes[index]?.max ?? 0,
  }));
