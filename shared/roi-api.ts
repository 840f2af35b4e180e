/** What a programme costs (row 135). */
export const costKinds = ["technology", "content", "campaign", "people", "training"] as const;
export type CostKind = (typeof costKinds)[number];

export interface CostView {
  readonly costId: string;
  readonly kind: CostKind;
  readonly what: string;
  readonly amount: number;
  /** The day on which it counts, ms since 1970. */
  readonly at: number;
}

/** ABM return (metric 17): (revenue − cost) ÷ cost × 100. Both sides are shown, so that the figure can be redone. */
export interface RoiView {
  readonly from: number;
  readonly to: number;
  readonly currency: string | null;
  readonly revenue: number;
  readonly deals: number;
  /** Of the revenue, by the tier of the account on the day on which the deal was made; null: in none, or not known. */
  readonly byTier: readonly { readonly tier: string | null; readonly revenue: number; readonly deals: number }[];
  /** Won at accounts of the list as well, but made before the account came onto it: not counted. */
  readonly before: { readonly revenue: number; readonly deals: number };
  readonly cost: number;
  /** Per cent, one decimal; null without costs: "n/a". */
  readonly roiPercent: number | null;
  /** The rule by which revenue is attributed, to be printed under the figure. */
  readonly attribution: string;
  readonly costs: readonly CostView[];
}

/** The table of costs with what a form for one more needs; all texts are ready to show. */
export interface CostsView {
  readonly title: string;
  readonly text: string;
  /** The last is "Amount in EUR": the currency of the portal, in which deals are counted too. */
  readonly columns: readonly string[];
  /** The newest first, at most 100 of the last 12 months. */
  readonly costs: readonly (CostView & { readonly cells: readonly string[] })[];
  readonly kinds: readonly { readonly value: string; readonly label: string }[];
  /** The newest first; the value is the `at` of a cost. */
  readonly months: readonly { readonly value: number; readonly label: string }[];
  /** The reader may enter costs and take them back. */
  readonly mayChange: boolean;
}
