import { Heading, hubspot, Inline, Tag, Text } from "@hubspot/ui-extensions";
import { type AccountSummaryView, panelPath } from "@touchstone/shared/record-cards-api.ts";
import { useCallback } from "react";
import { ProvisionalTag } from "./account-line.tsx";
import { CardBody, CardNotConfigured } from "./card-states.tsx";
import { Column } from "./column.tsx";
import { datedText } from "./dated-text.ts";
import { Listed } from "./listed.tsx";
import { NextStep } from "./next-step.tsx";
import { NoScoreYet } from "./no-score-yet.tsx";
import { type Pulse, useLiveAnswer } from "./use-live-answer.ts";
import { type RecordSurroundings, type Server, useServer } from "./use-server.ts";

hubspot.extend<"crm.record.sidebar">(() => <AccountSidebar />);

export function AccountSidebar() {
  const { server, ...rest } = useServer();
  if (server === null) return <CardNotConfigured />;
  return <AccountSidebarOf key={rest.recordId} server={server} {...rest} />;
}

type AccountSidebarProps = RecordSurroundings & { readonly server: Server };

/** The state, the next step and three pieces of evidence, in a narrow column. */
function AccountSidebarOf({ server, recordId, format }: AccountSidebarProps) {
  const ask = useCallback(
    () => server.read<AccountSummaryView>(panelPath(recordId, "summary"), "next"),
    [server, recordId],
  );
  const source = useLiveAnswer(ask, pulseOf);
  return (
    <CardBody source={source} what="the score of this account">
      {(view) =>
        view.state === "waiting" || view.state === "unscored" ? (
          <NoScoreYet view={view} source={source} />
        ) : (
          <Column gap="sm">
            <Heading>{view.headline}</Heading>
            <Inline gap="sm" align="center">
              {view.provisional ? <ProvisionalTag percent={view.coveragePercent ?? 0} /> : null}
              {view.pending ? <Tag variant="info">Updating</Tag> : null}
            </Inline>
            {view.state === "excluded" ? <Text>{view.reason}</Text> : null}
            {view.priority === null ? null : <Text>{`Priority ${view.priority}`}</Text>}
            {view.readiness === null ? null : <Text>{`Readiness ${view.readiness}`}</Text>}
            <NextStep summary={view} />
            {view.state === "excluded" ? null : (
              <Listed
                title="Why"
                lines={view.evidence.map((line) => datedText(line, format))}
                empty="Nothing has happened yet."
              />
            )}
          </Column>
        )
      }
    </CardBody>
  );
}

const pulseOf = (view: AccountSummaryView): Pulse => ({
  mark: JSON.stringify([view.headline, view.priority, view.readiness, view.next.text]),
  pending: view.pending,
});
