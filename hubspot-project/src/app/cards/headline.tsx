import { Heading, Inline, Tag, Text } from "@hubspot/ui-extensions";
import type { AccountView } from "@touchstone/shared/card-api.ts";
import { ProvisionalTag } from "./account-line.tsx";
import { Column } from "./column.tsx";
import { Small } from "./small.tsx";

/** The state in words, before any number (market.md row 48). */
export function Headline({ view }: { view: AccountView }) {
  return (
    <Column>
      <Inline gap="sm" align="center">
        <Heading>{view.headline}</Heading>
        {view.priority?.provisional === true && view.state === "scored" ? (
          <ProvisionalTag percent={view.priority.coveragePercent} />
        ) : null}
        {view.pending ? <Tag variant="info">Updating</Tag> : null}
      </Inline>
      {view.mergedFrom === null ? null : (
        <Small>This record was merged into {view.name ?? "another company"}, whose score this is.</Small>
      )}
      <Text>{view.reason}</Text>
      {view.state === "excluded" ? (
        <Small>An excluded account gets no score and no tier until the reason is gone.</Small>
      ) : null}
    </Column>
  );
}
