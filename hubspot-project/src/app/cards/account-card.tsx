import { hubspot, useExtensionActions, useExtensionContext } from "@hubspot/ui-extensions";
import { createApiClient } from "@touchstone/shared/api-client.ts";
import type { AccountView } from "@touchstone/shared/card-api.ts";
import { createReaderFormat } from "@touchstone/shared/reader-format.ts";
import { useEffect, useMemo, useRef } from "react";
import { AccountScore } from "./account-score.tsx";
import { CardFailed, CardLoading, CardNotConfigured, NoScoreYet } from "./account-states.tsx";
import { useAccountView } from "./use-account-view.ts";

hubspot.extend<"crm.record.tab">(() => <AccountCard />);

export function AccountCard() {
  const { crm, variables } = useExtensionContext<"crm.record.tab">();
  const origin = variables?.apiOrigin;
  if (typeof origin !== "string") return <CardNotConfigured />;
  return <AccountCardOf key={crm.objectId} companyId={String(crm.objectId)} origin={origin} />;
}

function AccountCardOf({ companyId, origin }: { companyId: string; origin: string }) {
  const { user, portal } = useExtensionContext<"crm.record.tab">();
  const client = useMemo(() => createApiClient(origin, hubspot.fetch), [origin]);
  const format = useMemo(
    () => createReaderFormat({ locale: user.locale, timeZone: portal.timezone }),
    [user.locale, portal.timezone],
  );
  const source = useAccountView(companyId, client);
  const { card, refresh, refreshing } = source;
  useFreshRecordProperties(card.status === "shown" ? card.view : null);

  if (card.status === "loading") return <CardLoading />;
  if (card.status === "failed") return <CardFailed message={card.message} refresh={refresh} refreshing={refreshing} />;
  if (card.view.state === "waiting" || card.view.state === "unscored") {
    return <NoScoreYet view={card.view} source={source} />;
  }
  return <AccountScore view={card.view} problem={card.problem} source={source} format={format} />;
}

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
