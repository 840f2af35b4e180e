import { proportionText } from "@touchstone/shared/proportion-text.ts";
import type { RetentionView } from "@touchstone/shared/target-list-api.ts";
import { toProportion } from "@touchstone/shared/wilson-interval.ts";

/** Rows 11 and 12: what sales keeps of what it reviewed (T21). */
export function judgeRetention(kept: number, reviewed: number): RetentionView {
  const proportion = toProportion(kept, reviewed);
  if (proportion.rate === null) {
    return { kept: proportion, state: "not reviewed", text: "Sales has not looked at the list yet." };
  }
  const said = `Sales keeps ${proportionText(proportion, 1)}`;
  if (kept === 0)
    return {
      kept: proportion,
      state: "launch blocked",
      text: `${said}: the ideal customer profile is wrong, nothing can be launched.`,
    };
  return proportion.rate < 0.5
    ? { kept: proportion, state: "ICP suspect", text: `${said}, under half: look at the ideal customer profile again.` }
    : { kept: proportion, state: "ok", text: `${said}.` };
}
