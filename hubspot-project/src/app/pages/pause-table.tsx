import { Button, Flex, Text } from "@hubspot/ui-extensions";
import { PageLink } from "@hubspot/ui-extensions/pages";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
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
              <Button
                variant="secondary"
                size="xs"
                overlay={
                  line.asks === "cold" ? <ColdModal {...{ line, refresh }} /> : <DemotionModal {...{ line, refresh }} />
                }
              >
                Decide
              </Button>
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

const demotionAnswers = { yes: "Move down", no: "Leave it" } as const;

function DemotionModal({ line: { key, company, name, detail }, refresh }: DecideProps) {
  const client = useClient();
  return (
    <ChoiceModal<keyof typeof demotionAnswers>
      id={key}
      title={`${name} asks to move down`}
      yes="Keep this decision"
      text={detail}
      label="Decision"
      choices={demotionAnswers}
      standing="no"
      send={(answer) => client.answerDemotion(company?.companyId ?? "", answer === "yes")}
      done={(answer) => `${demotionAnswers[answer]}: ${name}.`}
      refresh={refresh}
    />
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
  problemOf: (_: string, note: string) => (note.length < 3 ? "Say what was tried." : ""),
};
