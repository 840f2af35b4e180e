import type { AccountScore, AxisScore, Band, GateResult, LedgerLine } from "@touchstone/shared/account-score.ts";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { ModelBand, ScoringModel } from "@touchstone/shared/model-shape.ts";
import type { CompiledModel } from "./compile-model.ts";
import { findRisks } from "./find-risks.ts";
import { gatherFacts } from "./gather-facts.ts";
import { fromThousandths, roundToTenth, toThousandths } from "./thousandths.ts";

/**
 * Scores one account at the moment `now` (ms since 1970-01-01 UTC). Pure: the same snapshot, model and moment give the
 * same score, byte for byte, in whatever order and however often the snapshot lists its people and signals. What is
 * dated after `now` is not seen, so that a past moment can be scored again.
 */
export function scoreAccount(snapshot: AccountSnapshot, compiled: CompiledModel, now: number): AccountScore {
  const { properties } = snapshot;
  const early = judgeGates(compiled, true, { properties, lines: new Map(), axes: new Map() });
  const exclusion = [...early.values()].find((gate) => gate.purpose === "exclusion" && gate.state === "failed");
  const frame = {
    portalId: snapshot.portalId,
    accountId: snapshot.accountId,
    model: compiled.reference,
    scoredAt: now,
  };
  if (exclusion !== undefined) return { ...frame, ...excluded(compiled, early, exclusion) };
  const facts = gatherFacts(snapshot, compiled.needs, early, now);
  const lines = compiled.judges.map((judge) => judge(facts));
  const axes = sumAxes(compiled.model, lines);
  const late = judgeGates(compiled, false, {
    properties,
    lines: new Map(lines.map((line) => [line.criterion, line])),
    axes: new Map(axes.map((axis) => [axis.key, axis])),
  });
  const gates = compiled.gates.flatMap(({ gate }) => early.get(gate.key) ?? late.get(gate.key) ?? []);
  return {
    ...frame,
    state: "scored",
    exclusion: null,
    ...totals(compiled, lines, gates),
    axes,
    gates,
    risks: findRisks(facts.people, compiled.model),
    lines,
    nextChangeAt: firstChange(lines),
  };
}

function judgeGates(
  compiled: CompiledModel,
  early: boolean,
  view: Parameters<CompiledModel["gates"][number]["judge"]>[0],
): Map<string, GateResult> {
  const results = new Map<string, GateResult>();
  for (const gate of compiled.gates) {
    if (gate.early === early) results.set(gate.gate.key, gate.judge(view));
  }
  return results;
}

/** Never scored, never tiered (row 7). Exclusions rest on properties, so time alone does not end one. */
function excluded(compiled: CompiledModel, gates: ReadonlyMap<string, GateResult>, exclusion: GateResult) {
  return {
    state: "excluded" as const,
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
    gates: [...gates.values()],
    risks: [],
    lines: [],
    nextChangeAt: null,
  };
}

function totals(compiled: CompiledModel, lines: readonly LedgerLine[], gates: readonly GateResult[]) {
  const earned = lines.reduce((sum, line) => sum + toThousandths(line.points), 0);
  const attainable = sumAttainable(lines);
  const rounded = roundToTenth(earned);
  const coverage = attainable / compiled.max;
  const rules = compiled.model.coverage;
  const rescales = rules.rescale && attainable > 0 && coverage >= rules.rescaleFrom;
  return {
    score: fromThousandths(rounded),
    rounding: fromThousandths(rounded - earned),
    attainable: fromThousandths(attainable),
    max: fromThousandths(compiled.max),
    coverage,
    provisional: coverage < rules.provisionalBelow,
    rescaled: rescales ? fromThousandths(roundToTenth((compiled.max * earned) / attainable)) : null,
    band: findBand(compiled.model.bands, rounded, gates),
  };
}

const sumAttainable = (lines: readonly LedgerLine[]): number =>
  lines.reduce((sum, line) => (line.state === "unknown" ? sum : sum + toThousandths(line.max)), 0);

function sumAxes(model: ScoringModel, lines: readonly LedgerLine[]): AxisScore[] {
  return model.axes.map(({ key, label, max }) => {
    const own = lines.filter((line) => line.axis === key);
    const score = own.reduce((sum, line) => sum + toThousandths(line.points), 0);
    return { key, label, score: fromThousandths(score), attainable: fromThousandths(sumAttainable(own)), max };
  });
}

/** By the rounded score, which is the one shown (T06, T13); bands are half-open and go upwards. */
function findBand(bands: readonly ModelBand[], rounded: number, gates: readonly GateResult[]): Band | null {
  const open = (band: ModelBand) =>
    band.gate === undefined || gates.some((gate) => gate.key === band.gate && gate.state === "passed");
  const band = bands.findLast((one) => rounded >= toThousandths(one.from) && open(one));
  return band === undefined ? null : { key: band.key, label: band.label, phrase: band.phrase };
}

function firstChange(lines: readonly LedgerLine[]): number | null {
  return lines.reduce<number | null>((first, { changesAt }) => {
    if (first === null || changesAt === null) return first ?? changesAt;
    return Math.min(first, changesAt);
  }, null);
}
