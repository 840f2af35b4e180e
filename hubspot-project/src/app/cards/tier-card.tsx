import { Button, ButtonRow, Heading, hubspot, Inline, Tag, Text } from "@hubspot/ui-extensions";
import { panelPath, type TierCardView } from "@touchstone/shared/record-cards-api.ts";
import { useCallback } from "react";
import { CardBody, CardNotConfigured } from "./card-states.tsx";
import { Column } from "./column.tsx";
import { FormPanel } from "./form-panel.tsx";
import { Small } from "./small.tsx";
import { type Pulse, useLiveAnswer } from "./use-live-answer.ts";
import { type RecordSurroundings, type Server, useServer } from "./use-server.ts";
import { Writes } from "./writes.tsx";

hubspot.extend<"crm.record.tab">(() => <TierCard />);

export function TierCard() {
  const { server, ...rest } = useServer();
  if (server === null) return <CardNotConfigured />;
  return <TierCardOf key={rest.recordId} server={server} {...rest} />;
}

/** Where the account stands in the programme, and a person's own decision of it, which wins over the rule until a day. */
function TierCardOf({ server, recordId }: RecordSurroundings & { readonly server: Server }) {
  const ask = useCallback(() => server.read<TierCardView>(panelPath(recordId, "tier"), "override"), [server, recordId]);
  const source = useLiveAnswer(ask, pulseOf);
  return (
    <CardBody source={source} what="the tier of this account">
      {(view) => (
        <Column gap="sm">
          <Inline gap="sm" align="center">
            <Heading>{view.label}</Heading>
            {view.override === null ? null : <Tag variant="info">Set by hand</Tag>}
            {view.pending ? <Tag variant="info">Updating</Tag> : null}
          </Inline>
          {view.lines.map((line) => (
            <Text key={line}>{line}</Text>
          ))}
          {view.gap === null ? null : <Small>{view.gap}</Small>}
          <Writes>
            <Decisions view={view} server={server} saved={source.refresh} />
          </Writes>
        </Column>
      )}
    </CardBody>
  );
}

const pulseOf = ({ label, lines, pending }: TierCardView): Pulse => ({ mark: `${label} ${lines}`, pending });

interface DecisionsProps {
  readonly view: TierCardView;
  readonly server: Server;
  saved(): void;
}

function Decisions({ view: { companyId, form, endForm, override }, ...rest }: DecisionsProps) {
  const shared = { ...rest, path: panelPath(companyId, "tier/override") };
  return (
    <ButtonRow>
      {form === null ? null : (
        <Button
          overlay={
            <FormPanel
              {...shared}
              key={JSON.stringify(override)}
              id="tier-set"
              title="Set the tier by hand"
              form={form}
              yes="Set the tier"
              done="The tier is set. The places are given anew at once."
              also={form.values}
            />
          }
        >
          Set the tier by hand
        </Button>
      )}
      {endForm === null ? null : (
        <Button
          overlay={
            <FormPanel
              {...shared}
              id="tier-end"
              title="Back to the rule?"
              form={endForm}
              yes="Back to the rule"
              done="The rule decides again."
              also={{ end: true }}
            />
          }
        >
          Back to the rule
        </Button>
      )}
    </ButtonRow>
  );
}
