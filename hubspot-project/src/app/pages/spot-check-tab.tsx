import { Alert, Button, ButtonRow, Flex, LoadingButton, Text } from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { ConfirmButton } from "@touchstone/screens/confirm-button.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import { RefreshRow } from "@touchstone/screens/refresh-row.tsx";
import { Refused } from "@touchstone/screens/refused.tsx";
import { type AnswerSource, useAnswer } from "@touchstone/screens/use-answer.ts";
import { useWrite } from "@touchstone/screens/use-write.ts";
import type { SpotCheckAccountView, SpotCheckView } from "@touchstone/shared/target-list-api.ts";
import { AnswersModal, answerWords } from "./answers-modal.tsx";
import { useClient } from "./client-context.ts";
import { CompanyLink } from "./company-link.tsx";
import { Nothing } from "./nothing.tsx";
import { Writes } from "./writes.tsx";

/** A fifth of the list, looked at by hand, with the verdict of the sample (market.md rows 9 and 10). */
export function SpotCheckTab() {
  const client = useClient();
  const source = useAnswer(client.getSpotCheck);
  const { answer } = source;
  if (answer.status === "failed" && answer.code === 404 && !answer.message.startsWith(notConnected))
    return <NotDrawn show={source.show} />;
  return (
    <Answered source={source} what="the spot check">
      {(check) => <Check check={check} source={source} />}
    </Answered>
  );
}

/** How the server's message begins when the portal is gone: that is 404 too, and an answer's error word does not come this far. */
const notConnected = "Touchstone is not connected";

const notDrawn = {
  title: "No spot check was drawn yet",
  text: "Touchstone draws a fifth of the list by tier. You look at each account; below 80 % valid, the list is made again.",
};

interface DrawProps {
  show(check: SpotCheckView): void;
}

const drawn = "The accounts of the spot check are drawn.";

function NotDrawn({ show }: DrawProps) {
  const client = useClient();
  const write = useWrite();
  const draw = async () => {
    const check = await write.send(() => client.drawSpotCheck(null), drawn);
    if (check !== null) show(check);
  };
  return (
    <Nothing text={notDrawn}>
      <Refused write={write} />
      <Writes>
        <LoadingButton variant="primary" loading={write.busy} onClick={() => void draw()}>
          Draw the accounts
        </LoadingButton>
      </Writes>
    </Nothing>
  );
}

/** The seed comes from the server with the check that is shown: pressed twice, or by two people, it draws one. */
function DrawAgain({ check, show }: DrawProps & { readonly check: SpotCheckView }) {
  const client = useClient();
  const write = useWrite();
  const { nextSeed } = check;
  const draw = async () => {
    const next = await write.send(() => client.drawSpotCheck(nextSeed), drawn);
    if (next !== null) show(next);
    return next !== null;
  };
  return (
    <Writes>
      <ConfirmButton
        id="draw-again"
        label="Draw new accounts"
        title="Draw a new spot check?"
        write={write}
        confirm={draw}
      >
        <Text>{check.again}</Text>
      </ConfirmButton>
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
        // The form of an account in another check begins anew.
        rows={check.accounts.map((account) => ({
          key: `${check.drawnAt} ${account.companyId}`,
          cells: cellsOf(account, source.show),
        }))}
      />
      <Text variant="microcopy">{check.drawn}</Text>
      <ButtonRow>
        <DrawAgain check={check} show={source.show} />
      </ButtonRow>
      <RefreshRow source={source} />
    </Flex>
  );
}

const cellsOf = (account: SpotCheckAccountView, show: (check: SpotCheckView) => void) => [
  <CompanyLink key="name" of={account} />,
  account.tierLabel,
  ...[account.dataMatches, account.hasProblem, account.isBuying].map((answer) =>
    answer === null ? "—" : answerWords[answer],
  ),
  <Writes key="answer">
    <Button variant="secondary" size="xs" overlay={<AnswersModal account={account} show={show} />}>
      Answer
    </Button>
  </Writes>,
];
