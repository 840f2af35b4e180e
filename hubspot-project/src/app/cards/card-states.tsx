import { Alert, ButtonRow, ErrorState, LoadingButton, LoadingSpinner, Text } from "@hubspot/ui-extensions";
import { viewOnlyOf } from "@touchstone/shared/view-only-of.ts";
import { type ReactNode, useContext } from "react";
import { Column } from "./column.tsx";
import { Small } from "./small.tsx";
import type { LiveAnswer } from "./use-live-answer.ts";
import { ViewOnly } from "./writes.tsx";

interface CardBodyProps<T> {
  readonly source: LiveAnswer<T>;
  /** What is read, to end a sentence: "the score of this account". */
  readonly what: string;
  /** The body says by itself that it rests, and has a Refresh. */
  readonly ownRefresh?: boolean;
  children(view: T): ReactNode;
}

/** What is read, or why it is not there: the same words on every card and panel. */
export function CardBody<T>({ source, what, ownRefresh = false, children }: CardBodyProps<T>) {
  const { card } = source;
  const told = useContext(ViewOnly);
  if (card.status === "loading") return <LoadingSpinner label={`Reading ${what}`} showLabel layout="centered" />;
  if (card.status === "failed") return <CardFailed what={what} {...card} source={source} />;
  const viewOnly = viewOnlyOf(card.view);
  return (
    <Column gap="md">
      {card.problem === null ? null : (
        <Alert title="This may not be the newest" variant="warning">
          {card.problem} What you see is what was read last.
        </Alert>
      )}
      <ViewOnly.Provider value={viewOnly}>{children(card.view)}</ViewOnly.Provider>
      {viewOnly === null || told !== null ? null : <Alert title="You may only look">{viewOnly}</Alert>}
      {source.resting && !ownRefresh ? <RestRow source={source} /> : null}
    </Column>
  );
}

const RestRow = ({ source }: { source: Pick<LiveAnswer<unknown>, "refresh" | "refreshing"> }) => (
  <Column>
    <ButtonRow>
      <LoadingButton size="sm" loading={source.refreshing} onClick={source.refresh}>
        Refresh
      </LoadingButton>
    </ButtonRow>
    <Small>{restText}</Small>
  </Column>
);

export const restText = "This card rests: press Refresh for news.";

interface CardFailedProps {
  readonly what: string;
  readonly message: string;
  readonly denied: boolean;
  readonly source: Pick<LiveAnswer<unknown>, "refresh" | "refreshing" | "resting">;
}

function CardFailed({ what, message, denied, source }: CardFailedProps) {
  if (denied) {
    return (
      <ErrorState title="You may not see this here" type="lock">
        <Text>{message}</Text>
      </ErrorState>
    );
  }
  return (
    <ErrorState title="This could not be read">
      <Text>{`Touchstone could not read ${what}.${source.resting ? "" : " It tries again by itself."}`}</Text>
      <Small>{message}</Small>
      <LoadingButton loading={source.refreshing} onClick={source.refresh}>
        Try again
      </LoadingButton>
    </ErrorState>
  );
}

export function CardNotConfigured() {
  return (
    <ErrorState title="This card is not set up" type="support">
      <Text>
        The app was uploaded without the address of its server. Ask whoever manages Touchstone to upload it again.
      </Text>
    </ErrorState>
  );
}
