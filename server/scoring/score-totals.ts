import type { AccountScore, AxisScore, GateResult } from "@touchstone/shared/account-score.ts";
import type { CompiledModel } from "./compile-model.ts";
import { gatherFacts } from "./gather-facts.ts";
import { findExclusion, judgeEarlyGates, judgeLateGates } from "./judge-gates.ts";
import type { OrderedSnapshot } from "./order-snapshot.ts";
import { axisScores, sumPoints, totalsOf } from "./sum-points.ts";
import { fromThousandths } from "./thousandths.ts";

/** A score without its ledger, for what-if over many accounts. Every field is that of `AccountScore`. */
export interface ScoreTotals
  extends Pick<
    AccountScore,
    "state" | "score" | "attainable" | "max" | "coverage" | "provisional" | "rescaled" | "band"
  > {
  readonly axes: readonly AxisScore[];
  /** Their reasons name no line. */
  readonly gates: readonly GateResult[];
}

/** The totals of `scoreAccount` for the same snapshot, model and moment, several times as fast. Pure. */
export function scoreTotals(snapshot: OrderedSnapshot, compiled: CompiledModel, now: number): ScoreTotals {
  const early = judgeEarlyGates(compiled, snapshot.properties);
  if (findExclusion(early) !== null)
    return excludedTotals(
      compiled,
      early.flatMap((gate) => gate ?? []),
    );
  const facts = gatherFacts(snapshot, compiled.needs, early, now);
  const points: (number | null)[] = [];
  for (const judge of compiled.judges) points.push(judge.points(facts));
  const sums = sumPoints(compiled, points);
  const gates = judgeLateGates(compiled, early, {
    properties: snapshot.properties,
    points,
    axes: sums.axes,
    lines: [],
  });
  const { score, attainable, max, coverage, provisional, rescaled, band } = totalsOf(compiled, sums, gates);
  const axes = axisScores(compiled, sums);
  return { state: "scored", score, attainable, max, coverage, provisional, rescaled, band, axes, gates };
}

function excludedTotals(compiled: CompiledModel, gates: readonly GateResult[]): ScoreTotals {
  return {
    state: "excluded",
    score: null,
    attainable: 0,
    max: fromThousandths(compiled.max),
    coverage: 0,
    provisional: false,
    rescaled: null,
    band: null,
    axes: [],
    gates,
  };
}
