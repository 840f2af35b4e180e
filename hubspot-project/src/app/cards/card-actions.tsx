import { Button, ButtonRow, LoadingButton } from "@hubspot/ui-extensions";
import type { AccountView } from "@touchstone/shared/card-api.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import { restText } from "./card-states.tsx";
import { Column } from "./column.tsx";
import { LedgerPanel } from "./ledger-panel.tsx";
import { Small } from "./small.tsx";
import type { LiveAnswer } from "./use-live-answer.ts";

interface CardActionsProps {
  readonly view: AccountView;
  readonly source: LiveAnswer<AccountView>;
  readonly format: ReaderFormat;
}

export function CardActions({ view, source, format }: CardActionsProps) {
  return (
    <Column>
      <ButtonRow>
        {view.state === "scored" ? (
          <Button overlay={<LedgerPanel view={view} format={format} />}>Show every point</Button>
        ) : null}
        <LoadingButton loading={source.refreshing} onClick={source.refresh}>
          Refresh
        </LoadingButton>
      </ButtonRow>
      <Small>{freshnessText(view, source.resting, format)}</Small>
    </Column>
  );
}

function freshnessText(view: AccountView, resting: boolean, format: ReaderFormat): string {
  const scored =
    view.scoredAt === null ? "Not scored yet." : `Scored ${format.moment(view.scoredAt)} (${format.zone}).`;
  return `${scored} ${resting ? restText : "This card shows changes within seconds."}`;
}
