import type { PlaceView, StandingView } from "@touchstone/shared/card-api.ts";

type Named = { readonly label: string } | null;

/**
 * The tier as a person is told it: the account's place, which the score alone does not decide (caps, a person's choice, a move
 * down that waits for a yes; product.md §5). Until places are given, the band of the score.
 */
export function standingOf(band: Named, place: PlaceView | null): StandingView {
  if (place === null)
    return { label: band?.label ?? "None", note: band === null ? "No tier at this score" : "By score" };
  const label = place.tier?.label ?? "Waiting";
  const byScore = label === band?.label ? "" : `${band?.label ?? "No tier"} by score. `;
  return { label, note: `${byScore}${place.reason}` };
}
