import { criterionMax } from "./criterion-max.ts";
import type { ModelFault } from "./model-fault.ts";
import type { ModelParts } from "./model-parts.ts";
import type { ModelCondition, ModelGate } from "./model-shape.ts";

/** Gates that cannot be decided when they are needed, and conditions that refer to nothing or can never hold. */
export function findGateFaults(model: ModelParts): ModelFault[] {
  const faults: ModelFault[] = [];
  model.gates.parts.forEach((gate, index) => {
    if (gate === null) return;
    if (gate.purpose === "exclusion" && !restsOnProperties(gate)) {
      const message = "an exclusion is decided before scoring: use only property-in and property-between";
      faults.push({ path: ["gates", index, "conditions"], message });
    }
    gate.conditions.forEach((condition, at) => {
      faults.push(...findConditionFaults(condition, model, ["gates", index, "conditions", at]));
    });
  });
  model.criteria.parts.forEach((criterion, index) => {
    if (criterion?.kind !== "gate-passed") return;
    const at = model.gates.keys.indexOf(criterion.gate);
    const gate = model.gates.parts[at];
    if (gate === null || (gate !== undefined && restsOnProperties(gate))) return;
    const message = `needs a gate of this model that rests on properties only; ${criterion.gate} is not one`;
    faults.push({ path: ["criteria", index, "gate"], message });
  });
  return faults;
}

function restsOnProperties(gate: ModelGate): boolean {
  return gate.conditions.every(({ kind }) => kind === "property-in" || kind === "property-between");
}

function findConditionFaults(condition: ModelCondition, model: ModelParts, path: (string | number)[]): ModelFault[] {
  switch (condition.kind) {
    case "property-in":
      return [];
    case "property-between":
      return (condition.from ?? -Infinity) < (condition.to ?? Infinity)
        ? []
        : [{ path, message: "from must be less than to" }];
    case "axis-at-least":
      return model.axes.keys.includes(condition.axis)
        ? []
        : [{ path: [...path, "axis"], message: `no axis ${condition.axis}: name an axis of this model` }];
    case "criterion-at-least": {
      const at = model.criteria.keys.indexOf(condition.criterion);
      if (at === -1) {
        const message = `no criterion ${condition.criterion}: name one of this model`;
        return [{ path: [...path, "criterion"], message }];
      }
      const criterion = model.criteria.parts[at];
      if (criterion === null || criterion === undefined) return [];
      const max = criterionMax(criterion);
      if (condition.points <= max) return [];
      const message = `can never be reached: ${criterion.key} gives at most ${max}`;
      return [{ path: [...path, "points"], message }];
    }
  }
}
