import { cutText } from "@touchstone/shared/cut-text.ts";
import type { ScoringModel } from "@touchstone/shared/scoring-model.ts";
import { describeModelChanges } from "../scoring/describe-model-changes.ts";

const most = 40;
const longest = 240;

/** What a draft changes, in sentences, few and short enough for an answer. */
export function listChanges(before: ScoringModel, after: ScoringModel): string[] {
  const changes = describeModelChanges(before, after);
  const shown = changes.slice(0, most).map((text) => cutText(text, longest));
  return changes.length > most ? [...shown, `… and ${changes.length - most} more changes.`] : shown;
}
