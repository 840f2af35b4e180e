import { Alert, Flex, Text } from "@hubspot/ui-extensions";
import { Lines } from "./lines.tsx";
import { titleOf, type Write } from "./use-write.ts";

const mostFaults = 50;

interface RefusedProps {
  readonly write: Pick<Write, "refusal">;
  /** Names the place in the file instead of the field of the form. */
  readonly byPath?: boolean;
}

/** Why a write was refused: each fault of a document with its place and the remedy. */
export function Refused({ write, byPath = false }: RefusedProps) {
  if (write.refusal === null) return null;
  const { message, faults } = write.refusal;
  const lines = faults.map(({ path, place, message: fault }) =>
    byPath || place === undefined ? `${path}: ${fault}` : `“${place}”: ${fault}`,
  );
  return (
    <Alert title={titleOf(write.refusal)} variant="danger">
      <Flex direction="column" gap="xs">
        <Text>{message}</Text>
        <Lines lines={lines} most={mostFaults} />
      </Flex>
    </Alert>
  );
}
