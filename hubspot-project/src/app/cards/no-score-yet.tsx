import { Button, EmptyState, Flex, LoadingSpinner, Text } from "@hubspot/ui-extensions";
import type { AccountView } from "@touchstone/shared/card-api.ts";
import type { LiveAnswer } from "./use-live-answer.ts";

interface NoScoreYetProps {
  readonly view: Pick<AccountView, "state" | "headline" | "reason">;
  readonly source: Pick<LiveAnswer<unknown>, "refresh" | "refreshing" | "resting">;
}

/** The account is known and waits for its first score, or is not known to Touchstone at all. */
export function NoScoreYet({ view, source }: NoScoreYetProps) {
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
