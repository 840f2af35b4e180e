import { Flex, Heading, List, Text } from "@hubspot/ui-extensions";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { DatedLine } from "@touchstone/shared/record-cards-api.ts";

interface DatedLinesProps {
  readonly title: string;
  readonly lines: readonly DatedLine[];
  /** Said when there are none. */
  readonly empty: string;
  readonly format: ReaderFormat;
}

/** Evidence: who or what, and when. */
export function DatedLines({ title, lines, empty, format }: DatedLinesProps) {
  return (
    <Flex direction="column" gap="xs">
      <Heading>{title}</Heading>
      {lines.length === 0 ? (
        <Text>{empty}</Text>
      ) : (
        <List variant="unordered-styled">
          {lines.map(({ text, at }) => (
            <Text key={`${at}:${text}`}>{at === null ? text : `${text}, ${format.day(at)}`}</Text>
          ))}
        </List>
      )}
    </Flex>
  );
}
