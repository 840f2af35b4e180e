import { Heading, List, Text } from "@hubspot/ui-extensions";
import { Column } from "./column.tsx";

interface ListedProps {
  readonly title: string;
  readonly lines: readonly string[];
  /** Said when there are none; without it nothing is shown then. */
  readonly empty?: string;
}

/** A heading with a line for each fact. */
export function Listed({ title, lines, empty }: ListedProps) {
  if (lines.length === 0 && empty === undefined) return null;
  return (
    <Column>
      <Heading>{title}</Heading>
      {lines.length === 0 ? (
        <Text>{empty}</Text>
      ) : (
        <List variant="unordered-styled">
          {lines.map((line) => (
            <Text key={line}>{line}</Text>
          ))}
        </List>
      )}
    </Column>
  );
}
