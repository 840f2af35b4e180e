import { LineChart, List, Text } from "@hubspot/ui-extensions";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { TrendPoint, TrendView } from "@touchstone/shared/record-cards-api.ts";
import { Bold } from "./bold.tsx";
import { Column } from "./column.tsx";
import { Small } from "./small.tsx";

const SHOWN = 5;

/** How the priority score went, and what moved it each time. */
export function ScoreTrend({ trend: { points, max }, format }: { trend: TrendView; format: ReaderFormat }) {
  const moved = points.filter(({ reasons }) => reasons.length > 0);
  const drawn = points.flatMap(({ at, score }) => (score === null ? [] : [{ When: format.moment(at), Score: score }]));
  return (
    <Column gap="sm">
      {drawn.length < 2 ? (
        <Text>The score has not moved yet. Every move shows here, with what moved it.</Text>
      ) : (
        <LineChart
          data={drawn}
          axes={{
            x: { field: "When", fieldType: "category", label: "" },
            y: { field: "Score", fieldType: "linear", label: `Priority, out of ${max}` },
          }}
          options={{ showLegend: false, showDataLabels: true, showTooltips: true }}
        />
      )}
      {moved.length === 0 ? null : (
        <List variant="unordered-styled">
          {moved
            .slice(-SHOWN)
            .reverse()
            .map((point) => (
              <Column key={point.at} gap="flush">
                <Bold>{moveText(point, format)}</Bold>
                {point.reasons.map((reason) => (
                  <Small key={reason}>{reason}</Small>
                ))}
              </Column>
            ))}
        </List>
      )}
    </Column>
  );
}

const moveText = ({ at, change, tierChange }: TrendPoint, format: ReaderFormat): string =>
  [format.moment(at), change, tierChange].filter((part) => part !== null).join(" · ");
