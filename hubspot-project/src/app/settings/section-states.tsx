import { Alert, ErrorState, Flex, List, LoadingButton, LoadingSpinner, Text } from "@hubspot/ui-extensions";
import type { ReactNode } from "react";
import type { AnswerSource } from "./use-answer.ts";
import type { Write } from "./use-write.ts";

export function NotConfigured() {
  return (
    <ErrorState title="This page is not set up" type="support">
      <Text>
        The app was uploaded without the address of its server. Ask whoever manages Touchstone to upload it again.
      </Text>
    </ErrorState>
  );
}

interface AnsweredProps<T> {
  readonly source: AnswerSource<T>;
  /** "the models": what is being read. */
  readonly what: string;
  children(value: T): ReactNode;
}

/** What stands in place of an answer that is not there, and above one that may be old. */
export function Answered<T>({ source, what, children }: AnsweredProps<T>) {
  const { answer } = source;
  if (answer.status === "loading") return <LoadingSpinner label={`Reading ${what}`} showLabel layout="centered" />;
  if (answer.status === "shown") {
    return (
      <Flex direction="column" gap="md">
        {answer.problem === null ? null : (
          <Alert title="This may not be the newest" variant="warning">
            {answer.problem} What you see is what this page read last.
          </Alert>
        )}
        {children(answer.value)}
      </Flex>
    );
  }
  const refused = answer.code === 401 || answer.code === 403;
  return (
    <ErrorState
      title={refused ? "You may not see this" : `Touchstone could not read ${what}`}
      type={refused ? "lock" : "error"}
    >
      <Text>{answer.message}</Text>
      <LoadingButton variant="secondary" loading={source.refreshing} onClick={source.refresh}>
        Try again
      </LoadingButton>
    </ErrorState>
  );
}

const mostFaults = 50;

/** Why a write was refused: each fault of a document with its place and the remedy. */
export function Refused({ write }: { write: Pick<Write, "refusal"> }) {
  if (write.refusal === null) return null;
  const { message, faults } = write.refusal;
  return (
    <Alert title="Not done" variant="danger">
      <Flex direction="column" gap="xs">
        <Text>{message}</Text>
        <Lines lines={faults.map((fault) => `${fault.path}: ${fault.message}`)} most={mostFaults} />
      </Flex>
    </Alert>
  );
}

interface LinesProps {
  readonly lines: readonly string[];
  readonly most: number;
}

export function Lines({ lines, most }: LinesProps) {
  if (lines.length === 0) return null;
  const shown = lines.slice(0, most);
  const more = lines.length - shown.length;
  return <List>{more > 0 ? [...shown, `… and ${more} more`] : shown}</List>;
}
