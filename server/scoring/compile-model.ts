import type { ModelReference } from "@touchstone/shared/account-score.ts";
import { criterionMax } from "@touchstone/shared/criterion-max.ts";
import type { ScoringModel } from "@touchstone/shared/model-shape.ts";
import { companyPropertiesOf } from "./company-properties-of.ts";
import { compileCriterion } from "./criteria/compile-criterion.ts";
import type { CompileContext, CriterionJudge } from "./criterion-judge.ts";
import { compileBuckets } from "./fill-buckets.ts";
import { compileIgnoring } from "./find-ignored.ts";
import type { FactNeeds } from "./gather-facts.ts";
import { type CompiledGate, compileGate } from "./judge-gate.ts";
import { none } from "./score-record.ts";
import { toThousandths } from "./thousandths.ts";

/** A model made ready to score many accounts. Holds no account's data, so one copy serves all. */
export interface CompiledModel {
  readonly model: ScoringModel;
  readonly reference: ModelReference;
  readonly judges: readonly CriterionJudge[];
  /** By number of the criterion: the number of its axis, and the most it gives in thousandths. */
  readonly axisOf: readonly number[];
  readonly maxOf: readonly number[];
  /** By number of the axis: zero. */
  readonly noPoints: readonly number[];
  readonly gates: readonly CompiledGate[];
  readonly needs: FactNeeds;
  /** Names of the company properties that it reads. */
  readonly properties: readonly string[];
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
    noPoints: model.axes.map(() => 0),
    gates: model.gates.map((gate) => compileGate(gate, model)),
    needs: collector.needs(),
    properties: companyPropertiesOf(model),
    max: model.axes.reduce((total, axis) => total + toThousandths(axis.max), 0),
  };
}

/** Criteria that ask for the same kinds or the same window share one list, so that an account is read in one pass. */
function collectNeeds(model: ScoringModel): { context: CompileContext; needs(): FactNeeds } {
  const buckets: (readonly string[])[] = [];
  const windows: number[] = [];
  const bucketOf = (kinds: readonly string[]): number => {
    const unique = [...new Set(kinds)].sort();
    const known = buckets.findIndex((bucket) => bucket.join(" ") === unique.join(" "));
    return known === -1 ? buckets.push(unique) - 1 : known;
  };
  const engagedWithin = (windowMs: number): number => {
    if (!windows.includes(windowMs)) windows.push(windowMs);
    return windows.indexOf(windowMs);
  };
  return {
    context: { model, bucketOf, engagedWithin },
    needs: () => {
      const engagementBucket = windows.length === 0 ? none : bucketOf(model.engagement.signals);
      return {
        engagementBucket,
        engagementWindows: windows,
        fillBuckets: compileBuckets(buckets),
        findIgnored: compileIgnoring(model.engagement),
      };
    },
  };
}
