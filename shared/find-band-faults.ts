import type { ModelFault } from "./model-fault.ts";
import type { ModelParts } from "./model-parts.ts";

/** Bands that are out of order, and bands and actions that no score reaches or that ask for a gate which is not there. */
export function findBandFaults(model: ModelParts): ModelFault[] {
  const { bands, actions, axes, gates } = model;
  const max = axes.parts.includes(null) ? Infinity : axes.parts.reduce((total, axis) => total + (axis?.max ?? 0), 0);
  const faults: ModelFault[] = [];
  bands.parts.forEach((band, index) => {
    if (band === null) return;
    const path = ["bands", index, "from"];
    const before = bands.parts[index - 1];
    if (index === 0 && (band.from !== 0 || band.gate !== undefined)) {
      const message = "the first band must start at 0 and need no gate, so that every score has a band";
      faults.push({ path, message });
    } else if (before !== null && before !== undefined && band.from <= before.from) {
      faults.push({ path, message: `must be more than ${before.from}: bands go from the lowest to the highest` });
    }
  });
  for (const [field, { parts }] of [["bands", bands] as const, ["actions", actions] as const]) {
    parts.forEach((part, index) => {
      if (part === null) return;
      if (part.from > max) {
        const message = `can never be reached: the model gives at most ${max}`;
        faults.push({ path: [field, index, "from"], message });
      }
      if (part.gate !== undefined && !gates.keys.includes(part.gate)) {
        faults.push({ path: [field, index, "gate"], message: `no gate ${part.gate}: name a gate of this model` });
      }
    });
  }
  return faults;
}
