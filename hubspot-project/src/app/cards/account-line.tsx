import { Flex, Heading, Inline, Tag, Text, Tooltip } from "@hubspot/ui-extensions";
import type { AccountBrief } from "@touchstone/shared/record-cards-api.ts";

/** The account of a person or a deal in a few words. */
export function AccountLine({ account }: { account: AccountBrief }) {
  const figures = [
    account.priority === null ? null : `Priority ${account.priority}`,
    account.readiness === null ? null : `Readiness ${account.readiness}`,
  ].filter((figure) => figure !== null);
  return (
    <Flex direction="column" gap="xs">
      <Inline gap="sm" align="center">
        <Heading>{account.name ?? "The company"}</Heading>
        {account.provisional ? <ProvisionalTag percent={account.coveragePercent ?? 0} /> : null}
        {account.pending ? <Tag variant="info">Updating</Tag> : null}
      </Inline>
      <Text format={{ fontWeight: "demibold" }}>{account.headline}</Text>
      {figures.length === 0 ? null : <Text>{figures.join(" · ")}</Text>}
      <Text variant="microcopy">{account.reason}</Text>
    </Flex>
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
