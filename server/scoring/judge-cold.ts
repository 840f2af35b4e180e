import type { AccountScore } from "@touchstone/shared/account-score.ts";
import type { ColdRule } from "@touchstone/shared/cold-rule.ts";

type Scored = Pick<AccountScore, "axes" | "state">;

/**
 * Whether an account is engaged at present: at the rule's line or above (rows 52 and 84). Null: that cannot be told, because
 * the account is excluded or neither model has the axis.
 */
export function isWarm(
  { priority, readiness }: { readonly priority: Scored; readonly readiness: Scored },
  { axis, belowPercent }: Pick<ColdRule, "axis" | "belowPercent">,
): boolean | null {
  if (priority.state === "excluded") return null;
  const found = [...priority.axes, ...readiness.axes].find(({ key }) => key === axis);
  if (!found || found.max === 0) return null;
  return found.score * 100 >= belowPercent * found.max;
}
