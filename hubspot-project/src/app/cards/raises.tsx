import { Flex, Heading, List, Text } from "@hubspot/ui-extensions";
import type { RaiseView } from "@touchstone/shared/card-api.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";

const SHOWN = 3;

interface RaisesProps {
  readonly raises: readonly RaiseView[];
  readonly format: ReaderFormat;
}

export function Raises({ raises, format }: RaisesProps) {
  if (raises.length === 0) return null;
  return (
    <Flex direction="column" gap="xs">
      <Heading>What would raise it</Heading>
      <List variant="unordered-styled">
        {raises.slice(0, SHOWN).map((raise) => (
          <Text key={`${raise.model}:${raise.action}`}>
            {`${raise.action}: ${raise.upTo ? "up to " : ""}${format.change(raise.points)} ${raise.model}`}
          </Text>
        ))}
      </List>
    </Flex>
  );
}
