import { Statistics, StatisticsItem } from "@hubspot/ui-extensions";
import type { AccountView, ScoreView } from "@touchstone/shared/card-api.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import { Small } from "./small.tsx";

interface ScoreNumbersProps {
  readonly view: AccountView;
  readonly format: ReaderFormat;
}

/** Priority, tier and readiness beside each other; the two scores are two scales and are never added (row 44). */
export function ScoreNumbers({ view, format }: ScoreNumbersProps) {
  return (
    <Statistics>
      {view.priority === null ? null : (
        <ScoreItem label="Priority" what={axesOf(view.priority)} score={view.priority} format={format} />
      )}
      <StatisticsItem label="Tier" number={view.standing.label}>
        <Small>{view.standing.note}</Small>
      </StatisticsItem>
      {view.readiness === null ? null : (
        <ScoreItem label="Readiness" what="What its people did lately" score={view.readiness} format={format} />
      )}
    </Statistics>
  );
}

/** A model may have other axes than fit, intent and engagement. */
const axesOf = ({ axes }: ScoreView): string => axes.map(({ label }) => label).join(", ");

interface ScoreItemProps {
  readonly label: string;
  readonly what: string;
  readonly score: ScoreView;
  readonly format: ReaderFormat;
}

function ScoreItem({ label, what, score, format }: ScoreItemProps) {
  return (
    <StatisticsItem
      label={`${label}, out of ${format.score(score.max)}`}
      number={score.score === null ? "n/a" : format.score(score.score)}
    >
      <Small>{what}</Small>
      {score.rescaled === null ? null : <Small>{score.rescaled}</Small>}
    </StatisticsItem>
  );
}
