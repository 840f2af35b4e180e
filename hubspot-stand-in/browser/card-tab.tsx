import { useMemo } from "react";
import type { PageCard, RecordPageData } from "../record-page/page-data.ts";
import { CardFrame } from "./card-frame.tsx";
import type { CardAlert, CardContext, CardHost } from "./card-protocol.ts";
import { closeOverlay } from "./components/overlay.tsx";
import { fetchAsHubSpot } from "./stand-in-calls.ts";

interface CardTabProps {
  readonly card: PageCard;
  readonly data: RecordPageData;
  refreshRecord(): void;
  showAlert(text: string): void;
  onShown(content: string): void;
}

export function CardTab({ card, data, refreshRecord, showAlert, onShown }: CardTabProps) {
  const context = useMemo(() => cardContext(card, data), [card, data]);
  const host = useMemo<CardHost>(
    () => ({
      fetch: (call) => fetchAsHubSpot(data.portal.portalId, call),
      addAlert: async (alert) => showAlert(alertText(alert)),
      refreshRecord: async () => refreshRecord(),
      closeOverlay: async (id) => closeOverlay(id),
      reload: async () => location.reload(),
    }),
    [data, refreshRecord, showAlert],
  );
  return (
    <section className="box card" data-card={card.uid}>
      <h2>{card.name}</h2>
      <CardFrame script={card.script} host={host} context={context} onShown={onShown} />
    </section>
  );
}

const alertText = ({ title, message }: CardAlert): string => (title ? `${title}: ${message}` : message);

function cardContext(card: PageCard, { portal, companyId, user, variables, app }: RecordPageData): CardContext {
  const { userId, email, firstName, lastName, locale } = user;
  return {
    location: "crm.record.tab",
    crm: { objectId: Number(companyId), objectTypeId: "0-2" },
    portal: { id: portal.portalId, timezone: portal.timeZone },
    user: { id: userId, email, emails: [email], firstName, lastName, locale, teams: [], permissions: [] },
    variables,
    extension: { appId: app.appId, cardTitle: card.name },
  };
}
