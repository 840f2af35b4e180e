import { createReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { ReportCell, ReportRow } from "@touchstone/shared/reports-api.ts";
import { type Proportion, toProportion } from "@touchstone/shared/wilson-interval.ts";
import type { ComparedDeal, ComparedDeals } from "../db/compared-deals.ts";
import { meanOf, medianOf } from "./median.ts";
import { newcombeInterval } from "./newcombe-interval.ts";
import { counted, cutNotes, fewest, noFigure, proportionCell, type Worded } from "./report-cells.ts";
import { money } from "./write-money.ts";

export interface DealsFacts {
  readonly closed: ComparedDeals;
  /** The first day of which the tiers are known; null: none yet. */
  readonly firstDay: string | null;
  readonly currency: string | null;
}

type Deals = readonly ComparedDeal[];
type Figure = (deals: Deals) => { readonly cell: ReportCell; readonly value: number | null; readonly of: number };

const dayMs = 86_400_000;
/** A day is the same day everywhere. */
const utc = createReaderFormat({ locale: "en-GB", timeZone: "UTC" });
const columns = ["In a tier when the deal was made", "Other accounts", "Compared"];

/** Whether accounts of the programme buy more, more often and sooner (metrics 8, 9, 15 and 17b). Nothing while no deal was closed. */
export function writeDeals(facts: DealsFacts): Worded | null {
  const { closed, firstDay, currency } = facts;
  if (closed.deals.length + closed.withoutAccount === 0) return null;
  const known = closed.deals.filter(({ isDayKnown }) => isDayKnown);
  const own = known.filter(({ tier }) => tier !== null);
  const others = alike(
    own,
    known.filter(({ tier }) => tier === null),
  );
  return {
    title: "Do accounts of the programme buy more, and sooner?",
    columns,
    rows: [
      winRow(own, others),
      ...figureRows(currency).map((row) => figureRow(row, own, others)),
      expansionRow(own, others),
    ],
    chart: null,
    notes: [
      "Accounts were chosen because they looked better than others. That they do better does not show that the programme did it: compare them with accounts that wait for a place.",
      `Other accounts: in no tier on that day, and of a size (under 50, 250, 1,000 people, or more, or not known) of which the programme has closed a deal too. In which pipeline a deal is, is not read: all are counted. Nothing is compared under ${fewest} closed deals on either side.`,
      ...leftOut(closed, known.length, firstDay),
    ],
  };
}

function leftOut({ deals, isCut, withoutAccount }: ComparedDeals, known: number, firstDay: string | null): string[] {
  const since = firstDay === null ? "They are not kept yet." : `They are kept since ${utc.day(Date.parse(firstDay))}.`;
  return [
    ...cutNotes(isCut),
    ...(withoutAccount > 0 ? [`${counted(withoutAccount, "deal")} left out: with no company.`] : []),
    ...(known < deals.length
      ? [
          `${counted(deals.length - known, "deal")} left out: the tiers of the day on which they were made are not known. ${since}`,
        ]
      : []),
  ];
}

/** Those of the sizes of which the programme has some. */
function alike(own: Deals, others: Deals): Deals {
  const sizes = new Set(own.map(sizeOf));
  return own.length === 0 ? others : others.filter((deal) => sizes.has(sizeOf(deal)));
}

const sizeOf = ({ employees }: ComparedDeal): number =>
  employees === null ? -1 : [50, 250, 1_000].filter((from) => employees >= from).length;

const wonOf = (deals: Deals): Deals => deals.filter(({ isWon }) => isWon);
const lostOf = (deals: Deals): Deals => deals.filter(({ isWon }) => !isWon);
const areEnough = (own: Deals, others: Deals): boolean => Math.min(own.length, others.length) >= fewest;
const tooFew: ReportCell = { value: "n/a", note: `fewer than ${fewest} closed on a side` };

function winRow(own: Deals, others: Deals): ReportRow {
  const [one, other] = [own, others].map((deals) => toProportion(wonOf(deals).length, deals.length));
  if (one === undefined || other === undefined) throw new Error("two sides are compared");
  return {
    key: "win-rate",
    label: "Win rate",
    definition:
      "Deals that were won ÷ deals that were won or lost, both in the period. A deal belongs to where its account was on the day on which the deal was made. Lift: the first rate ÷ the second − 1.",
    cells: [proportionCell(one), proportionCell(other), areEnough(own, others) ? liftCell(one, other) : tooFew],
  };
}

const signed = (value: number): string => `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(Math.round(value))}`;

function liftCell(one: Proportion, other: Proportion): ReportCell {
  const interval = newcombeInterval(one, other);
  if (interval === null || one.rate === null || other.rate === null) return tooFew;
  const points = `${signed(100 * (one.rate - other.rate))} points, 95 % interval ${signed(100 * interval.low)} to ${signed(100 * interval.high)}`;
  if (other.rate === 0) return { value: "n/a (none of the others was won)", note: points };
  return { value: `${signed(100 * (one.rate / other.rate - 1))} %`, note: points };
}

interface FigureRow extends Pick<ReportRow, "key" | "label" | "definition"> {
  readonly figure: Figure;
}

/** Each side's figure, and how many times the second one the first one is. */
function figureRow({ figure, ...row }: FigureRow, own: Deals, others: Deals): ReportRow {
  const [one, other] = [figure(own), figure(others)];
  const isKnown = areEnough(own, others) && one.value !== null && other.value !== null && other.value > 0;
  const ratio = isKnown ? (one.value ?? 0) / (other.value ?? 1) : null;
  const fewer = Math.min(one.of, other.of) < fewest ? `fewer than ${fewest}` : "";
  const compared = ratio === null ? tooFew : { value: `× ${ratio.toFixed(2)}`, note: fewer };
  return { ...row, cells: [one.cell, other.cell, compared] };
}

const figureRows = (currency: string | null): FigureRow[] => [
  {
    key: "size",
    label: "Deal size",
    definition:
      "Of deals that were won, the amount in the middle; the mean beside it. Without those that have no amount.",
    figure: (deals) =>
      middle(
        wonOf(deals).flatMap(({ amount }) => amount ?? []),
        (amount) => money(amount, currency),
      ),
  },
  {
    key: "cycle-won",
    label: "Days to a win",
    definition:
      "Of deals that were won, the days from the day they were made to the day they were closed: the one in the middle; the mean beside it.",
    figure: (deals) => middle(wonOf(deals).map(cycleOf), days),
  },
  {
    key: "cycle-lost",
    label: "Days to a loss",
    definition: "The same of deals that were lost.",
    figure: (deals) => middle(lostOf(deals).map(cycleOf), days),
  },
  {
    key: "velocity",
    label: "Pipeline velocity",
    definition:
      "Closed deals × win rate × mean amount of those won ÷ mean days from made to closed of all closed: what a day of the cycle brings in.",
    figure: (deals) => velocity(deals, currency),
  },
];

const days = (value: number): string => counted(Math.round(10 * value) / 10, "day");
const cycleOf = ({ madeAt, closedAt }: ComparedDeal): number => Math.max(0, closedAt - madeAt) / dayMs;

function middle(values: readonly number[], word: (value: number) => string): ReturnType<Figure> {
  const [median, mean] = [medianOf(values), meanOf(values)];
  if (median === null || mean === null) return { cell: { value: "n/a (none)", note: "" }, value: null, of: 0 };
  const few = values.length < fewest ? `, fewer than ${fewest}` : "";
  return {
    cell: { value: `median ${word(median)}`, note: `mean ${word(mean)}, of ${counted(values.length, "deal")}${few}` },
    value: median,
    of: values.length,
  };
}

function velocity(deals: Deals, currency: string | null): ReturnType<Figure> {
  const won = wonOf(deals);
  const [amount, cycle] = [meanOf(won.flatMap((deal) => deal.amount ?? [])), meanOf(deals.map(cycleOf))];
  if (amount === null || cycle === null || cycle === 0)
    return { cell: { value: "n/a (none)", note: "" }, value: null, of: 0 };
  const value = (won.length * amount) / cycle;
  const note = `${deals.length} × ${Math.round((100 * won.length) / deals.length)} % × ${money(amount, currency)} ÷ ${days(cycle)}`;
  return { cell: { value: `${money(value, currency)} a day`, note }, value, of: deals.length };
}

/** Beside metric 17b, of which the sum over 24 months is not computed: the tiers of the first win would have to be that old. */
function expansionRow(own: Deals, others: Deals): ReportRow {
  const share = (deals: Deals) =>
    proportionCell(toProportion(wonOf(deals).filter(({ isLater }) => isLater).length, wonOf(deals).length));
  return {
    key: "expansion",
    label: "Won again",
    definition: "Deals won at accounts that had won another one before ÷ all deals won in the period.",
    cells: [share(own), share(others), noFigure],
  };
}
