import type { PortalModels } from "./load-models.ts";

const dayMs = 86_400_000;
/** What a draft may look at before it is published: nearly every model counts a year at most. */
const leastDays = 366;

/** How far back the signals of a snapshot reach, in ms: as far as the longest window of the models, and a year at least. */
export function lookBackOf(models: PortalModels): number {
  const criteria = [models.priority, models.readiness].flatMap(({ model }) => model.criteria);
  const windows = criteria.map((criterion) => ("windowDays" in criterion ? criterion.windowDays : 0));
  return Math.max(leastDays, ...windows) * dayMs;
}
