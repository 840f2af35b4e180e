import { cutText } from "@touchstone/shared/cut-text.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { ReportCell, ReportRow } from "@touchstone/shared/reports-api.ts";
import { tierLabel } from "@touchstone/shared/tier-label.ts";
import type { TierTraits } from "@touchstone/shared/tier-traits.ts";
import { toProportion } from "@touchstone/shared/wilson-interval.ts";
import type { PlayCounts } from "../db/play-accounts.ts";
import type { PlayMeetings } from "../db/play-meetings.ts";
import type { StoredPlay } from "../db/plays.ts";
import { proportionCell, unlikeScores, type Worded } from "./report-cells.ts";

export interface PlaysFacts {
  readonly tiers: readonly TierTraits[];
  /** Those that were launched. */
  readonly plays: readonly StoredPlay[];
  /** There may be older ones. */
  readonly isCut: boolean;
  readonly counts: ReadonlyMap<string, PlayCounts>;
  readonly meetings: ReadonlyMap<string, PlayMeetings>;
  readonly format: ReaderFormat;
}

/** What the plays brought. Nothing while none was launched. */
export function writePlays(facts: PlaysFacts): Worded | null {
  if (facts.plays.length === 0) return null;
  return {
    title: "Do the plays engage?",
    columns: ["Engaged", "Handed over to sales", "Met within 30 days"],
    rows: facts.plays.map((play) => playRow(facts, play)),
    chart: null,
    notes: [
      `Engaged: accounts of which a person did something after they came in ÷ all accounts of the play, since its launch. ${unlikeScores}`,
      "Met within 30 days: engaged accounts with a meeting that was held within 30 days of their first engagement ÷ engaged accounts. An account in two plays counts in both, and is named with the figure.",
      ...(facts.isCut
        ? [`Shown are the newest ${facts.plays.length} of the launched plays; older ones are on the page Plays.`]
        : []),
    ],
  };
}

function playRow(
  { tiers, counts, meetings, format }: PlaysFacts,
  { playId, play, status, launchedAt }: StoredPlay,
): ReportRow {
  const { enrolled, engaged, handedOver } = counts.get(playId) ?? { enrolled: 0, engaged: 0, handedOver: 0 };
  const since = launchedAt === null ? "" : `, launched on ${format.day(launchedAt)}`;
  return {
    key: playId,
    label: cutText(play.name, 120),
    definition: `${tierLabel(tiers, play.tier)}${since}, ${status}.`,
    cells: [
      ...[engaged, handedOver].map((part) => proportionCell(toProportion(part, enrolled))),
      metCell(engaged, meetings.get(playId)),
    ],
  };
}

function metCell(engaged: number, meetings: PlayMeetings | undefined): ReportCell {
  const cell = proportionCell(toProportion(meetings?.met ?? 0, engaged));
  const shared = meetings?.shared ?? 0;
  return shared === 0 ? cell : { ...cell, note: `${cell.note}; ${shared} in another play too` };
}
