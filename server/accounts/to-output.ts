import type { AccountScore } from "@touchstone/shared/account-score.ts";
import type { OutputName } from "@touchstone/shared/output-properties.ts";
import { headlineText } from "@touchstone/shared/score-text.ts";

type Scored = Pick<AccountScore, "state" | "exclusion" | "score" | "axes" | "band" | "coverage" | "model">;

/**
 * What HubSpot should hold for an account; an empty text clears a property. Unchanged results are the same bytes. Bands are
 * written by their keys, which `outputPropertiesFor` makes options of.
 */
export function toOutput(priority: Scored, readiness: Scored, reason: string): Record<OutputName, string> {
  const axis = (key: string) => text(priority.axes.find((one) => one.key === key)?.score);
  const scored = priority.state === "scored";
  return {
    touchstone_score: text(priority.score),
    touchstone_tier: scored ? (priority.band?.key ?? "") : "excluded",
    touchstone_reason: `${headlineText(readiness, priority)}. ${reason}`.slice(0, 2_000),
    touchstone_fit: axis("fit"),
    touchstone_intent: axis("intent"),
    touchstone_engagement: axis("engagement"),
    touchstone_coverage: scored ? String(Math.round(priority.coverage * 100)) : "",
    touchstone_readiness: text(readiness.score),
    touchstone_readiness_band: readiness.band?.key ?? "",
    touchstone_model: [priority, readiness].map(({ model }) => `${model.key} v${model.version}`).join(", "),
  };
}

const text = (points: number | null | undefined) => (points === null || points === undefined ? "" : String(points));
