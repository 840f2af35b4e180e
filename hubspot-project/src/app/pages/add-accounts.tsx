import { Text } from "@hubspot/ui-extensions";
import type { Write } from "@touchstone/screens/use-write.ts";
import type { PlayView } from "@touchstone/shared/plays-api.ts";
import { useClient } from "./client-context.ts";
import { LinesForm } from "./lines-form.tsx";

interface AddAccountsProps {
  readonly play: PlayView;
  /** Of whoever knows when the panel is closed. */
  readonly write: Write;
  refresh(): void;
}

/** Takes accounts into a play by the ids of their companies, and says of each what became of it. */
export function AddAccounts({ play, write, refresh }: AddAccountsProps) {
  const client = useClient();
  const send = async (ids: readonly string[]) => {
    const added = await write.send(
      () => client.enrol(play.playId, ids),
      `${play.play.name}: the panel says what became of each account.`,
    );
    if (added === null) return null;
    refresh();
    return {
      summary: `New in the play: ${added.enrolled} of ${added.lines.length}`,
      lines: added.lines.map(({ companyId, message }) => `${companyId}: ${message}`),
    };
  };
  return (
    <>
      <LinesForm
        title="Add accounts"
        label="Company ids"
        description="One a line, or separated by commas: the number at the end of the company record’s address."
        between={/[\s,;]+/}
        write={write}
        problemOf={problemOf}
        send={send}
      />
      <Text variant="microcopy">{`For the workflow action Enrol in play, the id of this play: ${play.playId}`}</Text>
    </>
  );
}

function problemOf(ids: readonly string[]): string {
  const wrong = ids.find((id) => !/^\d{1,20}$/.test(id));
  return wrong === undefined ? "" : `${wrong.slice(0, 40)} is no company id: an id has digits only.`;
}
