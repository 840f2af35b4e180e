import { Flex, Heading, LoadingButton, Text } from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { ConfirmButton } from "@touchstone/screens/confirm-button.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import { RefreshRow } from "@touchstone/screens/refresh-row.tsx";
import { Refused } from "@touchstone/screens/refused.tsx";
import { type AnswerSource, useAnswer } from "@touchstone/screens/use-answer.ts";
import { useWrite } from "@touchstone/screens/use-write.ts";
import type { HygieneKind, HygieneLine, HygieneView } from "@touchstone/shared/target-list-api.ts";
import { useClient } from "./client-context.ts";
import { CompanyLink } from "./company-link.tsx";
import { Nothing } from "./nothing.tsx";
import { Writes } from "./writes.tsx";

/** What of the list asks for a decision, each with its evidence (market.md rows 141 and 142). */
export function HygieneTab() {
  const source = useAnswer(useClient().getHygiene);
  return (
    <Answered source={source} what="the suggestions">
      {(view) =>
        view.lines.length === 0 ? <Nothing text={nothingToDo} /> : <Suggestions view={view} source={source} />
      }
    </Answered>
  );
}

const nothingToDo = { title: "The list is in order", text: "No account asks to be added, removed or looked after." };

const kinds: readonly { key: HygieneKind; title: string; action: "add" | "remove" | null }[] = [
  { key: "add", title: "Worth adding", action: "add" },
  { key: "remove", title: "Worth removing", action: "remove" },
  { key: "no owner", title: "Without an owner", action: null },
  { key: "neglected", title: "Not touched in time", action: null },
  { key: "stale", title: "Without engagement", action: "remove" },
];

function Suggestions({ view, source }: { view: HygieneView; source: AnswerSource<HygieneView> }) {
  return (
    <Flex direction="column" gap="lg">
      {kinds.map(({ key, title, action }) => {
        const lines = view.lines.filter((line) => line.kind === key);
        if (lines.length === 0) return null;
        return (
          <Flex key={key} direction="column" gap="xs">
            <Heading>{`${title}: ${view.counts[key]}`}</Heading>
            <Lines lines={lines} action={action} removing={view.removing} refresh={source.refresh} />
            {String(lines.length) !== view.counts[key] ? (
              <Text variant="microcopy">{`The first ${lines.length} are shown.`}</Text>
            ) : null}
          </Flex>
        );
      })}
      <RefreshRow source={source} />
    </Flex>
  );
}

interface LinesProps {
  readonly lines: readonly HygieneLine[];
  readonly action: "add" | "remove" | null;
  readonly removing: string;
  refresh(): void;
}

const Lines = ({ lines, action, removing, refresh }: LinesProps) => (
  <PlainTable
    columns={["Account", "Why", ""]}
    rows={lines.map((line) => ({
      key: `${line.companyId} ${line.reason}`,
      cells: [
        <CompanyLink key="name" of={line} />,
        line.reason,
        <Writes key="follow">
          {action === "add" ? <AddButton line={line} refresh={refresh} /> : null}
          {action === "remove" ? <RemoveButton line={line} removing={removing} refresh={refresh} /> : null}
        </Writes>,
      ],
    }))}
  />
);

interface FollowProps {
  readonly line: HygieneLine;
  refresh(): void;
}

/** Adding takes nothing away and is taken back by removing: it asks nothing. The suggestion comes from the score, so from the CRM. */
function AddButton({ line: { companyId, company }, refresh }: FollowProps) {
  const client = useClient();
  const write = useWrite();
  const add = async () => {
    const done = `${company ?? "The account"} is on the list.`;
    if ((await write.send(() => client.addToList([companyId], "crm"), done)) !== null) refresh();
  };
  return (
    <Flex direction="column" gap="xs">
      <LoadingButton variant="secondary" size="xs" loading={write.busy} onClick={() => void add()}>
        Add
      </LoadingButton>
      <Refused write={write} />
    </Flex>
  );
}

function RemoveButton({
  line: { companyId, company, reason },
  removing,
  refresh,
}: FollowProps & Pick<LinesProps, "removing">) {
  const client = useClient();
  const write = useWrite();
  const name = company ?? "This account";
  const remove = async () => {
    const removed = await write.send(() => client.removeFromList([companyId]), `${name} is off the list.`);
    if (removed !== null) refresh();
    return removed !== null;
  };
  return (
    <ConfirmButton
      id={`remove-${companyId}`}
      label="Remove"
      title={`Take ${name} off the list?`}
      yes="Take it off the list"
      destructive
      small
      write={write}
      confirm={remove}
    >
      <Text>{reason}</Text>
      <Text>{removing}</Text>
    </ConfirmButton>
  );
}
