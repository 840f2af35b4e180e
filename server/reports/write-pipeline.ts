import { readCrmTime } from "@touchstone/shared/crm-time.ts";
import { dealStateOf } from "@touchstone/shared/deal-state.ts";
import { createReaderFormat, type ReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { ReportCell, ReportRow } from "@touchstone/shared/reports-api.ts";
import type { RoiView } from "@touchstone/shared/roi-api.ts";
import { toProportion } from "@touchstone/shared/wilson-interval.ts";
import type { readDeals } from "../db/account-facts.ts";
import type { ProgrammeDeals } from "../db/programme-deals.ts";
import type { MeetingCounts } from "../db/touches.ts";
import { madeDealRows } from "./made-deal-rows.ts";
import {
  byTier,
  mostAccounts,
  noFigure,
  proportionCell,
  type Tiered,
  tierColumns,
  type Worded,
} from "./report-cells.ts";
import { returnRows } from "./return-rows.ts";

export interface PipelineFacts extends Tiered {
  readonly from: number;
  /** "2026-11-22": the day on which the period begins, and the first one of which the tiers are known. */
  readonly startDay: string;
  readonly firstDay: string | null;
  readonly to: number;
  readonly roi: RoiView;
  readonly meetings: readonly MeetingCounts[];
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

/** Whether it brings pipeline and money (metrics 6, 7, 12, 15, 17 and 20). */
export function writePipeline(facts: PipelineFacts): Worded {
  return {
    title: "Does it bring pipeline and revenue?",
    columns: tierColumns(facts),
    rows: [
      ...meetingRows(facts),
      ...topTierRows(facts),
      ...(facts.made === null ? [] : madeDealRows(facts.made, facts.tiers, facts.currency)),
      ...returnRows(facts.roi, facts.tiers, facts.currency),
    ],
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

function meetingRows({ members, tiers, meetings }: PipelineFacts): ReportRow[] {
  if (members.length === 0) return [];
  const of = (key: string | null) => meetings.find(({ tier }) => tier === key) ?? { booked: 0, due: 0, held: 0 };
  return [
    {
      key: "meetings",
      label: "Meetings booked",
      definition:
        "Meetings with accounts that are in a tier now, or with their people, that were made in HubSpot in the period.",
      cells: byTier(tiers, (key) => ({ value: String(of(key).booked), note: "" })),
    },
    {
      key: "held",
      label: "Meetings held",
      definition: "Of these, those with the outcome completed ÷ all of these; beside it, ÷ those whose time has come.",
      cells: byTier(tiers, (key) => heldCell(of(key))),
    },
  ];
}

function heldCell({ booked, due, held }: Pick<MeetingCounts, "booked" | "due" | "held">): ReportCell {
  const cell = proportionCell(toProportion(held, booked));
  return booked === 0 ? cell : { ...cell, note: `${held} of ${due} whose time has come; ${cell.note}` };
}

function topTierRows({ atStart, tiers, from, to, format }: PipelineFacts): ReportRow[] {
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
      cells: [
        noFigure,
        ...tiers.map((_, place) => (place === 0 ? proportionCell(toProportion(opened.length, free.length)) : noFigure)),
      ],
    },
  ];
}

/** A deal that had been made by then and was not closed before. */
function wasOpen(deal: Readonly<Record<string, string | null>>, at: number): boolean {
  const madeAt = readCrmTime(deal.createdate);
  if (madeAt === null || madeAt >= at) return false;
  return dealStateOf(deal) === "open" || (readCrmTime(deal.closedate) ?? 0) >= at;
}
