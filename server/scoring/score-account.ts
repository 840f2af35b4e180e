import type { AccountScore, GateResult, LedgerLine } from "@touchstone/shared/account-score.ts";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { CompiledModel } from "./compile-model.ts";
import { findRisks } from "./find-risks.ts";
import { gatherFacts } from "./gather-facts.ts";
import type { GateResults } from "./judge-gate.ts";
import { findExclusion, judgeEarlyGates, judgeLateGates } from "./judge-gates.ts";
import { type OrderedSnapshot, orderSnapshot } from "./order-snapshot.ts";
import { axisScores, sumPoints, totalsOf } from "./sum-points.ts";
import { fromThousandths, toThousandths } from "./thousandths.ts";

/**
 * Scores one account at the moment `now` (ms since 1970-01-01 UTC). Pure: the same snapshot, model and moment give the
 * same score, byte for byte, in whatever order and however often the snapshot lists its people and signals. What is
 * dated after `now` is not seen, so that a past moment can be scored again. Lines may be shared between scores: read only.
 */
export function scoreAccount(snapshot: AccountSnapshot, compiled: CompiledModel, now: number): AccountScore {
  return scoreOrdered(orderSnapshot(snapshot), compiled, now);
}

/** The same, for a snapshot that is scored more than once. */
export function scoreOrdered(snapshot: OrderedSnapshot, compiled: CompiledModel, now: number): AccountScore {
  const early = judgeEarlyGates(compiled, snapshot.properties);
  const exclusion = findExclusion(early);
  if (exclusion !== null) return excluded(snapshot, compiled, now, early, exclusion);
  const facts = gatherFacts(snapshot, compiled.needs, early, now);
  const lines: LedgerLine[] = [];
  const points: (number | null)[] = [];
  for (const judge of compiled.judges) {
    const line = judge.line(facts);
    lines.push(line);
    points.push(line.state === "unknown" ? null : toThousandths(line.points));
  }
  const sums = sumPoints(compiled, points);
  const view = { properties: snapshot.properties, points, axes: sums.axes, lines };
  const gates = judgeLateGates(compiled, early, view);
  const totals = totalsOf(compiled, sums, gates);
  return {
    portalId: snapshot.portalId,
    accountId: snapshot.accountId,
    model: compiled.reference,
    scoredAt: now,
    state: "scored",
    exclusion: null,
    score: totals.score,
    rounding: totals.rounding,
    attainable: totals.attainable,
    max: totals.max,
    coverage: totals.coverage,
    provisional: totals.provisional,
    rescaled: totals.rescaled,
    band: totals.band,
    axes: axisScores(compiled, sums),
    gates,
    risks: findRisks(facts.people, compiled.model),
    lines,
    nextChangeAt: firstChange(lines),
  };
}

/** Exclusions rest on properties, so time alone does not end one. */
function excluded(
  snapshot: AccountSnapshot,
  compiled: CompiledModel,
  now: number,
  gates: GateResults,
  exclusion: GateResult,
): AccountScore {
  return {
    portalId: snapshot.portalId,
    accountId: snapshot.accountId,
    model: compiled.reference,
    scoredAt: now,
    state: "excluded",
    exclusion,
    score: null,
    rounding: 0,
    attainable: 0,
    max: fromThousandths(compiled.max),
    coverage: 0,
    provisional: false,
    rescaled: null,
    band: null,
    axes: [],
    gates: gates.flatMap((gate) => gate ?? []),
    risks: [],
    lines: [],
    nextChangeAt: null,
  };
}

function firstChange(lines: readonly LedgerLine[]): number | null {
  let first: number | null = null;
  for (const { changesAt } of lines) {
    if (changesAt !== null && (first === null || changesAt < first)) first = changesAt;
  }
  return first;
}
