import type { AccountScore } from "@touchstone/shared/account-score.ts";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { ActionView } from "@touchstone/shared/card-api.ts";
import type { ModelAction, ScoringModel } from "@touchstone/shared/model-shape.ts";

/**
 * Which of a model's actions are due for an account: for `readiness-10` call at 4, hand off at 6 with ICP, opportunity
 * expected at 7 with ICP and no open deal. A gate that is not known does not pass. Nothing is due when excluded.
 */
export function decideActions(
  score: AccountScore,
  model: Pick<ScoringModel, "actions">,
  openDeal: boolean,
): ActionView[] {
  return model.actions.map((action) => {
    const obstacle = findObstacle(action, score, openDeal);
    const { key, label } = action;
    return { key, label, due: obstacle === null, reason: obstacle ?? `${score.score} points, from ${action.from} on` };
  });
}

export const hasOpenDeal = (snapshot: Pick<AccountSnapshot, "deals">): boolean =>
  snapshot.deals.some((deal) => deal.state === "open");

function findObstacle(action: ModelAction, score: AccountScore, openDeal: boolean): string | null {
  if (score.score === null) return "the account is excluded";
  if (score.score < action.from) return `${score.score} points, needs ${action.from}`;
  if (action.gate !== undefined) {
    const gate = score.gates.find((one) => one.key === action.gate);
    if (gate?.state !== "passed") return `${gate?.label ?? action.gate}: ${gate?.reason ?? "not known"}`;
  }
  return action.noOpenDeal && openDeal ? "a deal is open" : null;
}
