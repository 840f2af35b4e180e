import { Alert, ErrorState, Flex, LoadingButton, LoadingSpinner, Text } from "@hubspot/ui-extensions";
import type { ReactNode } from "react";
import type { AnswerSource } from "./use-answer.ts";

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
