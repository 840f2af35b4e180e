import type { GateResult } from "@touchstone/shared/account-score.ts";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { CompiledModel } from "./compile-model.ts";
import type { GateView } from "./gate-view.ts";
import type { GateResults } from "./judge-gate.ts";

/** Gates that rest on properties, which are judged before scoring; null for the others. */
export function judgeEarlyGates(compiled: CompiledModel, properties: AccountSnapshot["properties"]): GateResults {
  const view = { properties, points: [], axes: [], lines: [] };
  return compiled.gates.map((gate) => (gate.early ? gate.judge(view) : null));
}

/** The gates that were left, now that points are known. */
export function judgeLateGates(compiled: CompiledModel, early: GateResults, view: GateView): GateResult[] {
  return compiled.gates.map((gate, index) => early[index] ?? gate.judge(view));
}

/** Never scored, never tiered (row 7). */
export function findExclusion(gates: GateResults): GateResult | null {
  return gates.find((gate) => gate?.purpose === "exclusion" && gate.state === "failed") ?? null;
}
