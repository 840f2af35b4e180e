import type { AccountScore } from "@touchstone/shared/account-score.ts";
import { explainScore } from "../scoring/explain-score.ts";

/** One sentence without names: why now, or that nothing has happened. Stands on the card and in the company's property. */
export function reasonOf(priority: AccountScore, readiness: AccountScore): string {
  if (priority.exclusion) return `${priority.exclusion.reason}.`;
  const recent = explainScore(priority, 20)
    .up.filter((line) => line.axis !== "fit" && line.at !== null)
    .slice(0, 2);
  if (recent.length > 0) return `${recent.map((line) => `${line.label}: ${line.reason}`).join("; ")}.`;
  if ((readiness.score ?? 0) > 0) return "Some engagement, none of it counts for the priority yet.";
  const fit = priority.axes.find((axis) => axis.key === "fit");
  return fit && fit.score > 0
    ? `Fit ${fit.score} of ${fit.max}, no engagement in sight yet.`
    : "No engagement in sight yet.";
}
