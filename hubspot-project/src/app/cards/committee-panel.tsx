import { Alert, Button, EmptyState, Flex, Text } from "@hubspot/ui-extensions";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import { type CommitteeCardView, recordCardsApi } from "@touchstone/shared/record-cards-api.ts";
import { CardBody } from "./card-states.tsx";
import { CoverageLine, PeopleTable } from "./people-table.tsx";
import { RolePanel } from "./role-panel.tsx";
import { stageText } from "./stage-text.ts";
import { type PanelProps, usePanel } from "./use-panel.ts";
import { Writes } from "./writes.tsx";

interface CommitteePanelProps extends PanelProps {
  readonly format: ReaderFormat;
}

/** Who plays which part, who is missing, and what to say to each (row 78). */
export function CommitteePanel({ companyId, server, stamp, changed, format }: CommitteePanelProps) {
  const source = usePanel<CommitteeCardView>(server, recordCardsApi.getCommittee(companyId), stamp);
  return (
    <CardBody source={source} what="the buying committee">
      {(view) =>
        view.people.length === 0 ? (
          <EmptyState title="Nobody is known here yet" imageName="contacts" layout="vertical" imageWidth={120}>
            <Text>Link contacts to this company. Their parts in the purchase are given here.</Text>
          </EmptyState>
        ) : (
          <Flex direction="column" gap="sm">
            <CoverageLine coverage={view.coverage} />
            {view.warnings.length === 0 ? null : (
              <Alert title="Mind this" variant="warning">
                {view.warnings.join(" ")}
              </Alert>
            )}
            <Text variant="microcopy">{stageText(view.stage, format)}</Text>
            <PeopleTable people={view.people} format={format}>
              {(person) => (
                <Writes>
                  <Button
                    size="xs"
                    overlay={
                      <RolePanel
                        key={person.roles.map(({ key }) => key).join()}
                        person={person}
                        choices={view.roles}
                        companyId={view.companyId}
                        server={server}
                        saved={() => {
                          source.refresh();
                          changed();
                        }}
                      />
                    }
                  >
                    {person.roles.length === 0 ? "Give a role" : "Change"}
                  </Button>
                </Writes>
              )}
            </PeopleTable>
            {view.peopleCount > view.people.length ? (
              <Text variant="microcopy">{`and ${view.peopleCount - view.people.length} more people`}</Text>
            ) : null}
          </Flex>
        )
      }
    </CardBody>
  );
}
