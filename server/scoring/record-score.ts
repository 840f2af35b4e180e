import type { CompiledModel } from "./compile-model.ts";
import { findRisks } from "./find-risks.ts";
import { gatherFacts } from "./gather-facts.ts";
import type { CompiledGate } from "./judge-gate.ts";
import type { OrderedSnapshot } from "./order-snapshot.ts";
import { answers, type GateRecord, type LineRecord, type ScoreRecord } from "./score-record.ts";
import { coverageOf, findBand, rescale, sumPoints } from "./sum-points.ts";
import { roundToTenth } from "./thousandths.ts";

/**
 * Decides the score of one account at the moment `now` (ms since 1970-01-01 UTC), with all that its ledger says and without a
 * word. Pure: the same snapshot, model and moment give the same record. What is dated after `now` is not seen, so
 * that a past moment can be scored again. Lines may be shared between records: read only.
 */
export function recordScore(ordered: OrderedSnapshot, compiled: CompiledModel, now: number): ScoreRecord {
  const { properties } = ordered.snapshot;
  const early = judgeEarly(compiled.gates, properties);
  const exclusion = findExclusion(compiled.gates, early);
  if (exclusion !== null) return recordExcluded(compiled, now, early, exclusion);
  const facts = gatherFacts(ordered, compiled.needs, early, now);
  const lines = compiled.judges.map((judge) => judge.decide(facts));
  const sums = sumPoints(compiled, lines);
  const gates = compiled.gates.map(
    (gate, index) => early[index] ?? gate.decide({ properties, lines, axes: sums.axes }),
  );
  const score = roundToTenth(sums.earned);
  return {
    model: compiled.model.key,
    version: compiled.model.version,
    scoredAt: now,
    exclusion: null,
    score,
    earned: sums.earned,
    attainable: sums.attainable,
    provisional: coverageOf(compiled, sums.attainable) < compiled.model.coverage.provisionalBelow,
    rescaled: rescale(compiled, sums),
    band: findBand(compiled, score, gates),
    axes: sums.axes,
    axesAttainable: sums.axesAttainable,
    gates,
    risks: findRisks(ordered.people, compiled.model.engagement.ignoredRoles),
    lines,
    nextChangeAt: sums.nextChangeAt,
  };
}

const noLines: readonly LineRecord[] = [];
const noAxes: readonly number[] = [];

type Properties = OrderedSnapshot["snapshot"]["properties"];

/** Gates that rest on properties; null for the others. */
function judgeEarly(gates: readonly CompiledGate[], properties: Properties): (GateRecord | null)[] {
  const facts = { properties, lines: noLines, axes: noAxes };
  return gates.map((gate) => (gate.early ? gate.decide(facts) : null));
}

/** Never scored, never tiered (row 7). */
function findExclusion(gates: readonly CompiledGate[], early: readonly (GateRecord | null)[]): number | null {
  for (let index = 0; index < gates.length; index++) {
    if (gates[index]?.gate.purpose === "exclusion" && early[index]?.[0] === answers.no) return index;
  }
  return null;
}

/** Exclusions rest on properties, so time alone does not end one. */
function recordExcluded(
  { model }: CompiledModel,
  now: number,
  gates: readonly (GateRecord | null)[],
  exclusion: number,
): ScoreRecord {
  return {
    model: model.key,
    version: model.version,
    scoredAt: now,
    exclusion,
    score: null,
    earned: 0,
    attainable: 0,
    provisional: false,
    rescaled: null,
    band: null,
    axes: [],
    axesAttainable: [],
    gates,
    risks: [],
    lines: [],
    nextChangeAt: null,
  };
}
