import { Button, Flex, Select, Text, TextArea } from "@hubspot/ui-extensions";
import { PageLink } from "@hubspot/ui-extensions/pages";
import { FormModal } from "@touchstone/screens/form-modal.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import { useWrite } from "@touchstone/screens/use-write.ts";
import { type ColdAnswer, coldAnswers } from "@touchstone/shared/cold-api.ts";
import type { PauseLine } from "@touchstone/shared/home-api.ts";
import { useState } from "react";
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
          line.company === null ? (
            <PageLink key="plays" to="/plays">
              Open plays
            </PageLink>
          ) : (
            <Writes key="decide">
              <Button variant="secondary" size="xs" overlay={<ColdModal line={line} refresh={refresh} />}>
                Decide
              </Button>
            </Writes>
          ),
        ],
      }))}
    />
  );
}

const isAnswer = (value: unknown): value is ColdAnswer =>
  typeof value === "string" && Object.hasOwn(coldAnswers, value);
const options = Object.entries(coldAnswers).map(([value, label]) => ({ value, label }));

function ColdModal({ line, refresh }: { line: PauseLine; refresh(): void }) {
  const client = useClient();
  const write = useWrite();
  const [answer, setAnswer] = useState<ColdAnswer>("change");
  const [typed, setTyped] = useState("");
  const note = typed.trim();
  const submit = async () => {
    const ask = () => client.answerCold(line.key, { answer, note });
    if ((await write.send(ask, `Kept for ${line.name}: ${coldAnswers[answer]}.`)) === null) return false;
    refresh();
    return true;
  };
  return (
    <FormModal
      id={`cold-${line.key}`}
      title={`${line.name} has gone cold`}
      yes="Keep this decision"
      disabled={note.length < 3}
      write={write}
      submit={submit}
    >
      <Text>{line.detail}</Text>
      <Select
        label="Decision"
        name="answer"
        required
        value={answer}
        options={options}
        onChange={(value) => isAnswer(value) && setAnswer(value)}
      />
      <TextArea
        label="What was tried"
        name="note"
        required
        value={typed}
        maxLength={1000}
        description="So that the next meeting knows."
        onInput={setTyped}
      />
    </FormModal>
  );
}
