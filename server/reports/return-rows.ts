import type { ReportCell, ReportRow } from "@touchstone/shared/reports-api.ts";
import type { RoiView } from "@touchstone/shared/roi-api.ts";
import type { TierTraits } from "@touchstone/shared/tier-traits.ts";
import { byTier, counted, noFigure } from "./report-cells.ts";
import { money } from "./write-money.ts";

/** What the programme brought, by tier, and what it cost, which nobody notes by tier (metric 17). */
export function returnRows(
  { revenue, deals, byTier: ofTiers, before, cost, roiPercent, attribution }: RoiView,
  tiers: readonly TierTraits[],
  currency: string | null,
): ReportRow[] {
  const sumCell = (sum: number, of: number): ReportCell => ({ value: money(sum, currency), note: counted(of, "deal") });
  const ofTier = (key: string) => ofTiers.find(({ tier }) => tier === key) ?? { revenue: 0, deals: 0 };
  const others = tiers.map(() => noFigure);
  return [
    {
      key: "revenue",
      label: "Revenue",
      definition: `${attribution} By the tier of the account on the day on which the deal was made; one that was in none then, or of a day that was not kept, is in the sum alone.`,
      cells: byTier(tiers, (key) =>
        key === null ? sumCell(revenue, deals) : sumCell(ofTier(key).revenue, ofTier(key).deals),
      ),
    },
    {
      key: "revenue-before",
      label: "Won, but made before",
      definition:
        "Deals won in the period at accounts of the target list that had been made before the account came onto it. In no other figure of the return.",
      cells: [sumCell(before.revenue, before.deals), ...others],
    },
    {
      key: "roi",
      label: "Return",
      definition: "(Revenue − cost) ÷ cost × 100, in the period. Costs are not noted by tier.",
      cells: [
        {
          value: roiPercent === null ? "n/a (no cost is known: add them below)" : `${roiPercent} %`,
          note: `revenue ${money(revenue, currency)} of ${counted(deals, "deal")}, cost ${money(cost, currency)}`,
        },
        ...others,
      ],
    },
  ];
}
