import type { AccountScore, LedgerLine } from "@touchstone/shared/account-score.ts";
import { explainScore } from "../scoring/explain-score.ts";

/** Of the lines that earned most. */
const mostLooked = 20;

/** One sentence without names: why now, or that nothing has happened. Stands on the card and in the company's property. */
export const reasonOf = (priority: AccountScore, readiness: AccountScore): string =>
  findReason(priority, readiness, explainScore(priority, mostLooked).up);

/** The same from lines that earned points, most first, which are taken only until two of them tell why. */
export function findReason(
  priority: Pick<AccountScore, "exclusion" | "axes">,
  readiness: Pick<AccountScore, "score">,
  earned: Iterable<LedgerLine>,
): string {
  if (priority.exclusion) return `${priority.exclusion.reason}.`;
  const recent = Iterator.from(earned)
    .take(mostLooked)
    .filter((line) => line.axis !== "fit" && line.at !== null)
    .take(2)
    .map((line) => `${line.label}: ${line.reason}`)
    .toArray();
  if (recent.length > 0) return `${recent.join("; ")}.`;
  if ((readiness.score ?? 0) > 0) return "Some engagement, none of it counts for the priority yet.";
  const fit = priority.axes.find((axis) => axis.key === "fit");
  return fit && fit.score > 0
    ? `Fit ${fit.score} of ${fit.max}, no engagement in sight yet.`
    : "No engagement in sight yet.";
}
