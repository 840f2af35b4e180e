import { useState } from "react";
import type { RecordPageApp } from "../record-page/page-data.ts";
import type { RecordKind } from "../record-page/record-kinds.ts";
import type { OpenRecord } from "./use-record.ts";

interface RecordPropertiesProps {
  readonly open: OpenRecord;
  readonly app: RecordPageApp;
  readonly kind: RecordKind;
}

export function RecordProperties({ open, app, kind }: RecordPropertiesProps) {
  const { record, writtenProperties } = open;
  if (record === null) return <p>Reading the record…</p>;
  return (
    <>
      <section className="box">
        <h2>{`About this ${kind.one.toLowerCase()}`}</h2>
        <dl>
          {kind.properties.map(([name, label]) => (
            <Property key={name} label={label} value={record.properties[name] ?? null} />
          ))}
        </dl>
      </section>
      <section className="box">
        <h2>Written by {app.name}</h2>
        {writtenProperties.length === 0 ? <p className="small">Nothing yet.</p> : null}
        <dl data-written>
          {writtenProperties.map(([name, value]) => (
            <Property key={name} label={labelOf(name.slice(app.propertyPrefix.length))} value={value} />
          ))}
        </dl>
      </section>
    </>
  );
}

/** A value that is no longer the one the page began with is a new element, which shows a short highlight. */
function Property({ label, value }: { label: string; value: string | null }) {
  const [first] = useState(value);
  return (
    <div className="property">
      <dt>{label}</dt>
      <dd key={value} className={value === first ? undefined : "fresh"}>
        {value || "—"}
      </dd>
    </div>
  );
}

function labelOf(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
