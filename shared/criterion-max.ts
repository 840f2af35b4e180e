import type { Criterion } from "./criterion-shapes.ts";

/** The most points that a criterion can give, as its ladder says. */
export function criterionMax(criterion: Criterion): number {
  switch (criterion.kind) {
    case "property-map":
    case "property-ranges":
      return Math.max(criterion.otherwise.points, ...criterion.rungs.map((rung) => rung.points));
    case "judged":
    case "signal-rungs":
    case "committee-reach":
    case "known-people":
    case "feed":
      return Math.max(...criterion.rungs.map((rung) => rung.points));
    case "signal-count":
    case "engaged-people":
      return (Math.round(criterion.pointsEach * 1000) * criterion.cap) / 1000;
    case "highest-seniority":
      return Math.max(...Object.values(criterion.points));
    case "property-filled":
    case "gate-passed":
      return criterion.points;
  }
}
