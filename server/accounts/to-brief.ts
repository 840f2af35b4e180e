import type { AccountView, ScoreView } from "@touchstone/shared/card-api.ts";
import type { AccountBrief } from "@touchstone/shared/record-cards-api.ts";
import { pointsText } from "@touchstone/shared/score-text.ts";

/** An account in a few words, beside a person or a deal of its own. */
export function toBrief(view: AccountView): AccountBrief {
  const { companyId, name, state, headline, reason, pending, priority } = view;
  return {
    companyId,
    name,
    state,
    headline,
    reason,
    priority: outOf(priority),
    readiness: outOf(view.readiness),
    tier: view.place?.tier?.label ?? view.tier?.label ?? null,
    provisional: state === "scored" && priority?.provisional === true,
    coveragePercent: state === "scored" ? (priority?.coveragePercent ?? null) : null,
    pending,
  };
}

/** "17.3 of 100" */
const outOf = (score: ScoreView | null): string | null =>
  score === null || score.score === null ? null : `${pointsText(score.score)} of ${pointsText(score.max)}`;
