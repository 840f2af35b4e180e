import type { CheckAnswer } from "./target-list-api.ts";

/** What was answered about one account of a spot check; null: nothing yet. */
export interface CheckAnswers {
  readonly dataMatches: CheckAnswer | null;
  readonly hasProblem: CheckAnswer | null;
  readonly isBuying: CheckAnswer | null;
}

/** All three questions have an answer. */
export const isChecked = (one: CheckAnswers): boolean =>
  one.dataMatches !== null && one.hasProblem !== null && one.isBuying !== null;

/** An account is valid when its data matches and none of the other questions is answered no; that they may stay unknown is ours (row 10). */
export const isValid = (one: CheckAnswers): boolean =>
  one.dataMatches === "yes" && one.hasProblem !== "no" && one.isBuying !== "no";
