import { Button, Flex, Link, TableCell, TableRow, Tag, Text } from "@hubspot/ui-extensions";
import type { TodayLine } from "@touchstone/shared/home-api.ts";
import { ExcuseModal } from "./excuse-modal.tsx";
import { Writes } from "./writes.tsx";

interface TodayRowProps {
  readonly line: TodayLine;
  refresh(): void;
}

export function TodayRow({ line, refresh }: TodayRowProps) {
  return (
    <TableRow>
      <TableCell width="min">{line.rank}</TableCell>
      <TableCell>
        <Flex direction="column" gap="flush">
          <Link href={line.recordUrl}>{line.company}</Link>
          <Text variant="microcopy">{line.standing}</Text>
        </Flex>
      </TableCell>
      <TableCell>
        <Flex direction="column" gap="flush">
          <Text>{line.why}</Text>
          {line.evidence.map((text) => (
            <Text key={text} variant="microcopy">
              {text}
            </Text>
          ))}
        </Flex>
      </TableCell>
      <TableCell>{line.person ?? "Nobody by name yet"}</TableCell>
      <TableCell>
        <TimeLeft line={line} />
      </TableCell>
      <TableCell>{line.lastTouch}</TableCell>
      <TableCell width="min" align="right">
        {line.kind === "call" ? null : (
          <Writes>
            <Button variant="secondary" size="xs" overlay={<ExcuseModal line={line} refresh={refresh} />}>
              No outreach needed
            </Button>
          </Writes>
        )}
      </TableCell>
    </TableRow>
  );
}

function TimeLeft({ line }: { line: TodayLine }) {
  if (line.timeLeft === null) return <Text variant="microcopy">No deadline</Text>;
  return (
    <Flex direction="column" gap="flush" align="start">
      <Tag variant={line.kind === "over" ? "error" : "warning"}>{line.timeLeft}</Tag>
      <Text variant="microcopy">{line.due}</Text>
    </Flex>
  );
}
