import { Button, Heading, Inline, Tag, Text } from "@hubspot/ui-extensions";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import { type AccountPlay, type AccountPlaysView, panelPath } from "@touchstone/shared/record-cards-api.ts";
import { CardBody } from "./card-states.tsx";
import { Column } from "./column.tsx";
import { EnrolForm } from "./enrol-form.tsx";
import { NothingHere } from "./nothing-here.tsx";
import { Small } from "./small.tsx";
import { type PanelProps, usePanel } from "./use-panel.ts";
import { useWrite } from "./use-write.ts";
import { Writes } from "./writes.tsx";

/** The plays that the account is in, the steps that come next, and a way into another play. */
export function PlaysPanel({ companyId, server, stamp, changed, format }: PanelProps & { format: ReaderFormat }) {
  const path = panelPath(companyId, "plays");
  const source = usePanel<AccountPlaysView>(server, path, stamp);
  const { writing, write } = useWrite(server);
  const after = async (written: Promise<boolean>) => {
    if (await written) changed();
  };
  const finish = ({ playId, name }: AccountPlay, step: number) => {
    const body = { companyId, step, status: "done" };
    void after(write(`/api/plays/${playId}/touches`, body, `Noted as done in ${name}.`, "touches"));
  };
  return (
    <CardBody source={source} what="the plays of this account">
      {({ plays, choices, exclusion }) => (
        <Column gap="md">
          {plays.length > 0 ? (
            plays.map((play) => (
              <PlayLines key={play.playId} play={play} writing={writing} finish={finish} format={format} />
            ))
          ) : (
            <NothingHere title="In no play">
              {exclusion ?? (choices.length > 0 ? "Choose one here." : noPlays)}
            </NothingHere>
          )}
          {plays.length > 0 && exclusion !== null ? <Text>{exclusion}</Text> : null}
          {choices.length === 0 ? null : (
            <Writes>
              <EnrolForm
                key={choices.length}
                choices={choices}
                writing={writing}
                take={({ label }, body) => void after(write(path, { ...body }, `Taken into ${label}.`))}
              />
            </Writes>
          )}
        </Column>
      )}
    </CardBody>
  );
}

const noPlays = "There is no play to take it into. Plays are made under Plays on the app’s home page.";

interface PlayLinesProps {
  readonly play: AccountPlay;
  readonly writing: boolean;
  readonly format: ReaderFormat;
  finish(play: AccountPlay, step: number): void;
}

function PlayLines({ play, writing, finish, format }: PlayLinesProps) {
  return (
    <Column>
      <Inline gap="sm" align="center">
        <Heading>{play.name}</Heading>
        <Tag variant={play.state === "Running" ? "success" : "default"}>{play.state}</Tag>
      </Inline>
      <Small>{`${play.progress}, in it since ${format.day(play.enrolledAt)}`}</Small>
      {play.next.map(({ step, text, dueAt, isDue }) => (
        <Inline key={step} gap="sm" align="center">
          <Text>{`${text}, ${isDue ? "due since" : "on"} ${format.day(dueAt)}`}</Text>
          {isDue ? (
            <Writes>
              <Button size="xs" disabled={writing} onClick={() => finish(play, step)}>
                Done
              </Button>
            </Writes>
          ) : null}
        </Inline>
      ))}
    </Column>
  );
}
