import { type CheckAnswers, isChecked, isValid } from "@touchstone/shared/judge-answers.ts";
import { proportionText } from "@touchstone/shared/proportion-text.ts";
import type { SpotCheckView } from "@touchstone/shared/target-list-api.ts";
import { toProportion } from "@touchstone/shared/wilson-interval.ts";

/** Row 10. */
const line = 0.8;

/** The gate is on the rate itself; the interval says whether so small a sample settles it (T20). */
export function judgeCheck(
  accounts: readonly CheckAnswers[],
): Pick<SpotCheckView, "valid" | "verdict" | "straddles" | "text"> {
  const answered = accounts.filter(isChecked);
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
  const what =
    verdict === "proceed"
      ? "proceed with this list"
      : "stop: refine the ideal customer profile or where the list comes from before you go on";
  const doubt = straddles ? " The interval includes 80 %: a larger sample could say otherwise." : "";
  return { valid, verdict, straddles, text: `${proportionText(valid, 1)} are valid; ${what}.${doubt}` };
}
