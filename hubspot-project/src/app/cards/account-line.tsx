import { Heading, Inline, Tag, Text, Tooltip } from "@hubspot/ui-extensions";
import type { AccountBrief } from "@touchstone/shared/record-cards-api.ts";
import { Bold } from "./bold.tsx";
import { Column } from "./column.tsx";
import { Small } from "./small.tsx";

/** The account of a person or a deal in a few words. */
export function AccountLine({ account }: { account: AccountBrief }) {
  const figures = [
    account.priority === null ? null : `Priority ${account.priority}`,
    account.readiness === null ? null : `Readiness ${account.readiness}`,
  ].filter((figure) => figure !== null);
  return (
    <Column>
      <Inline gap="sm" align="center">
        <Heading>{account.name ?? "The company"}</Heading>
        {account.provisional ? <ProvisionalTag percent={account.coveragePercent ?? 0} /> : null}
        {account.pending ? <Tag variant="info">Updating</Tag> : null}
      </Inline>
      <Bold>{account.headline}</Bold>
      {figures.length === 0 ? null : <Text>{figures.join(" · ")}</Text>}
      <Small>{account.reason}</Small>
    </Column>
  );
}

export function ProvisionalTag({ percent }: { percent: number }) {
  return (
    <Tag
      variant="warning"
      overlay={<Tooltip>{`Only ${percent} % of the points can be known yet. The score can still move a lot.`}</Tooltip>}
    >
      Provisional
    </Tag>
  );
}
