import type { ChangeView } from "@touchstone/shared/card-api.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";

/** "20 Nov 2026, 11:30: priority 12.3 → 17.3, Tier 4 → Tier 3"; "… priority still 12.3" when only readiness moved. */
export function changeText({ at, from, to, tierFrom, tierTo }: ChangeView, format: ReaderFormat): string {
  const score = (value: number | null) => (value === null ? "no score" : format.score(value));
  const moves = [
    ...(from === to && tierFrom !== tierTo
      ? []
      : [`priority ${from === to ? "still" : `${score(from)} →`} ${score(to)}`]),
    ...(tierFrom === tierTo ? [] : [`${tierFrom ?? "no tier"} → ${tierTo ?? "no tier"}`]),
  ];
  return `${format.moment(at)}: ${moves.join(", ")}`;
}
