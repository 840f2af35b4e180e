import {
  Alert,
  ButtonRow,
  EmptyState,
  ErrorState,
  Flex,
  LoadingButton,
  LoadingSpinner,
  Text,
} from "@hubspot/ui-extensions";
import type { EmptyText } from "@touchstone/shared/home-api.ts";
import type { ReactNode } from "react";
import type { AnswerSource } from "./use-answer.ts";

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
  /** "the list of today": what is being read. */
  readonly what: string;
  children(value: T): ReactNode;
}

/** What stands in place of an answer that is not there, and above one that may be old. */
export function Answered<T>({ source, what, children }: AnsweredProps<T>) {
  const { answer } = source;
  if (answer.status === "loading") return <LoadingSpinner label={`Reading ${what}`} showLabel layout="centered" />;
  if (answer.status === "failed")
    return <Failed source={source} what={what} code={answer.code} message={answer.message} />;
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

interface FailedProps {
  readonly source: Pick<AnswerSource<unknown>, "refresh" | "refreshing">;
  readonly what: string;
  readonly code: number | null;
  readonly message: string;
}

function Failed({ source, what, code, message }: FailedProps) {
  const refused = code === 401 || code === 403;
  return (
    <ErrorState
      title={refused ? "You may not see this" : `Touchstone could not read ${what}`}
      type={refused ? "lock" : "error"}
    >
      <Text>{message}</Text>
      <LoadingButton variant="secondary" loading={source.refreshing} onClick={source.refresh}>
        Try again
      </LoadingButton>
    </ErrorState>
  );
}

export function RefreshRow({ source }: { source: Pick<AnswerSource<unknown>, "refresh" | "refreshing"> }) {
  return (
    <ButtonRow>
      <LoadingButton variant="secondary" loading={source.refreshing} onClick={source.refresh}>
        Refresh
      </LoadingButton>
    </ButtonRow>
  );
}

/** Nothing to show: what that means, and what to do. */
export function Nothing({ text, children }: { text: EmptyText; children?: ReactNode }) {
  return (
    <EmptyState title={text.title} layout="vertical" imageName="target" imageWidth={160}>
      <Flex direction="column" align="center" gap="sm">
        <Text>{text.text}</Text>
        {children}
      </Flex>
    </EmptyState>
  );
}
