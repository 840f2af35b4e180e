import type { ChangeView } from "@touchstone/shared/card-api.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";

/** "20 Nov 2026, 11:30: priority 12.3 → 17.3, Tier 4 → Tier 3" */
export function changeText(change: ChangeView, format: ReaderFormat): string {
  const score = (value: number | null) => (value === null ? "no score" : format.score(value));
  const moved = `${format.moment(change.at)}: priority ${score(change.from)} → ${score(change.to)}`;
  if (change.tierFrom === change.tierTo) return moved;
  return `${moved}, ${change.tierFrom ?? "no tier"} → ${change.tierTo ?? "no tier"}`;
}
