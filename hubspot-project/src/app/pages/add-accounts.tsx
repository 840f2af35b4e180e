import { ButtonRow, Flex, Form, Heading, List, LoadingButton, Text, TextArea } from "@hubspot/ui-extensions";
import { Refused } from "@touchstone/screens/refused.tsx";
import type { Write } from "@touchstone/screens/use-write.ts";
import type { EnrolledView, PlayView } from "@touchstone/shared/plays-api.ts";
import { useState } from "react";
import { useClient } from "./client-context.ts";

/** As many as the server takes at once. */
const most = 500;

interface AddAccountsProps {
  readonly play: PlayView;
  /** Of whoever knows when the panel is closed. */
  readonly write: Write;
  refresh(): void;
}

/** Takes accounts into a play by the ids of their companies, and says of each what became of it. */
export function AddAccounts({ play, write, refresh }: AddAccountsProps) {
  const client = useClient();
  const [typed, setTyped] = useState("");
  const [answer, setAnswer] = useState<EnrolledView | null>(null);
  const ids = [...new Set(typed.split(/[\s,;]+/).filter((id) => id !== ""))];
  const problem = problemOf(ids);
  const add = async () => {
    if (ids.length === 0 || problem !== "") return;
    setAnswer(null);
    const added = await write.send(
      () => client.enrol(play.playId, ids),
      `${play.play.name}: the panel says what became of each account.`,
    );
    if (added === null) return;
    setAnswer(added);
    setTyped("");
    refresh();
  };
  return (
    <Form onSubmit={() => void add()} preventDefault>
      <Flex direction="column" gap="sm">
        <Heading>Add accounts</Heading>
        <TextArea
          label="Company ids"
          name="companyIds"
          description="One a line, or separated by commas: the number at the end of the company record’s address."
          value={typed}
          maxLength={most * 21}
          error={problem !== ""}
          validationMessage={problem}
          onInput={setTyped}
        />
        <Refused write={write} />
        {answer === null ? null : <Outcome answer={answer} />}
        <ButtonRow>
          <LoadingButton
            type="submit"
            variant="secondary"
            loading={write.busy}
            disabled={ids.length === 0 || problem !== ""}
          >
            Add accounts
          </LoadingButton>
        </ButtonRow>
        <Text variant="microcopy">{`For the workflow action Enrol in play, the id of this play: ${play.playId}`}</Text>
      </Flex>
    </Form>
  );
}

function problemOf(ids: readonly string[]): string {
  const wrong = ids.find((id) => !/^\d{1,20}$/.test(id));
  if (wrong !== undefined) return `${wrong.slice(0, 40)} is no company id: an id has digits only.`;
  return ids.length > most ? `At most ${most} at once.` : "";
}

const Outcome = ({ answer }: { answer: EnrolledView }) => (
  <>
    <Text>{`New in the play: ${answer.enrolled} of ${answer.lines.length}`}</Text>
    <List variant="unordered-styled">
      {answer.lines.map(({ companyId, message }) => (
        <Text key={companyId} variant="microcopy">{`${companyId}: ${message}`}</Text>
      ))}
    </List>
  </>
);
