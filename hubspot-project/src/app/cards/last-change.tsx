import { Flex, Heading, List, Text } from "@hubspot/ui-extensions";
import type { ChangeView } from "@touchstone/shared/card-api.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";

interface LastChangeProps {
  readonly change: ChangeView;
  readonly format: ReaderFormat;
}

export function LastChange({ change, format }: LastChangeProps) {
  return (
    <Flex direction="column" gap="xs">
      <Heading>Last change</Heading>
      <Text>{changeText(change, format)}</Text>
      {change.reasons.length === 0 ? null : (
        <List variant="unordered-styled">
          {change.reasons.map((reason) => (
            <Text key={reason}>{reason}</Text>
          ))}
        </List>
      )}
    </Flex>
  );
}

export function changeText(change: ChangeView, format: ReaderFormat): string {
  const score = (value: number | null) => (value === null ? "no score" : format.score(value));
  const moved = `${format.moment(change.at)}: priority ${score(change.from)} → ${score(change.to)}`;
  if (change.tierFrom === change.tierTo) return moved;
  return `${moved}, ${change.tierFrom ?? "no tier"} → ${change.tierTo ?? "no tier"}`;
}
