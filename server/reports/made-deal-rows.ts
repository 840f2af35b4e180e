import { readCrmTime } from "@touchstone/shared/crm-time.ts";
import type { ReportCell, ReportRow } from "@touchstone/shared/reports-api.ts";
import type { TierTraits } from "@touchstone/shared/tier-traits.ts";
import { toProportion } from "@touchstone/shared/wilson-interval.ts";
import type { ProgrammeDeal, ProgrammeDeals } from "../db/programme-deals.ts";
import { medianOf } from "./median.ts";
import { byTier, counted, noFigure, proportionCell, unlikeScores } from "./report-cells.ts";
import { money } from "./write-money.ts";

type Deals = readonly ProgrammeDeal[];

const dayMs = 86_400_000;
/** "80 % from 20 %": the part of the accounts that is held against all of them (metric 20). */
const fewShare = 0.2;

/** Of deals that were made in the period at accounts that were in a tier on that day (metrics 7, 15 and 20). */
export function madeDealRows(
  { deals, accounts }: ProgrammeDeals,
  tiers: readonly TierTraits[],
  currency: string | null,
): ReportRow[] {
  const cells = (cellOf: (some: Deals) => ReportCell) =>
    byTier(tiers, (key) => cellOf(key === null ? deals : deals.filter(({ tier }) => tier === key)));
  return [
    {
      key: "pipeline",
      label: "Pipeline created",
      definition:
        "The amounts of deals that were made in the period at accounts that were in a tier on that day. That the programme brought them is not said.",
      cells: cells((some) => sumCell(some, currency)),
    },
    {
      key: "influenced",
      label: "Influenced",
      definition: `Of these deals, those with at least one engagement, by a person of the account or by the company as such, in the 90 days before the deal was made ÷ all of these deals; with their amounts. ${unlikeScores}`,
      cells: cells((some) => influencedCell(some, currency)),
    },
    {
      key: "first-touch",
      label: "From the first touch to a deal",
      definition:
        "Of these deals, the days from the account’s first touch to the deal: the one in the middle. Deals that nobody touched before are left out.",
      cells: cells(firstTouchCell),
    },
    {
      key: "concentration",
      label: "From a fifth of the accounts",
      definition:
        "The pipeline created by the fifth of the accounts with the most of it ÷ all of the pipeline created. Accounts: all that were in a tier in the period.",
      cells: [concentrationCell(deals, accounts, currency), ...tiers.map(() => noFigure)],
    },
  ];
}

const amountOf = (deals: Deals): number => deals.reduce((sum, { amount }) => sum + (amount ?? 0), 0);

function sumCell(deals: Deals, currency: string | null): ReportCell {
  const unknown = deals.filter(({ amount }) => amount === null).length;
  const many = counted(deals.length, "deal");
  return {
    value: money(amountOf(deals), currency),
    note: unknown > 0 ? `${many}, ${unknown} without an amount` : many,
  };
}

function influencedCell(deals: Deals, currency: string | null): ReportCell {
  const influenced = deals.filter((deal) => deal.influenced);
  const cell = proportionCell(toProportion(influenced.length, deals.length));
  if (deals.length === 0) return cell;
  return {
    ...cell,
    note: `${money(amountOf(influenced), currency)} of ${money(amountOf(deals), currency)}; ${cell.note}`,
  };
}

function firstTouchCell(deals: Deals): ReportCell {
  const days = deals.flatMap(({ madeAt, touchedAt, stepAt }) => {
    const times = [readCrmTime(touchedAt), stepAt].flatMap((at) => at ?? []);
    return times.length === 0 ? [] : [(madeAt - Math.min(...times)) / dayMs];
  });
  const median = medianOf(days);
  const of = `${days.length} of ${counted(deals.length, "deal")}`;
  return median === null
    ? { value: "n/a (0 of 0)", note: "" }
    : { value: `median ${counted(Math.round(10 * median) / 10, "day")}`, note: of };
}

function concentrationCell(deals: Deals, accounts: number, currency: string | null): ReportCell {
  const byAccount = [...Map.groupBy(deals, ({ accountId }) => accountId).values()].map(amountOf);
  const most = Math.ceil(fewShare * accounts);
  const top = byAccount.sort((a, b) => b - a).slice(0, most);
  const [some, all] = [top.reduce((sum, amount) => sum + amount, 0), amountOf(deals)];
  if (all <= 0) return { value: "n/a (no pipeline)", note: "" };
  const note = `${money(some, currency)} of ${money(all, currency)}, by ${most} of ${counted(accounts, "account")}`;
  return { value: `${Math.round((1_000 * some) / all) / 10} %`, note };
}
