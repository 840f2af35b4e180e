import type { CheckAnswer, SpotCheckView } from "@touchstone/shared/target-list-api.ts";
import { toProportion } from "@touchstone/shared/wilson-interval.ts";

export interface CheckedAccount {
  readonly dataMatches: CheckAnswer | null;
  readonly hasProblem: CheckAnswer | null;
  readonly isBuying: CheckAnswer | null;
}

/** Row 10. */
const line = 0.8;

/**
 * An account is valid when its data matches and none of the three questions is answered no; that a question may stay
 * unknown is ours. The gate is on the rate itself; the interval says whether so small a sample settles it (T20).
 */
export function judgeCheck(
  accounts: readonly CheckedAccount[],
): Pick<SpotCheckView, "valid" | "verdict" | "straddles" | "text"> {
  const answered = accounts.filter(isAnswered);
  const valid = toProportion(answered.filter(isValid).length, answered.length);
  const open = accounts.length - answered.length;
  const straddles = valid.interval !== null && valid.interval.low < line && valid.interval.high >= line;
  if (open > 0 || valid.rate === null) {
    return {
      valid,
      verdict: "open",
      straddles,
      text: `${answered.length} of ${accounts.length} accounts are checked.`,
    };
  }
  const verdict = valid.rate >= line ? "proceed" : "stop";
  const percent = `${(valid.rate * 100).toFixed(1)} % (${valid.numerator} of ${valid.denominator}) are valid`;
  const what =
    verdict === "proceed" ? "proceed with this list" : "stop: refine the ICP or the sourcing before you go on";
  const doubt = straddles ? " The interval includes 80 %: a larger sample could say otherwise." : "";
  return { valid, verdict, straddles, text: `${percent}; ${what}.${doubt}` };
}

const isAnswered = (one: CheckedAccount): boolean =>
  one.dataMatches !== null && one.hasProblem !== null && one.isBuying !== null;

const isValid = (one: CheckedAccount): boolean =>
  one.dataMatches === "yes" && one.hasProblem !== "no" && one.isBuying !== "no";
