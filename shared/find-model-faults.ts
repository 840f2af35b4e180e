import { criterionMax } from "./criterion-max.ts";
import { findCriterionFaults, type ModelFault } from "./find-criterion-faults.ts";
import type { ModelGate, ScoringModel } from "./model-shape.ts";

/** What is wrong with a model although each of its fields is well formed, with the remedy in each message. */
export function findModelFaults(model: ScoringModel): ModelFault[] {
  return [
    ...findDoubles("axes", model.axes),
    ...findDoubles("criteria", model.criteria),
    ...findDoubles("gates", model.gates),
    ...findDoubles("bands", model.bands),
    ...findDoubles("actions", model.actions),
    ...findAxisFaults(model),
    ...model.criteria.flatMap((criterion, index) => findCriterionFaults(criterion, ["criteria", index])),
    ...findGateFaults(model),
    ...findBandFaults(model),
  ];
}

function findDoubles(field: string, items: readonly { key: string }[]): ModelFault[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const fault = { path: [field, index, "key"], message: `${item.key} is used twice: give it another key` };
    const double = seen.has(item.key);
    seen.add(item.key);
    return double ? [fault] : [];
  });
}

function findAxisFaults(model: ScoringModel): ModelFault[] {
  const axes = new Set(model.axes.map((axis) => axis.key));
  const lost = model.criteria.flatMap((criterion, index) =>
    axes.has(criterion.axis)
      ? []
      : [
          {
            path: ["criteria", index, "axis"],
            message: `no axis ${criterion.axis}: use one of ${[...axes].join(", ")}`,
          },
        ],
  );
  const uneven = model.axes.flatMap((axis, index) => {
    const sum = model.criteria
      .filter((criterion) => criterion.axis === axis.key)
      .reduce((total, criterion) => total + Math.round(criterionMax(criterion) * 1000), 0);
    if (sum === Math.round(axis.max * 1000)) return [];
    const message = `the criteria of ${axis.key} give at most ${sum / 1000}, not ${axis.max}: set max to ${sum / 1000} or change a ladder`;
    return [{ path: ["axes", index, "max"], message }];
  });
  return [...lost, ...uneven];
}

function findGateFaults(model: ScoringModel): ModelFault[] {
  const criteria = new Map(model.criteria.map((criterion) => [criterion.key, criterion]));
  const axes = new Set(model.axes.map((axis) => axis.key));
  const gates = new Map(model.gates.map((gate) => [gate.key, gate]));
  const faults: ModelFault[] = [];
  model.gates.forEach((gate, index) => {
    if (gate.purpose === "exclusion" && !restsOnProperties(gate)) {
      const message = "an exclusion is decided before scoring: use only property-in and property-between";
      faults.push({ path: ["gates", index, "conditions"], message });
    }
    gate.conditions.forEach((condition, at) => {
      const path = ["gates", index, "conditions", at];
      faults.push(...findConditionFaults(condition, criteria, axes, path));
    });
  });
  model.criteria.forEach((criterion, index) => {
    if (criterion.kind !== "gate-passed") return;
    const gate = gates.get(criterion.gate);
    if (gate !== undefined && restsOnProperties(gate)) return;
    const message = `needs a gate of this model that rests on properties only; ${criterion.gate} is not one`;
    faults.push({ path: ["criteria", index, "gate"], message });
  });
  for (const [field, items] of [["bands", model.bands] as const, ["actions", model.actions] as const]) {
    items.forEach((item, index) => {
      if (item.gate === undefined || gates.has(item.gate)) return;
      faults.push({ path: [field, index, "gate"], message: `no gate ${item.gate}: name a gate of this model` });
    });
  }
  return faults;
}

function restsOnProperties(gate: ModelGate): boolean {
  return gate.conditions.every(({ kind }) => kind === "property-in" || kind === "property-between");
}

function findConditionFaults(
  condition: ModelGate["conditions"][number],
  criteria: ReadonlyMap<string, ScoringModel["criteria"][number]>,
  axes: ReadonlySet<string>,
  path: (string | number)[],
): ModelFault[] {
  if (condition.kind === "axis-at-least" && !axes.has(condition.axis)) {
    return [{ path: [...path, "axis"], message: `no axis ${condition.axis}: name an axis of this model` }];
  }
  if (condition.kind === "property-between" && (condition.from ?? -Infinity) >= (condition.to ?? Infinity)) {
    return [{ path, message: "from must be less than to" }];
  }
  if (condition.kind !== "criterion-at-least") return [];
  const criterion = criteria.get(condition.criterion);
  if (criterion === undefined) {
    return [{ path: [...path, "criterion"], message: `no criterion ${condition.criterion}: name one of this model` }];
  }
  const max = criterionMax(criterion);
  return condition.points <= max
    ? []
    : [{ path: [...path, "points"], message: `can never be reached: ${criterion.key} gives at most ${max}` }];
}

function findBandFaults(model: ScoringModel): ModelFault[] {
  const max = model.axes.reduce((total, axis) => total + axis.max, 0);
  return model.bands.flatMap((band, index) => {
    const path = ["bands", index, "from"];
    const before = model.bands[index - 1];
    if (before === undefined && (band.from !== 0 || band.gate !== undefined)) {
      return [{ path, message: "the first band must start at 0 and need no gate, so that every score has a band" }];
    }
    if (before !== undefined && band.from <= before.from) {
      return [{ path, message: `must be more than ${before.from}: bands go from the lowest to the highest` }];
    }
    return band.from > max ? [{ path, message: `can never be reached: the model gives at most ${max}` }] : [];
  });
}
