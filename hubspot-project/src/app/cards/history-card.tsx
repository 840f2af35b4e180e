import { hubspot, Text } from "@hubspot/ui-extensions";
import { panelPath, type TrendView } from "@touchstone/shared/record-cards-api.ts";
import { useCallback } from "react";
import { CardBody, CardNotConfigured } from "./card-states.tsx";
import { Column } from "./column.tsx";
import { NothingHere } from "./nothing-here.tsx";
import { ScoreTrend } from "./score-trend.tsx";
import { type Pulse, useLiveAnswer } from "./use-live-answer.ts";
import { type RecordSurroundings, type Server, useServer } from "./use-server.ts";
import { VerdictPanel } from "./verdict-panel.tsx";

hubspot.extend<"crm.record.tab">(() => <HistoryCard />);

export function HistoryCard() {
  const { server, ...rest } = useServer();
  if (server === null) return <CardNotConfigured />;
  return <HistoryCardOf key={rest.recordId} server={server} {...rest} />;
}

/** How the score went, and what people say of it: a card of its own, because the account's own one is heavy enough. */
function HistoryCardOf({ server, recordId, format }: RecordSurroundings & { readonly server: Server }) {
  const ask = useCallback(() => server.read<TrendView>(panelPath(recordId, "trend"), "points"), [server, recordId]);
  const source = useLiveAnswer(ask, pulseOf);
  return (
    <CardBody source={source} what="how the score went">
      {(trend) =>
        trend.points.length === 0 ? (
          <NothingHere title="No score to show">
            {trend.gap ?? "The first score and every move after it show here."}
          </NothingHere>
        ) : (
          <Column gap="md">
            {trend.gap === null ? null : <Text>{trend.gap}</Text>}
            <ScoreTrend trend={trend} format={format} />
            {trend.gap === null ? (
              <VerdictPanel companyId={trend.companyId} server={server} stamp={trend.points.at(-1)?.at ?? null} />
            ) : null}
          </Column>
        )
      }
    </CardBody>
  );
}

const pulseOf = ({ points, gap }: TrendView): Pulse => ({ mark: `${points.at(-1)?.at} ${gap}`, pending: false });
