import { Alert, Button, EmptyState, hubspot, Text } from "@hubspot/ui-extensions";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import { type DealCardView, dealPath } from "@touchstone/shared/record-cards-api.ts";
import { useCallback } from "react";
import { AccountLine } from "./account-line.tsx";
import { CardBody, CardNotConfigured } from "./card-states.tsx";
import { Column } from "./column.tsx";
import { CoverageLine, PeopleTable } from "./people-table.tsx";
import { Risks } from "./risks.tsx";
import { Small } from "./small.tsx";
import { type Pulse, useLiveAnswer } from "./use-live-answer.ts";
import { type RecordSurroundings, type Server, useServer } from "./use-server.ts";

hubspot.extend<"crm.record.tab">(() => <DealCard />);

export function DealCard() {
  const { server, ...rest } = useServer();
  if (server === null) return <CardNotConfigured />;
  return <DealCardOf key={rest.recordId} server={server} {...rest} />;
}

type DealCardProps = RecordSurroundings & { readonly server: Server };

function DealCardOf({ server, recordId, format }: DealCardProps) {
  const ask = useCallback(() => server.read<DealCardView>(dealPath(recordId), "dealId"), [server, recordId]);
  const source = useLiveAnswer(ask, pulseOf);
  return (
    <CardBody source={source} what="the committee of this deal">
      {(view) =>
        view.state === "known" ? (
          <DealCommittee view={view} format={format} />
        ) : (
          <EmptyState title="No account yet" imageName="companies" layout="vertical" imageWidth={160}>
            <Text>{view.note}</Text>
            <Button variant="primary" disabled={source.refreshing} onClick={source.refresh}>
              Look again
            </Button>
          </EmptyState>
        )
      }
    </CardBody>
  );
}

/** Whether enough people stand behind this deal; then what its account is worth. */
function DealCommittee({ view, format }: { view: DealCardView; format: ReaderFormat }) {
  const { account, exclusion } = view;
  return (
    <Column gap="md">
      {exclusion === null ? null : (
        <Alert title="Leave it alone" variant="danger">
          {exclusion}
        </Alert>
      )}
      <Risks risks={view.warnings} />
      {account === null ? null : <AccountLine account={account} />}
      <CoverageLine coverage={view.coverage} />
      <Small>{`By the people of this deal. Of the whole account: ${view.accountCoverage}.`}</Small>
      {view.people.length === 0 ? (
        <Text>{`Nobody is linked to this deal.${exclusion === null ? " Link the contacts who decide on it." : ""}`}</Text>
      ) : (
        <PeopleTable people={view.people} excluded={exclusion !== null} format={format} />
      )}
    </Column>
  );
}

const pulseOf = (view: DealCardView): Pulse => ({
  mark: JSON.stringify([view.state, view.coverage, view.account?.headline, view.exclusion]),
  pending: view.state === "waiting" || view.account?.pending === true,
});
