import { Flex, Heading, LoadingButton, Text } from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import { RefreshRow } from "@touchstone/screens/refresh-row.tsx";
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

const kinds: readonly { key: HygieneKind; title: string; action: string | null }[] = [
  { key: "add", title: "Worth adding", action: "Add" },
  { key: "remove", title: "Worth removing", action: "Remove" },
  { key: "no owner", title: "Without an owner", action: null },
  { key: "neglected", title: "Not touched in time", action: null },
  { key: "stale", title: "Without engagement", action: "Remove" },
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
            <Lines lines={lines} action={action} refresh={source.refresh} />
            {lines.length < view.counts[key] ? (
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
  readonly action: string | null;
  refresh(): void;
}

function Lines({ lines, action, refresh }: LinesProps) {
  const client = useClient();
  const write = useWrite();
  const follow = async ({ kind, companyId, company }: HygieneLine) => {
    const name = company ?? "The account";
    const adds = kind === "add";
    const ask = () => (adds ? client.addToList([companyId]) : client.removeFromList([companyId]));
    const done = `${name} is ${adds ? "on" : "off"} the list.`;
    if ((await write.send(ask, done, companyId)) !== null) refresh();
  };
  return (
    <PlainTable
      columns={["Account", "Why", ""]}
      rows={lines.map((line) => ({
        key: `${line.companyId} ${line.reason}`,
        cells: [
          <CompanyLink key="name" of={line} />,
          line.reason,
          action === null ? null : (
            <Writes key="follow">
              <LoadingButton
                variant="secondary"
                size="xs"
                loading={write.sending === line.companyId}
                disabled={write.busy}
                onClick={() => void follow(line)}
              >
                {action}
              </LoadingButton>
            </Writes>
          ),
        ],
      }))}
    />
  );
}
