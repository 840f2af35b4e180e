import { hubspot, useExtensionActions } from "@hubspot/ui-extensions";
import { type AccountView, cardApi } from "@touchstone/shared/card-api.ts";
import { useCallback, useEffect, useRef } from "react";
import { AccountScore } from "./account-score.tsx";
import { CardBody, CardNotConfigured } from "./card-states.tsx";
import { NoScoreYet } from "./no-score-yet.tsx";
import { type Pulse, useLiveAnswer } from "./use-live-answer.ts";
import { type RecordSurroundings, type Server, useServer } from "./use-server.ts";

hubspot.extend<"crm.record.tab">(() => <AccountCard />);

export function AccountCard() {
  const { server, ...rest } = useServer();
  if (server === null) return <CardNotConfigured />;
  return <AccountCardOf key={rest.recordId} server={server} {...rest} />;
}

type AccountCardProps = RecordSurroundings & { readonly server: Server };

function AccountCardOf({ server, recordId, format }: AccountCardProps) {
  const ask = useCallback(
    () => server.read<AccountView>(cardApi.getAccount.path(recordId), "headline"),
    [server, recordId],
  );
  const source = useLiveAnswer(ask, pulseOf);
  useFreshRecordProperties(source.card.status === "shown" ? source.card.view : null);
  return (
    <CardBody source={source} what="the score of this account" ownRefresh>
      {(view) =>
        view.state === "waiting" || view.state === "unscored" ? (
          <NoScoreYet view={view} source={source} />
        ) : (
          <AccountScore view={view} source={source} server={server} format={format} />
        )
      }
    </CardBody>
  );
}

const pulseOf = ({ scoredAt, headline, pending }: AccountView): Pulse => ({
  mark: [scoredAt, headline, pending].join("|"),
  pending,
});

/** The record's own property list shows our results too; it is read again when they moved while the record was open. */
function useFreshRecordProperties(view: AccountView | null): void {
  const { refreshObjectProperties } = useExtensionActions<"crm.record.tab">();
  const shown = useRef<number | null>(null);
  const settledAt = view !== null && !view.pending ? view.scoredAt : null;
  useEffect(() => {
    if (settledAt === null) return;
    if (shown.current !== null && shown.current !== settledAt) refreshObjectProperties();
    shown.current = settledAt;
  }, [settledAt, refreshObjectProperties]);
}
