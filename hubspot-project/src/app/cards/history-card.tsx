import { EmptyState, Flex, hubspot, Text } from "@hubspot/ui-extensions";
import { recordCardsApi, type TrendView } from "@touchstone/shared/record-cards-api.ts";
import { useCallback } from "react";
import { CardBody, CardNotConfigured } from "./card-states.tsx";
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
  const ask = useCallback(
    () => server.read<TrendView>(recordCardsApi.getTrend(recordId), "points"),
    [server, recordId],
  );
  const source = useLiveAnswer(ask, pulseOf);
  return (
    <CardBody source={source} what="how the score went">
      {(trend) =>
        trend.points.length === 0 ? (
          <EmptyState title="No score yet" imageName="target" layout="vertical" imageWidth={120}>
            <Text>The first score and every move after it show here.</Text>
          </EmptyState>
        ) : (
          <Flex direction="column" gap="md">
            <ScoreTrend trend={trend} format={format} />
            <VerdictPanel companyId={trend.companyId} server={server} stamp={trend.points.at(-1)?.at ?? null} />
          </Flex>
        )
      }
    </CardBody>
  );
}

const pulseOf = ({ points }: TrendView): Pulse => ({ mark: `${points.at(-1)?.at}`, pending: false });
