import { useEffect, useRef, useState } from "react";
import type { RecordLocation, RecordPageData } from "../record-page/page-data.ts";
import { pagePaths } from "../record-page/page-paths.ts";
import { nameOf, type RecordKind } from "../record-page/record-kinds.ts";
import { CardTab } from "./card-tab.tsx";
import { EventButtons } from "./event-buttons.tsx";
import { EventLog } from "./event-log.tsx";
import { PageFrame } from "./page-frame.tsx";
import { RecordProperties } from "./record-properties.tsx";
import { RelatedRecords } from "./related-records.tsx";
import { recordLink } from "./stand-in-calls.ts";
import { usePlayedEvents } from "./use-played-events.ts";
import { useRecord } from "./use-record.ts";

/** A record page: properties on the left, the cards of its tab in the middle, the cards of its sidebar on the right. */
export function CrmRecord({ data, kind }: { data: RecordPageData; kind: RecordKind }) {
  const { portal, record } = data;
  const open = useRecord(data);
  const events = usePlayedEvents(portal.portalId, record.id);
  const [alert, setAlert] = useState<string | null>(null);
  useWrittenValues(open.written, events.propertiesChanged);

  const cardsAt = (location: RecordLocation) =>
    data.cards
      .filter((card) => card.location === location)
      .map((card) => (
        <CardTab
          key={card.uid}
          card={card}
          data={data}
          refreshRecord={open.refresh}
          showAlert={setAlert}
          onShown={events.cardShown}
        />
      ));
  return (
    <PageFrame where={portal.name} acting={data}>
      <main className="record">
        <section className="column" aria-label="Properties">
          <a href={pagePaths.portal}>All companies</a>
          <h1>{nameOf(kind, record.id, open.record?.properties ?? {})}</h1>
          {open.gone ? <MovedNotice portalId={portal.portalId} companyId={events.movedTo} /> : null}
          <RecordProperties open={open} app={data.app} kind={kind} />
        </section>
        <section className="column" aria-label="Cards">
          {alert === null ? null : (
            <p className="notice" role="status">
              {alert}
            </p>
          )}
          {cardsAt("crm.record.tab")}
        </section>
        <section className="column" aria-label="Sidebar">
          {cardsAt("crm.record.sidebar")}
          <RelatedRecords portalId={portal.portalId} related={open.record?.related ?? []} />
          {data.events.length === 0 ? null : (
            <>
              <EventLog entries={events.entries} />
              <EventButtons events={data.events} busy={events.playing} play={events.play} />
            </>
          )}
        </section>
      </main>
    </PageFrame>
  );
}

/** Tells the log when what our app wrote into the record has changed. */
function useWrittenValues(written: string | null, changed: () => void): void {
  const last = useRef<string | null>(null);
  useEffect(() => {
    if (last.current !== null && written !== last.current) changed();
    last.current = written;
  }, [written, changed]);
}

function MovedNotice({ portalId, companyId }: { portalId: number; companyId: string | null }) {
  return (
    <p className="notice" role="status">
      This record is gone.{" "}
      {companyId === null ? null : <a href={recordLink(portalId, companyId)}>Open the record that it went into</a>}
    </p>
  );
}
