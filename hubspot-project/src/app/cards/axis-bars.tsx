import { AutoGrid, ProgressBar } from "@hubspot/ui-extensions";
import type { ScoreView } from "@touchstone/shared/card-api.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import { Column } from "./column.tsx";
import { Small } from "./small.tsx";

interface AxisBarsProps {
  readonly score: ScoreView;
  readonly format: ReaderFormat;
}

export function AxisBars({ score, format }: AxisBarsProps) {
  return (
    <Column>
      <AutoGrid columnWidth={150} flexible gap="md">
        {score.axes.map((axis) => (
          <Column key={axis.key} gap="flush">
            <ProgressBar
              title={axis.label}
              value={axis.score}
              maxValue={axis.max}
              valueDescription={`${format.score(axis.score)} of ${format.score(axis.max)}`}
            />
            <Small>{`${format.score(axis.attainable)} can be known`}</Small>
          </Column>
        ))}
      </AutoGrid>
      <Small>{score.coverageText}</Small>
    </Column>
  );
}
