import { Alert, Button, ButtonRow, Flex, Tag, Text } from "@hubspot/ui-extensions";
import { PageLink } from "@hubspot/ui-extensions/pages";
import { Answered } from "@touchstone/screens/answered.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import { RefreshRow } from "@touchstone/screens/refresh-row.tsx";
import { type AnswerSource, useAnswer } from "@touchstone/screens/use-answer.ts";
import {
  type RetentionView,
  sourceLabels,
  type TargetAccountView,
  type TargetListView,
} from "@touchstone/shared/target-list-api.ts";
import { useCallback, useState } from "react";
import { useClient } from "./client-context.ts";
import { CompanyLink } from "./company-link.tsx";
import { Nothing } from "./nothing.tsx";
import { ReviewModal } from "./review-modal.tsx";
import { Writes } from "./writes.tsx";

/** Sales keeps or rejects each account, with a reason (market.md rows 11 and 12). */
export function ValidationTab() {
  const client = useClient();
  const [after, setAfter] = useState<string | null>(null);
  const source = useAnswer(useCallback(() => client.getList(after), [client, after]));
  return (
    <Answered source={source} what="the target list">
      {(view) => (view.size === 0 ? <EmptyList /> : <Page view={view} source={source} after={after} turn={setAfter} />)}
    </Answered>
  );
}

const emptyList = {
  title: "No account is on the target list",
  text: "Paste your own under Add accounts, or take those that Touchstone suggests under Hygiene.",
};

const EmptyList = () => (
  <Nothing text={emptyList}>
    <PageLink to="/onboarding">Open the checklist</PageLink>
  </Nothing>
);

interface PageProps {
  readonly view: TargetListView;
  readonly source: AnswerSource<TargetListView>;
  readonly after: string | null;
  turn(after: string | null): void;
}

function Page({ view, source, after, turn }: PageProps) {
  return (
    <Flex direction="column" gap="md">
      <Retention retention={view.retention} />
      <PlainTable
        columns={["Account", "Tier", "Priority", "From", "Sales says", ""]}
        rows={view.accounts.map((account) => ({
          key: account.companyId,
          cells: [
            <AccountName key="name" account={account} />,
            account.tierLabel,
            account.score ?? "n/a",
            account.sources.map((source) => sourceLabels[source] ?? source).join(", "),
            <Verdict key="verdict" account={account} />,
            <Writes key="review">
              <Button
                variant="secondary"
                size="xs"
                overlay={<ReviewModal account={account} refresh={source.refresh} />}
              >
                Review
              </Button>
            </Writes>,
          ],
        }))}
      />
      <Text variant="microcopy">{`Shown: ${view.accounts.length} of ${view.size}, in the order of their ids.`}</Text>
      <ButtonRow>
        {after === null ? null : (
          <Button variant="secondary" onClick={() => turn(null)}>
            From the beginning
          </Button>
        )}
        {view.after === null ? null : (
          <Button variant="secondary" onClick={() => turn(view.after)}>
            Next page
          </Button>
        )}
      </ButtonRow>
      <RefreshRow source={source} />
    </Flex>
  );
}

const alarms = { "not reviewed": "info", ok: "success", "ICP suspect": "warning", "launch blocked": "danger" } as const;

const Retention = ({ retention }: { retention: RetentionView }) => (
  <Alert title="What sales keeps" variant={alarms[retention.state]}>
    {retention.text}
  </Alert>
);

function AccountName({ account }: { account: TargetAccountView }) {
  const twins = account.duplicates.count;
  return (
    <Flex direction="column" gap="flush">
      <CompanyLink of={account} />
      <Text variant="microcopy">{account.domain ?? "No domain"}</Text>
      {twins === 0 ? null : (
        <Text variant="microcopy">{`Shares its domain with ${twins} more on the list: a duplicate?`}</Text>
      )}
    </Flex>
  );
}

function Verdict({ account }: { account: TargetAccountView }) {
  if (account.verdict === null) return <Text variant="microcopy">Not reviewed</Text>;
  if (account.verdict === "keep") return <Tag variant="success">Keep</Tag>;
  return (
    <Flex direction="column" gap="flush" align="start">
      <Tag variant="error">Reject</Tag>
      <Text variant="microcopy">{account.verdictReason}</Text>
    </Flex>
  );
}
