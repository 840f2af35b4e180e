import type { ScoringModel } from "@touchstone/shared/scoring-model.ts";
import { loadTemplate } from "../../server/scoring/load-template.ts";

/**
 * A priority model whose score is the company's number of employees, as far as it is one of `scores`: a test says what an account
 * scores by saying how large it is.
 */
export function modelOfSize(scores: readonly number[]): ScoringModel {
  const playbook = loadTemplate("playbook-100");
  if (!playbook) throw new Error("the template playbook-100 is missing");
  const [lowest, ...bands] = playbook.bands;
  if (!lowest) throw new Error("the template has no band");
  const most = Math.max(...scores);
  return {
    ...playbook,
    key: "by-size",
    name: "By size",
    axes: [{ key: "fit", label: "Fit", max: most }],
    criteria: [
      {
        key: "size",
        axis: "fit",
        label: "Size",
        source: "ours",
        kind: "property-ranges",
        property: "numberofemployees",
        rungs: [...new Set(scores)]
          .sort((a, b) => b - a)
          .map((score, index) => ({
            key: `rung_${index}`,
            label: `${score}`,
            points: score,
            ranges: [{ from: score, to: score + 0.05 }],
          })),
        otherwise: { label: "another size", points: 0 },
      },
    ],
    gates: playbook.gates.filter((gate) => gate.purpose === "exclusion"),
    bands: [lowest, ...bands.filter((band) => band.from <= most)],
    actions: [],
  };
}
