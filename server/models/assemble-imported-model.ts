import { criterionMax } from "@touchstone/shared/criterion-max.ts";
import { type ScoringModel, scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import { loadTemplate } from "../scoring/load-template.ts";
import type { HubspotScore } from "./hubspot-score-shape.ts";
import type { ImportOutcome } from "./import-outcome.ts";

/** A model of the criteria and gates that the rules became; who engages and what is provisional is as in the playbook. */
export function assembleImportedModel(
  score: HubspotScore,
  outcomes: readonly ImportOutcome[],
  thresholds: readonly { key: string; label: string; from: number }[],
): ScoringModel {
  const criteria = outcomes.flatMap(({ criterion }) => criterion ?? []);
  const axes = [
    { key: "fit", label: "Fit" },
    { key: "intent", label: "Intent" },
  ].flatMap((axis) => {
    const own = criteria.filter((criterion) => criterion.axis === axis.key);
    const max = own.reduce((sum, criterion) => sum + Math.round(criterionMax(criterion) * 1000), 0) / 1000;
    return own.length === 0 ? [] : [{ ...axis, max }];
  });
  const most = axes.reduce((sum, axis) => sum + axis.max, 0);
  const bands = thresholds.filter((band) => band.from <= most).map((band) => ({ ...band, phrase: band.label }));
  const { engagement, coverage } = loadTemplate("playbook-100") ?? {};
  return scoringModelSchema.parse({
    key: `hubspot-${score.id.toLowerCase().replace(/[^a-z0-9_-]/g, "-")}`.slice(0, 64),
    version: 1,
    name: score.name.trim().slice(0, 160) || `HubSpot score ${score.id}`,
    description: `Imported from HubSpot's score "${score.name.slice(0, 200)}".`,
    purpose: "priority",
    source: "imported from HubSpot's score, ours",
    axes,
    criteria,
    engagement,
    gates: outcomes.flatMap(({ gate }) =>
      gate === null
        ? []
        : [{ ...gate, purpose: "threshold", source: "imported from HubSpot's score, ours", match: "all" }],
    ),
    bands,
    coverage,
    actions: [],
  });
}
