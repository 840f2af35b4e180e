import { useMemo } from "react";
import type { RecordCard, RecordPageData } from "../record-page/page-data.ts";
import { extensionContext } from "./extension-context.ts";
import { ExtensionFrame } from "./extension-frame.tsx";
import { useExtensionHost } from "./use-extension-host.ts";

interface CardTabProps {
  readonly card: RecordCard;
  readonly data: RecordPageData;
  refreshRecord(): void;
  showAlert(text: string): void;
  onShown(content: string): void;
}

export function CardTab({ card, data, refreshRecord, showAlert, onShown }: CardTabProps) {
  const context = useMemo(() => recordContext(card, data), [card, data]);
  const host = useExtensionHost(data.portal.portalId, { refreshRecord, showAlert });
  return (
    <section className="box card" data-card={card.uid}>
      <h2>{card.name}</h2>
      <ExtensionFrame script={card.script} host={host} context={context} onShown={onShown} />
    </section>
  );
}

const recordContext = (card: RecordCard, data: RecordPageData) =>
  extensionContext(data, card.name, {
    location: card.location,
    crm: { objectId: Number(data.record.id), objectTypeId: data.record.typeId },
  });
