import type { ModelReference } from "@touchstone/shared/account-score.ts";
import { criterionMax } from "@touchstone/shared/criterion-max.ts";
import type { ScoringModel } from "@touchstone/shared/model-shape.ts";
import { compileCriterion } from "./criteria/compile-criterion.ts";
import type { CompileContext, CriterionJudge } from "./criterion-judge.ts";
import type { FactNeeds } from "./gather-facts.ts";
import { indexKinds } from "./index-kinds.ts";
import { type CompiledGate, compileGate } from "./judge-gate.ts";
import { toThousandths } from "./thousandths.ts";

/** A model made ready to score many accounts. Holds no account's data, so one copy serves all. */
export interface CompiledModel {
  readonly model: ScoringModel;
  readonly reference: ModelReference;
  readonly judges: readonly CriterionJudge[];
  /** By number of the criterion: the number of its axis, and the most it gives in thousandths. */
  readonly axisOf: readonly number[];
  readonly maxOf: readonly number[];
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
    axisOf: model.criteria.map((criterion) => model.axes.findIndex((axis) => axis.key === criterion.axis)),
    maxOf: model.criteria.map((criterion) => toThousandths(criterionMax(criterion))),
    gates: model.gates.map((gate) => compileGate(gate, model)),
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
  return {
    context: { model, bucketOf, engagedWithin },
    needs: () => {
      const engagementBucket = windows.length === 0 ? -1 : bucketOf(model.engagement.signals);
      return {
        bucketsOfKind: indexKinds(bucketsOfKind),
        bucketCount: buckets.size,
        engagementBucket,
        engagementWindows: windows,
        engagement: model.engagement,
      };
    },
  };
}
