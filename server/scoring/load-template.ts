import { type ScoringModel, scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import playbook100 from "./templates/playbook-100.json" with { type: "json" };
import readiness10 from "./templates/readiness-10.json" with { type: "json" };
import readiness10FitPoint from "./templates/readiness-10-fit-point.json" with { type: "json" };

const templates: Readonly<Record<string, unknown>> = {
  "playbook-100": playbook100,
  "readiness-10": readiness10,
  "readiness-10-fit-point": readiness10FitPoint,
};

export const templateKeys: readonly string[] = Object.keys(templates);

/** A model that ships with Touchstone; null when there is none of this key. Throws a ZodError when its file is faulty. */
export function loadTemplate(key: string): ScoringModel | null {
  return Object.hasOwn(templates, key) ? scoringModelSchema.parse(templates[key]) : null;
}
