import { useState } from "react";
import type { RecordPageApp } from "../record-page/page-data.ts";
import type { Company } from "./use-company.ts";

const shown = [
  ["domain", "Domain"],
  ["industry", "Industry"],
  ["numberofemployees", "Employees"],
  ["annualrevenue", "Annual revenue"],
  ["country", "Country"],
  ["lifecyclestage", "Lifecycle stage"],
  ["hubspot_owner_id", "Owner"],
  ["hs_is_target_account", "Target account"],
] as const;

export function RecordProperties({ company, app }: { company: Company; app: RecordPageApp }) {
  const { record, writtenProperties } = company;
  if (record === null) return <p>Reading the record…</p>;
  return (
    <>
      <section className="box">
        <h2>About this company</h2>
        <dl>
          {shown.map(([name, label]) => (
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
