import { useEffect, useRef, useState } from "react";
import type { RecordPageData } from "../record-page/page-data.ts";
import { pagePaths } from "../record-page/page-paths.ts";
import { CardTab } from "./card-tab.tsx";
import { EventButtons } from "./event-buttons.tsx";
import { EventLog } from "./event-log.tsx";
import { PageFrame } from "./page-frame.tsx";
import { RecordProperties } from "./record-properties.tsx";
import { recordLink } from "./stand-in-calls.ts";
import { useCompany } from "./use-company.ts";
import { usePlayedEvents } from "./use-played-events.ts";

export function CompanyRecord({ data }: { data: RecordPageData }) {
  const { portal, companyId } = data;
  const company = useCompany(portal.portalId, companyId, data.app.propertyPrefix);
  const events = usePlayedEvents(portal.portalId, companyId);
  const [alert, setAlert] = useState<string | null>(null);
  const name = company.record?.properties.name || `Company ${companyId}`;
  useWrittenValues(company.written, events.propertiesChanged);

  return (
    <PageFrame where={portal.name}>
      <main className="record">
        <section className="column" aria-label="Properties">
          <a href={pagePaths.portal}>All companies</a>
          <h1>{name}</h1>
          {company.gone ? <MovedNotice portalId={portal.portalId} companyId={events.movedTo} /> : null}
          <RecordProperties company={company} app={data.app} />
        </section>
        <section className="column" aria-label="Cards">
          {alert === null ? null : (
            <p className="notice" role="status">
              {alert}
            </p>
          )}
          {data.cards.map((card) => (
            <CardTab
              key={card.uid}
              card={card}
              data={data}
              refreshRecord={company.refresh}
              showAlert={setAlert}
              onShown={events.cardShown}
            />
          ))}
        </section>
        <section className="column" aria-label="Events">
          <EventLog entries={events.entries} />
          <EventButtons events={data.events} busy={events.playing} play={events.play} />
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
