import type { ModelAction } from "@touchstone/shared/model-shape.ts";
import { dayMs } from "./day.ts";

/** What is kept of an action between two scores of an account. */
export interface ActionHistory {
  readonly due: boolean;
  /** When the action was last set off; null: never. */
  readonly setOffAt: number | null;
}

/** True at the crossing only, and once in the re-arm time however often an account crosses (T05). */
export function setsOffAction(
  due: boolean,
  history: ActionHistory,
  action: Pick<ModelAction, "rearmDays">,
  now: number,
): boolean {
  if (!due || history.due) return false;
  return history.setOffAt === null || now - history.setOffAt >= action.rearmDays * dayMs;
}
