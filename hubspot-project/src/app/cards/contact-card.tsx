import { Button, EmptyState, hubspot, Text } from "@hubspot/ui-extensions";
import { type PersonCardView, personPath } from "@touchstone/shared/record-cards-api.ts";
import { useCallback } from "react";
import { CardBody, CardNotConfigured } from "./card-states.tsx";
import { PersonPart } from "./person-part.tsx";
import { type Pulse, useLiveAnswer } from "./use-live-answer.ts";
import { type RecordSurroundings, type Server, useServer } from "./use-server.ts";

hubspot.extend<"crm.record.tab">(() => <ContactCard />);

export function ContactCard() {
  const { server, ...rest } = useServer();
  if (server === null) return <CardNotConfigured />;
  return <ContactCardOf key={rest.recordId} server={server} {...rest} />;
}

type ContactCardProps = RecordSurroundings & { readonly server: Server };

function ContactCardOf({ server, recordId, format }: ContactCardProps) {
  const ask = useCallback(() => server.read<PersonCardView>(personPath(recordId), "personId"), [server, recordId]);
  const source = useLiveAnswer(ask, pulseOf);
  return (
    <CardBody source={source} what="the part that this person plays">
      {(view) =>
        view.state === "member" ? (
          <PersonPart view={view} format={format} server={server} saved={source.refresh} />
        ) : (
          <EmptyState title={view.name} imageName="contacts" layout="vertical" imageWidth={160}>
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

const pulseOf = (view: PersonCardView): Pulse => ({
  mark: JSON.stringify([view.state, view.part, view.message, view.account?.headline]),
  pending: view.state === "waiting" || view.account?.pending === true,
});
