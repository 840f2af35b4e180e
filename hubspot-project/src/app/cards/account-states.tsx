import { Button, EmptyState, ErrorState, Flex, LoadingButton, LoadingSpinner, Text } from "@hubspot/ui-extensions";
import type { AccountView } from "@touchstone/shared/card-api.ts";
import type { AccountViewSource } from "./use-account-view.ts";

export function CardLoading() {
  return <LoadingSpinner label="Reading the score of this account" showLabel layout="centered" />;
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

interface CardFailedProps {
  readonly message: string;
  readonly refreshing: boolean;
  refresh(): void;
}

export function CardFailed({ message, refreshing, refresh }: CardFailedProps) {
  return (
    <ErrorState title="The score could not be read">
      <Text>{message} This card tries again by itself.</Text>
      <LoadingButton variant="primary" loading={refreshing} onClick={refresh}>
        Try again
      </LoadingButton>
    </ErrorState>
  );
}

/** The account is known and waits for its first score, or is not known to Touchstone at all. */
export function NoScoreYet({ view, source }: { view: AccountView; source: AccountViewSource }) {
  const waiting = view.state === "waiting";
  return (
    <EmptyState title={view.headline} layout="vertical" imageName={waiting ? "target" : "companies"} imageWidth={160}>
      <Flex direction="column" align="center" gap="sm">
        <Text>{view.reason}</Text>
        {waiting && !source.resting ? (
          <LoadingSpinner label="This card shows the score as soon as it is there" showLabel size="sm" />
        ) : null}
        <Button variant="primary" disabled={source.refreshing} onClick={source.refresh}>
          Look again
        </Button>
      </Flex>
    </EmptyState>
  );
}
