import type { PageRecord } from "../record-page/record-page-options.ts";
import { appProperties } from "./use-company.ts";

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

export function RecordProperties({ record }: { record: PageRecord | null }) {
  if (record === null) return <p>Reading the record…</p>;
  const written = appProperties(record);
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
        <h2>Written by the app</h2>
        {written.length === 0 ? <p className="small">Nothing yet.</p> : null}
        <dl data-written>
          {written.map(([name, value]) => (
            <Property key={name} label={labelOf(name)} value={value} />
          ))}
        </dl>
      </section>
    </>
  );
}

/** Keyed by its value, so that a new value is a new element and shows its short highlight. */
const Property = ({ label, value }: { label: string; value: string | null }) => (
  <div className="property">
    <dt>{label}</dt>
    <dd key={value}>{value || "—"}</dd>
  </div>
);

const labelOf = (name: string): string => {
  const words = name.replace(/^touchstone_/, "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};
