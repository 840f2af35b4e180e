import type { ModelReference } from "@touchstone/shared/account-score.ts";
import type { ScoringModel } from "@touchstone/shared/model-shape.ts";
import { compileCriterion } from "./criteria/compile-criterion.ts";
import type { CompileContext, CriterionJudge } from "./criterion-judge.ts";
import type { FactNeeds } from "./gather-facts.ts";
import { type CompiledGate, compileGate } from "./judge-gate.ts";
import { toThousandths } from "./thousandths.ts";

/** A model made ready to score many accounts. Holds no account's data, so one copy serves all. */
export interface CompiledModel {
  readonly model: ScoringModel;
  readonly reference: ModelReference;
  readonly judges: readonly CriterionJudge[];
  readonly gates: readonly CompiledGate[];
  readonly needs: FactNeeds;
  /** In thousandths of a point. */
  readonly max: number;
}

/** Takes a model that `scoringModelSchema` accepted; compile once per version. */
export function compileModel(model: ScoringModel): CompiledModel {
  const collector = collectNeeds(model);
  const judges = model.criteria.map((criterion) => compileCriterion(criterion, collector.context));
  const { key, version, name, purpose } = model;
  return {
    model,
    reference: { key, version, name, purpose },
    judges,
    gates: model.gates.map(compileGate),
    needs: collector.needs(),
    max: model.axes.reduce((total, axis) => total + toThousandths(axis.max), 0),
  };
}

/** Criteria that ask for the same kinds or the same window share one list, so that an account is read in one pass. */
function collectNeeds(model: ScoringModel): { context: CompileContext; needs(): FactNeeds } {
  const buckets = new Map<string, number>();
  const bucketsOfKind = new Map<string, number[]>();
  const windows: number[] = [];
  const bucketOf = (kinds: readonly string[]): number => {
    const unique = [...new Set(kinds)].sort();
    const known = buckets.get(unique.join(" "));
    if (known !== undefined) return known;
    const bucket = buckets.size;
    buckets.set(unique.join(" "), bucket);
    for (const kind of unique) bucketsOfKind.set(kind, [...(bucketsOfKind.get(kind) ?? []), bucket]);
    return bucket;
  };
  const engagedWithin = (windowMs: number): number => {
    if (!windows.includes(windowMs)) windows.push(windowMs);
    return windows.indexOf(windowMs);
  };
  const engagementBucket = bucketOf(model.engagement.signals);
  return {
    context: { bucketOf, engagedWithin },
    needs: () => ({
      bucketsOfKind,
      bucketCount: buckets.size,
      engagementBucket,
      engagementWindows: windows,
      engagement: model.engagement,
    }),
  };
}
