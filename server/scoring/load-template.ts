import { type ScoringModel, scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import allThreeGate from "./templates/all-three-gate.json" with { type: "json" };
import checklist8 from "./templates/checklist-8.json" with { type: "json" };
import health403030 from "./templates/health-40-30-30.json" with { type: "json" };
import playbook100 from "./templates/playbook-100.json" with { type: "json" };
import readiness10 from "./templates/readiness-10.json" with { type: "json" };
import readiness10FitPoint from "./templates/readiness-10-fit-point.json" with { type: "json" };
import twoAxis100 from "./templates/two-axis-100.json" with { type: "json" };
import valueRank from "./templates/value-rank.json" with { type: "json" };

const templates: Readonly<Record<string, unknown>> = {
  "playbook-100": playbook100,
  "readiness-10": readiness10,
  "readiness-10-fit-point": readiness10FitPoint,
  "two-axis-100": twoAxis100,
  "health-40-30-30": health403030,
  "all-three-gate": allThreeGate,
  "value-rank": valueRank,
  "checklist-8": checklist8,
};

export const templateKeys: readonly string[] = Object.keys(templates);

/** A model that ships with Touchstone; null when there is none of this key. Throws a ZodError when its file is faulty. */
export function loadTemplate(key: string): ScoringModel | null {
  return Object.hasOwn(templates, key) ? scoringModelSchema.parse(templates[key]) : null;
}
