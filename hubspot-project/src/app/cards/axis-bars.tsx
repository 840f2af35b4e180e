import { AutoGrid, Flex, ProgressBar, Text } from "@hubspot/ui-extensions";
import type { ScoreView } from "@touchstone/shared/card-api.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";

interface AxisBarsProps {
  readonly score: ScoreView;
  readonly format: ReaderFormat;
}

export function AxisBars({ score, format }: AxisBarsProps) {
  return (
    <Flex direction="column" gap="xs">
      <AutoGrid columnWidth={150} flexible gap="md">
        {score.axes.map((axis) => (
          <Flex key={axis.key} direction="column" gap="flush">
            <ProgressBar
              title={axis.label}
              value={axis.score}
              maxValue={axis.max}
              valueDescription={`${format.score(axis.score)} of ${format.score(axis.max)}`}
            />
            <Text variant="microcopy">{`${format.score(axis.attainable)} can be known`}</Text>
          </Flex>
        ))}
      </AutoGrid>
      <Text variant="microcopy">{coverageText(score, format)}</Text>
    </Flex>
  );
}

/** Coverage in words (row 40): what is not known is neither for nor against the account. */
export function coverageText(score: ScoreView, format: ReaderFormat): string {
  const known = `${format.score(score.attainable)} of ${format.score(score.max)} points can be known from what is recorded`;
  const missing = score.max - score.attainable;
  if (missing <= 0) return `All ${format.score(score.max)} points can be known from what is recorded.`;
  return `${known}. The other ${format.score(missing)} are not known yet: they count neither for nor against.`;
}
