import type { AccountScore } from "@touchstone/shared/account-score.ts";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import { type ScoringModel, scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import { compileModel } from "../../../server/scoring/compile-model.ts";
import { loadTemplate } from "../../../server/scoring/load-template.ts";
import { scoreAccount } from "../../../server/scoring/score-account.ts";
import { now } from "./build-snapshot.ts";

export function template(key: string): ScoringModel {
  const model = loadTemplate(key);
  if (model === null) throw new Error(`no template ${key}`);
  return model;
}

export function scoreWith(model: ScoringModel | string, snapshot: AccountSnapshot, at = now): AccountScore {
  return scoreAccount(snapshot, compileModel(typeof model === "string" ? template(model) : model), at);
}

/** A readiness model with one criterion, of which a test says what matters. */
export function modelOf(criterion: object, max: number, base = "readiness-10"): ScoringModel {
  return scoringModelSchema.parse({
    ...template(base),
    axes: [{ key: "engagement", label: "Engagement", max }],
    criteria: [{ key: "only", axis: "engagement", label: "Only", source: "ours", ...criterion }],
    bands: template(base).bands.filter((band) => band.from <= max),
    actions: template(base).actions.filter((action) => action.from <= max),
    gates: template(base).gates.filter((gate) => gate.conditions.every((one) => one.kind.startsWith("property"))),
  });
}

export function lineOf(score: AccountScore, criterion: string) {
  const line = score.lines.find((one) => one.criterion === criterion);
  if (line === undefined) throw new Error(`no line ${criterion}`);
  return line;
}

/** Counted in thousandths, as the contract of `AccountScore` says. */
export function addLines(score: AccountScore): number {
  const sum = score.lines.reduce((total, line) => total + Math.round(line.points * 1000), 0);
  return (sum + Math.round(score.rounding * 1000)) / 1000;
}
