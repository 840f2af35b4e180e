import { Button, EmptyState, Flex, Heading, Inline, Tag, Text } from "@hubspot/ui-extensions";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import { type AccountPlay, type AccountPlaysView, recordCardsApi } from "@touchstone/shared/record-cards-api.ts";
import { CardBody } from "./card-states.tsx";
import { type PanelProps, usePanel } from "./use-panel.ts";
import { useWrite } from "./use-write.ts";
import { Writes } from "./writes.tsx";

/** The plays that the account is in, and the steps that come next. */
export function PlaysPanel({ companyId, server, stamp, changed, format }: PanelProps & { format: ReaderFormat }) {
  const source = usePanel<AccountPlaysView>(server, recordCardsApi.getPlays(companyId), stamp);
  const { writing, write } = useWrite(server, "touches");
  const finish = async (play: AccountPlay, step: number) => {
    const body = { companyId: source.card.status === "shown" ? source.card.view.companyId : companyId, step };
    const path = `/api/plays/${play.playId}/touches`;
    if (await write(path, { ...body, status: "done" }, `Noted as done in ${play.name}.`)) {
      source.refresh();
      changed();
    }
  };
  return (
    <CardBody source={source} what="the plays of this account">
      {({ plays }) =>
        plays.length === 0 ? (
          <EmptyState title="In no play" imageName="target" layout="vertical" imageWidth={120}>
            <Text>Add it to a play under Plays on the app’s home page, or with the workflow action Enrol in play.</Text>
          </EmptyState>
        ) : (
          <Flex direction="column" gap="md">
            {plays.map((play) => (
              <Flex key={play.playId} direction="column" gap="xs">
                <Inline gap="sm" align="center">
                  <Heading>{play.name}</Heading>
                  <Tag variant={play.state === "Running" ? "success" : "default"}>{play.state}</Tag>
                </Inline>
                <Text variant="microcopy">{`${play.progress}, in it since ${format.day(play.enrolledAt)}`}</Text>
                {play.next.map(({ step, text, dueAt, isDue }) => (
                  <Inline key={step} gap="sm" align="center">
                    <Text>{`${text}, ${isDue ? "due since" : "on"} ${format.day(dueAt)}`}</Text>
                    {isDue ? (
                      <Writes>
                        <Button size="xs" disabled={writing} onClick={() => void finish(play, step)}>
                          Done
                        </Button>
                      </Writes>
                    ) : null}
                  </Inline>
                ))}
              </Flex>
            ))}
          </Flex>
        )
      }
    </CardBody>
  );
}
