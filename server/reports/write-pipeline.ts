import { readCrmTime } from "@touchstone/shared/crm-time.ts";
import { createReaderFormat, type ReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { ReportCell, ReportRow } from "@touchstone/shared/reports-api.ts";
import type { RoiView } from "@touchstone/shared/roi-api.ts";
import { toProportion } from "@touchstone/shared/wilson-interval.ts";
import type { readDeals } from "../db/account-facts.ts";
import type { ProgrammeDeals } from "../db/programme-deals.ts";
import type { ProgrammeMember } from "../db/report-facts.ts";
import type { MeetingCounts } from "../db/touches.ts";
import { mostAccounts, proportionCell, unlikeScores, type Worded } from "./report-cells.ts";
import { money } from "./write-money.ts";

export interface PipelineFacts {
  readonly from: number;
  /** "2026-11-22": the day on which the period begins, and the first one of which the tiers are known. */
  readonly startDay: string;
  readonly firstDay: string | null;
  readonly to: number;
  readonly roi: RoiView;
  readonly members: readonly ProgrammeMember[];
  readonly meetings: MeetingCounts;
  readonly currency: string | null;
  /** The first tier as it was when the period began; null: that is not known. */
  readonly atStart: {
    readonly tier: string;
    /** No more than are counted, of how many. */
    readonly accounts: readonly string[];
    readonly total: number;
    readonly deals: Awaited<ReturnType<typeof readDeals>>;
  } | null;
  /** Deals that were made at accounts of the programme; null: the tiers of the whole period are not known. */
  readonly made: ProgrammeDeals | null;
  readonly format: ReaderFormat;
}

/** Whether it brings pipeline and money (metrics 6, 7, 12 and 17). */
export function writePipeline(facts: PipelineFacts): Worded {
  return {
    title: "Does it bring pipeline and revenue?",
    columns: ["Programme"],
    rows: [...meetingRows(facts), ...topTierRows(facts), ...madeRows(facts), roiRow(facts)],
    chart: null,
    notes: notesOf(facts),
  };
}

const bias =
  "Accounts were chosen because they looked better than others. That they do better does not show that the programme did it: compare them with accounts that wait for a place.";
/** A day is the same day everywhere. */
const utc = createReaderFormat({ locale: "en-GB", timeZone: "UTC" });

const notesOf = (facts: PipelineFacts): string[] => [
  bias,
  ...(facts.atStart === null ? unknownStart(facts) : cuts(facts)),
];

function unknownStart({ firstDay, startDay }: PipelineFacts): string[] {
  if (firstDay === null) return [];
  if (firstDay <= startDay)
    return [
      `What compares with the start of the period is left out: the tiers of ${utc.day(Date.parse(startDay))} and the six days before were not kept.`,
    ];
  return [
    `What compares with the start of the period comes when the tiers of that day are known. They are kept since ${utc.day(Date.parse(firstDay))}.`,
  ];
}

function cuts({ atStart, made }: PipelineFacts): string[] {
  const notes: string[] = [];
  if (atStart !== null && atStart.accounts.length < atStart.total)
    notes.push(`${atStart.tier} to pipeline: counted are ${atStart.accounts.length} of ${atStart.total} accounts.`);
  if (made !== null && made.accounts > mostAccounts)
    notes.push(
      `Pipeline created and Influenced: counted are deals of ${mostAccounts} of ${made.accounts} accounts that were in a tier.`,
    );
  return notes;
}

function meetingRows({ members, meetings: { booked, due, held } }: PipelineFacts): ReportRow[] {
  if (members.length === 0) return [];
  return [
    {
      key: "meetings",
      label: "Meetings booked",
      definition:
        "Meetings with accounts that are in a tier now, or with their people, that were made in HubSpot in the period.",
      cells: [{ value: String(booked), note: "" }],
    },
    {
      key: "held",
      label: "Meetings held",
      definition: "Of these, those with the outcome completed ÷ those whose time has come.",
      cells: [proportionCell(toProportion(held, due))],
    },
  ];
}

function topTierRows({ atStart, from, to, format }: PipelineFacts): ReportRow[] {
  if (atStart === null) return [];
  const dealsOf = Map.groupBy(atStart.deals, ({ accountId }) => accountId);
  const free = atStart.accounts.filter(
    (id) => !(dealsOf.get(id) ?? []).some(({ properties }) => wasOpen(properties, from)),
  );
  const opened = free.filter((id) =>
    (dealsOf.get(id) ?? []).some(({ properties }) => {
      const madeAt = readCrmTime(properties.createdate);
      return madeAt !== null && madeAt >= from && madeAt < to;
    }),
  );
  return [
    {
      key: "top-tier",
      label: `${atStart.tier} to pipeline`,
      definition: `Accounts for which a deal was made in the period ÷ accounts that were in ${atStart.tier} on ${format.day(from)} and had no open deal then. Moving an account to another tier later changes nothing.`,
      cells: [proportionCell(toProportion(opened.length, free.length))],
    },
  ];
}

/** A deal that had been made by then and was not closed before. */
function wasOpen(deal: Readonly<Record<string, string | null>>, at: number): boolean {
  const madeAt = readCrmTime(deal.createdate);
  if (madeAt === null || madeAt >= at) return false;
  const isClosed = deal.hs_is_closed === "true" || ["closedwon", "closedlost"].includes(deal.dealstage ?? "");
  return !isClosed || (readCrmTime(deal.closedate) ?? 0) >= at;
}

function madeRows({ made, currency }: PipelineFacts): ReportRow[] {
  if (made === null) return [];
  const withAmount = made.deals.flatMap(({ amount }) => amount ?? []);
  const sum = withAmount.reduce((all, amount) => all + amount, 0);
  const unknown = made.deals.length - withAmount.length;
  const deals = `${made.deals.length} ${made.deals.length === 1 ? "deal" : "deals"}`;
  return [
    {
      key: "pipeline",
      label: "Pipeline created",
      definition:
        "The amounts of deals that were made in the period at accounts that were in a tier on that day. That the programme brought them is not said.",
      cells: [{ value: money(sum, currency), note: unknown > 0 ? `${deals}, ${unknown} without an amount` : deals }],
    },
    {
      key: "influenced",
      label: "Influenced",
      definition: `Of these deals, those with at least one engagement, by a person of the account or by the company as such, in the 90 days before the deal was made ÷ all of these deals. ${unlikeScores}`,
      cells: [
        proportionCell(toProportion(made.deals.filter(({ influenced }) => influenced).length, made.deals.length)),
      ],
    },
  ];
}

function roiRow({ roi, currency }: PipelineFacts): ReportRow {
  const { revenue, deals, cost, roiPercent, attribution } = roi;
  const made = `revenue ${money(revenue, currency)} of ${deals} ${deals === 1 ? "deal" : "deals"}, cost ${money(cost, currency)}`;
  const cell: ReportCell = { value: roiPercent === null ? "n/a (no cost is known)" : `${roiPercent} %`, note: made };
  return {
    key: "roi",
    label: "Return",
    definition: `(Revenue − cost) ÷ cost × 100, in the period. ${attribution}`,
    cells: [cell],
  };
}
