import type { ScoringModel } from "@touchstone/shared/model-shape.ts";

/** What a draft may look at before it is published: nearly every model counts a year at most. */
const leastDays = 366;

/** How far back the signals of a snapshot reach, in days: as far as the longest window of the models, and a year at least. */
export function lookBackDays(models: readonly ScoringModel[]): number {
  const criteria = models.flatMap((model) => model.criteria);
  return Math.max(leastDays, ...criteria.map((criterion) => ("windowDays" in criterion ? criterion.windowDays : 0)));
}
