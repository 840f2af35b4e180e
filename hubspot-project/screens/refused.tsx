import { Alert, Flex, Text } from "@hubspot/ui-extensions";
import { Lines } from "./lines.tsx";
import { titleOf, type Write } from "./use-write.ts";

const mostFaults = 50;

/** Why a write was refused: each fault of a document with its place and the remedy. */
export function Refused({ write }: { write: Pick<Write, "refusal"> }) {
  if (write.refusal === null) return null;
  const { message, faults } = write.refusal;
  return (
    <Alert title={titleOf(write.refusal)} variant="danger">
      <Flex direction="column" gap="xs">
        <Text>{message}</Text>
        <Lines lines={faults.map((fault) => `${fault.path}: ${fault.message}`)} most={mostFaults} />
      </Flex>
    </Alert>
  );
}
