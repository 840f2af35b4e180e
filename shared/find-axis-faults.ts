import { criterionMax } from "./criterion-max.ts";
import type { ModelFault } from "./model-fault.ts";
import type { ModelParts } from "./model-parts.ts";

const mostNamed = 20;

/** Criteria of no axis, and axes whose criteria do not add up to their most. */
export function findAxisFaults({ axes, criteria }: ModelParts): ModelFault[] {
  const keys = axes.keys.filter((key) => key !== null);
  // Once, and cut: a document may have as many wrong criteria as it likes, each with this sentence.
  const known = keys.slice(0, mostNamed).join(", ");
  const lost = criteria.parts.flatMap((criterion, index) =>
    criterion === null || keys.includes(criterion.axis)
      ? []
      : [
          {
            path: ["criteria", index, "axis"],
            message: `no axis ${criterion.axis}: use one of ${known}`,
          },
        ],
  );
  return [...lost, ...findUneven({ axes, criteria })];
}

/** Says nothing while a criterion cannot be read: it may be the one that is missing from the sum. */
function findUneven({ axes, criteria }: Pick<ModelParts, "axes" | "criteria">): ModelFault[] {
  if (criteria.parts.includes(null) || criteria.parts.length === 0) return [];
  return axes.parts.flatMap((axis, index) => {
    if (axis === null) return [];
    const sum = criteria.parts.reduce(
      (total, criterion) => (criterion?.axis === axis.key ? total + Math.round(criterionMax(criterion) * 1000) : total),
      0,
    );
    if (sum === Math.round(axis.max * 1000)) return [];
    const message = `the criteria of ${axis.label} give at most ${sum / 1000}, not ${axis.max}: set it to ${sum / 1000} or change what they give`;
    return [{ path: ["axes", index, "max"], message }];
  });
}
