import { Button, Flex, Text } from "@hubspot/ui-extensions";
import { PageLink } from "@hubspot/ui-extensions/pages";
import { ConfirmButton } from "@touchstone/screens/confirm-button.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import { useWrite } from "@touchstone/screens/use-write.ts";
import { type ColdAnswer, coldAnswers } from "@touchstone/shared/cold-api.ts";
import type { PauseLine } from "@touchstone/shared/home-api.ts";
import { ChoiceModal } from "./choice-modal.tsx";
import { useClient } from "./client-context.ts";
import { CompanyLink } from "./company-link.tsx";
import { Writes } from "./writes.tsx";

interface PauseTableProps {
  readonly lines: readonly PauseLine[];
  refresh(): void;
}

/** Plays and accounts that somebody must decide about: plays on their own page, accounts here (row 84). */
export function PauseTable({ lines, refresh }: PauseTableProps) {
  return (
    <PlainTable
      columns={["Play or account", "Why", ""]}
      rows={lines.map((line) => ({
        key: line.key,
        cells: [
          line.company === null ? line.name : <CompanyLink key="name" of={line.company} />,
          <Flex key="why" direction="column" gap="flush">
            <Text>{line.why}</Text>
            <Text variant="microcopy">{line.detail}</Text>
          </Flex>,
          line.asks === "play" ? (
            <PageLink key="plays" to="/plays">
              Open plays
            </PageLink>
          ) : (
            <Writes key="decide">
              {line.asks === "cold" ? (
                <Button variant="secondary" size="xs" overlay={<ColdModal line={line} refresh={refresh} />}>
                  Decide
                </Button>
              ) : (
                <Demotion line={line} refresh={refresh} />
              )}
            </Writes>
          ),
        ],
      }))}
    />
  );
}

interface DecideProps {
  readonly line: PauseLine;
  refresh(): void;
}

function Demotion({ line: { key, company, name, detail }, refresh }: DecideProps) {
  const client = useClient();
  const write = useWrite();
  const button = (label: string, approve: boolean) => (
    <ConfirmButton
      id={`${approve} ${key}`}
      label={label}
      title={`${label}: ${name}?`}
      yes={label}
      small
      write={write}
      confirm={async () => {
        const ask = () => client.answerDemotion(company?.companyId ?? "", approve);
        const done = (await write.send(ask, `${label}: ${name}.`)) !== null;
        if (done) refresh();
        return done;
      }}
    >
      <Text>{detail}</Text>
    </ConfirmButton>
  );
  return (
    <Flex gap="xs">
      {button("Move down", true)}
      {button("Leave it", false)}
    </Flex>
  );
}

function ColdModal({ line, refresh }: DecideProps) {
  const client = useClient();
  return (
    <ChoiceModal<ColdAnswer>
      id={`cold-${line.key}`}
      title={`${line.name} has gone cold`}
      yes="Keep this decision"
      text={line.detail}
      label="Decision"
      choices={coldAnswers}
      standing="change"
      note={triedNote}
      send={(answer, note) => client.answerCold(line.key, { answer, note })}
      done={(answer) => `Kept for ${line.name}: ${coldAnswers[answer]}.`}
      refresh={refresh}
    />
  );
}

const triedNote = {
  label: "What was tried",
  description: "So that the next meeting knows.",
  problemOf: (_: string, note: string) => (note.length < 3 ? "Say what was tried." : ""),
};
