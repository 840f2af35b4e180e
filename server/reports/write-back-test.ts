import type { ModelBand } from "@touchstone/shared/model-shape.ts";
import type { ReportCell, ReportChart, ReportRow } from "@touchstone/shared/reports-api.ts";
import { toProportion } from "@touchstone/shared/wilson-interval.ts";
import { areaUnderCurve, liftAt, type Outcome } from "./rank-quality.ts";
import { counted, cutNotes, noFigure, proportionCell, type Worded } from "./report-cells.ts";

export const outcomeMs = 90 * 86_400_000;
/** Under so many won, or lost, the order of the scores tells nothing; ours. */
const fewestOfEach = 10;

export interface ScoredDeal extends Outcome {
  readonly band: string | null;
  readonly wasHot: boolean;
}

export interface BackTestFacts {
  readonly closed: { readonly deals: number; readonly isCut: boolean; readonly withoutAccount: number };
  readonly scored: readonly ScoredDeal[];
  /** Of the model that is in force now, the lowest first. */
  readonly bands: readonly Pick<ModelBand, "key" | "label">[];
  readonly verdicts: readonly { readonly band: string | null; readonly right: number; readonly verdicts: number }[];
  readonly hotOutcomes: { readonly hot: number; readonly opened: number };
  /** Places of each tier, the highest tier first; null: as many as qualify. */
  readonly caps: readonly { readonly tier: string; readonly cap: number | null }[];
}

interface Column {
  readonly label: string;
  holds(band: string | null): boolean;
}

/** Whether scores tell who buys (metric 18). Nothing while no deal was closed, nobody judged a score and nothing became hot. */
export function writeBackTest(facts: BackTestFacts): Worded | null {
  const { closed, verdicts, hotOutcomes } = facts;
  if (closed.deals === 0 && verdicts.length === 0 && hotOutcomes.hot === 0) return null;
  const columns = columnsOf(facts);
  return {
    title: "Do the scores tell who buys?",
    columns: columns.map(({ label }) => label),
    rows: rowsOf(facts, columns),
    chart: chartOf(facts, columns.slice(1)),
    notes: notesOf(facts),
  };
}

function rowsOf(facts: BackTestFacts, columns: readonly Column[]): ReportRow[] {
  const { scored, hotOutcomes, verdicts } = facts;
  const once = (cell: ReportCell) => [cell, ...columns.slice(1).map(() => noFigure)];
  return [
    {
      ...rowTexts.won,
      cells: columns.map(({ holds }) => wonCell(scored.filter(({ band }) => holds(band)))),
    },
    { ...rowTexts.auc, cells: once(aucCell(scored)) },
    ...liftRows(facts).map(({ cell, ...row }) => ({ ...row, cells: once(cell) })),
    {
      ...rowTexts.neverHot,
      cells: columns.map(({ holds }) => neverHotCell(scored.filter(({ band, isWon }) => isWon && holds(band)))),
    },
    { ...rowTexts.hotPrecision, cells: once(proportionCell(toProportion(hotOutcomes.opened, hotOutcomes.hot))) },
    {
      ...rowTexts.calledRight,
      cells: columns.map(({ holds }) => verdictCell(verdicts.filter(({ band }) => holds(band)))),
    },
  ];
}

const rowTexts = {
  won: {
    key: "won",
    label: "Won, by the score before the deal",
    definition:
      "Deals that were won ÷ deals that were won or lost, both in the period, by the band in which the account stood just before the deal was made. Nothing that came later is in that score. Higher bands must win more.",
  },
  auc: {
    key: "auc",
    label: "Order of the scores (AUC)",
    definition: `The chance that a deal that was won had a higher score before it than one that was lost; equal scores count half. 0.5 is chance, 1 is perfect. Not said under ${fewestOfEach} won or ${fewestOfEach} lost.`,
  },
  neverHot: {
    key: "never-hot",
    label: "Won without ever being hot",
    definition:
      "Deals whose account had not become hot before the deal was made ÷ deals of the first figure that were won.",
  },
  hotPrecision: {
    key: "hot-precision",
    label: "Hot accounts with a deal",
    definition:
      "Times that an account became hot and a deal was made within the 90 days after it ÷ times whose 90 days ended in the period.",
  },
  calledRight: {
    key: "called-right",
    label: "Called right by people",
    definition:
      "Verdicts that call the score right ÷ verdicts of people in the period, by the band of the score that they judged.",
  },
} as const;

/** The highest band first; one that the model no longer has stands at the end. */
function columnsOf({ bands, scored, verdicts }: BackTestFacts): Column[] {
  const keys = new Set(bands.map(({ key }) => key));
  const isOther = (band: string | null) => band === null || !keys.has(band);
  const others = [...scored, ...verdicts].some(({ band }) => isOther(band));
  return [
    { label: "All bands", holds: () => true },
    ...bands.toReversed().map(({ key, label }): Column => ({ label, holds: (band) => band === key })),
    ...(others ? [{ label: "Bands of other models", holds: isOther }] : []),
  ];
}

const wonCell = (deals: readonly ScoredDeal[]): ReportCell =>
  proportionCell(toProportion(deals.filter(({ isWon }) => isWon).length, deals.length));

const neverHotCell = (won: readonly ScoredDeal[]): ReportCell =>
  proportionCell(toProportion(won.filter(({ wasHot }) => !wasHot).length, won.length));

function verdictCell(verdicts: BackTestFacts["verdicts"]): ReportCell {
  const sum = (of: "right" | "verdicts") => verdicts.reduce((all, one) => all + one[of], 0);
  return proportionCell(toProportion(sum("right"), sum("verdicts")));
}

/** "12 won, 30 lost" */
function sidesOf(scored: readonly ScoredDeal[]): { text: string; areEnough: boolean } {
  const won = scored.filter(({ isWon }) => isWon).length;
  const lost = scored.length - won;
  return { text: `${won} won, ${lost} lost`, areEnough: Math.min(won, lost) >= fewestOfEach };
}

function aucCell(scored: readonly ScoredDeal[]): ReportCell {
  const { text, areEnough } = sidesOf(scored);
  const auc = areEnough ? areaUnderCurve(scored) : null;
  if (auc === null) return { value: "n/a", note: `${text}: too few` };
  return { value: auc.toFixed(2), note: text };
}

/** A row for each number of places at which the tiers, from the highest down, are full. */
function liftRows({ caps, scored }: BackTestFacts): (Omit<ReportRow, "cells"> & { cell: ReportCell })[] {
  let places = 0;
  const open = caps.findIndex(({ cap }) => cap === null);
  return caps.slice(0, open === -1 ? undefined : open).map(({ tier, cap }, index) => {
    places += cap ?? 0;
    return {
      key: `lift-${tier}`,
      label: `Lift of the best ${places}`,
      definition: `Deals won among the ${places} with the highest scores ÷ what chance would have put among them. So many places the ${index === 0 ? "first tier has" : `first ${index + 1} tiers have`}, by their caps and the people who work them.`,
      cell: liftCell(scored, places),
    };
  });
}

function liftCell(scored: readonly ScoredDeal[], places: number): ReportCell {
  const { text, areEnough } = sidesOf(scored);
  const found = liftAt(scored, places);
  if (found === null) return { value: "n/a", note: `${counted(scored.length, "deal")}: all have a place` };
  if (!areEnough || found.lift === null) return { value: "n/a", note: `${text}: too few` };
  return {
    value: `× ${found.lift.toFixed(2)}`,
    note: `${Math.round(10 * found.won) / 10} won of ${places}; of all: ${text}`,
  };
}

function chartOf({ scored }: BackTestFacts, bands: readonly Column[]): ReportChart | null {
  const points = bands.flatMap(({ label, holds }) => {
    const { rate, denominator } = toProportion(
      scored.filter(({ band, isWon }) => isWon && holds(band)).length,
      scored.filter(({ band }) => holds(band)).length,
    );
    return rate === null ? [] : [{ x: `${label} (${denominator})`, y: Math.round(1_000 * rate) / 10, group: "Won, %" }];
  });
  if (points.length < 2) return null;
  return {
    kind: "bar",
    title: "Deals won, in % of those won or lost, by the band before the deal (how many)",
    xLabel: "Band",
    yLabel: "Won, %",
    points,
  };
}

function notesOf({ closed, scored }: BackTestFacts): string[] {
  const { deals, isCut, withoutAccount } = closed;
  const unscored = deals - withoutAccount - scored.length;
  return [
    ...cutNotes(isCut),
    `Of ${counted(deals, "closed deal")} ${scored.length} had a score before the deal was made. Left out: ${unscored} whose account had none then, or none that is still kept, and ${withoutAccount} with no company.`,
    "Only accounts of which a deal was made are in it: who never came so far, a score cannot be held against here.",
  ];
}
