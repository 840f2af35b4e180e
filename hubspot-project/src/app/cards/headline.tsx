import { Flex, Heading, Inline, Tag, Text } from "@hubspot/ui-extensions";
import type { AccountView } from "@touchstone/shared/card-api.ts";
import { ProvisionalTag } from "./account-line.tsx";

/** The state in words, before any number (market.md row 48). */
export function Headline({ view }: { view: AccountView }) {
  return (
    <Flex direction="column" gap="xs">
      <Inline gap="sm" align="center">
        <Heading>{view.headline}</Heading>
        {view.priority?.provisional === true && view.state === "scored" ? (
          <ProvisionalTag percent={view.priority.coveragePercent} />
        ) : null}
        {view.pending ? <Tag variant="info">Updating</Tag> : null}
      </Inline>
      {view.mergedFrom === null ? null : (
        <Text variant="microcopy">
          This record was merged into {view.name ?? "another company"}, whose score this is.
        </Text>
      )}
      <Text>{view.reason}</Text>
      {view.state === "excluded" ? (
        <Text variant="microcopy">An excluded account gets no score and no tier until the reason is gone.</Text>
      ) : null}
    </Flex>
  );
}
