import { Alert, Button, ButtonRow, Flex, LoadingButton, Text } from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import { RefreshRow } from "@touchstone/screens/refresh-row.tsx";
import { type AnswerSource, useAnswer } from "@touchstone/screens/use-answer.ts";
import { useWrite } from "@touchstone/screens/use-write.ts";
import type { SpotCheckAccountView, SpotCheckView } from "@touchstone/shared/target-list-api.ts";
import { AnswersModal } from "./answers-modal.tsx";
import { useClient } from "./client-context.ts";
import { CompanyLink } from "./company-link.tsx";
import { Nothing } from "./nothing.tsx";
import { Writes } from "./writes.tsx";

/** A fifth of the list, looked at by hand, with the verdict of the sample (market.md rows 9 and 10). */
export function SpotCheckTab() {
  const client = useClient();
  const source = useAnswer(client.getSpotCheck);
  const { answer } = source;
  if (answer.status === "failed" && answer.code === 404) return <NotDrawn show={source.show} />;
  return (
    <Answered source={source} what="the spot check">
      {(check) => <Check check={check} source={source} />}
    </Answered>
  );
}

const notDrawn = {
  title: "No spot check was drawn yet",
  text: "Touchstone draws a fifth of the list by tier. You look at each account; below 80 % valid, the list is made again.",
};

function NotDrawn({ show }: { show(check: SpotCheckView): void }) {
  return (
    <Nothing text={notDrawn}>
      <DrawButton variant="primary" show={show}>
        Draw the accounts
      </DrawButton>
    </Nothing>
  );
}

/** Another seed draws other accounts; the same one, sent again, the same. */
const newSeed = (): string => Date.now().toString(36);

interface DrawButtonProps {
  readonly variant: "primary" | "secondary";
  readonly children: string;
  show(check: SpotCheckView): void;
}

function DrawButton({ variant, children, show }: DrawButtonProps) {
  const client = useClient();
  const write = useWrite();
  const draw = async () => {
    const check = await write.send(() => client.drawSpotCheck(newSeed()), "The accounts of the spot check are drawn.");
    if (check !== null) show(check);
  };
  return (
    <Writes>
      <LoadingButton variant={variant} loading={write.busy} onClick={() => void draw()}>
        {children}
      </LoadingButton>
    </Writes>
  );
}

const alarms = { open: "info", proceed: "success", stop: "danger" } as const;

function Check({ check, source }: { check: SpotCheckView; source: AnswerSource<SpotCheckView> }) {
  return (
    <Flex direction="column" gap="md">
      <Alert title="What the sample says" variant={alarms[check.verdict]}>
        {check.text}
      </Alert>
      <PlainTable
        columns={["Account", "Tier", "Data is right", "Has the problem", "Is buying", ""]}
        rows={check.accounts.map((account) => ({ key: account.companyId, cells: cellsOf(account, source.show) }))}
      />
      <Text variant="microcopy">{`Drawn by tier from the seed ${check.seed}: ${check.accounts.length} of a list of ${check.listSize}.`}</Text>
      <ButtonRow>
        <DrawButton variant="secondary" show={source.show}>
          Draw new accounts
        </DrawButton>
      </ButtonRow>
      <RefreshRow source={source} />
    </Flex>
  );
}

const words = { yes: "Yes", no: "No", unknown: "Cannot tell" } as const;

const cellsOf = (account: SpotCheckAccountView, show: (check: SpotCheckView) => void) => [
  <CompanyLink key="name" of={account} />,
  account.tierLabel,
  ...[account.dataMatches, account.hasProblem, account.isBuying].map((answer) =>
    answer === null ? "—" : words[answer],
  ),
  <Writes key="answer">
    <Button variant="secondary" size="xs" overlay={<AnswersModal account={account} show={show} />}>
      Answer
    </Button>
  </Writes>,
];
