import { cutText } from "@touchstone/shared/cut-text.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { ReportRow } from "@touchstone/shared/reports-api.ts";
import { tierLabel } from "@touchstone/shared/tier-label.ts";
import type { TierTraits } from "@touchstone/shared/tier-traits.ts";
import { toProportion } from "@touchstone/shared/wilson-interval.ts";
import type { PlayCounts } from "../db/play-accounts.ts";
import type { StoredPlay } from "../db/plays.ts";
import { proportionCell, unlikeScores, type Worded } from "./report-cells.ts";

export interface PlaysFacts {
  readonly tiers: readonly TierTraits[];
  /** Those that were launched. */
  readonly plays: readonly StoredPlay[];
  /** There may be older ones. */
  readonly isCut: boolean;
  readonly counts: ReadonlyMap<string, PlayCounts>;
  readonly format: ReaderFormat;
}

/** What the plays brought. Nothing while none was launched. */
export function writePlays(facts: PlaysFacts): Worded | null {
  if (facts.plays.length === 0) return null;
  return {
    title: "Do the plays engage?",
    columns: ["Engaged", "Handed over to sales"],
    rows: facts.plays.map((play) => playRow(facts, play)),
    chart: null,
    notes: [
      `Engaged: accounts of which somebody did something after they came in ÷ all accounts of the play, since its launch. ${unlikeScores}`,
      ...(facts.isCut
        ? [`Shown are the newest ${facts.plays.length} of the launched plays; older ones are on the page Plays.`]
        : []),
    ],
  };
}

function playRow({ tiers, counts, format }: PlaysFacts, { playId, play, status, launchedAt }: StoredPlay): ReportRow {
  const { enrolled, engaged, handedOver } = counts.get(playId) ?? { enrolled: 0, engaged: 0, handedOver: 0 };
  const since = launchedAt === null ? "" : `, launched on ${format.day(launchedAt)}`;
  return {
    key: playId,
    label: cutText(play.name, 120),
    definition: `${tierLabel(tiers, play.tier)}${since}, ${status}.`,
    cells: [engaged, handedOver].map((part) => proportionCell(toProportion(part, enrolled))),
  };
}
