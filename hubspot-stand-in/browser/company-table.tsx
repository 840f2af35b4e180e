import type { ReactNode } from "react";
import type { PageRecord, RecordPageApp } from "../record-page/page-data.ts";
import { recordLink } from "./stand-in-calls.ts";

interface CompanyTableProps {
  readonly portalId: number;
  readonly companies: readonly PageRecord[];
  readonly columns: RecordPageApp["listProperties"];
  readonly chosen?: readonly string[];
  /** Absent where there is nothing that could be done with several companies. */
  choose?(ids: readonly string[]): void;
}

export function CompanyTable({ portalId, companies, columns, chosen = [], choose }: CompanyTableProps) {
  if (companies.length === 0) return <p>No company has this name or domain.</p>;
  const ids = companies.map(({ id }) => id);
  const tick = (id: string, isOn: boolean) => choose?.(isOn ? [...chosen, id] : chosen.filter((one) => one !== id));
  return (
    <table className="table table-bordered plain">
      <thead>
        <tr>
          {choose === undefined ? null : (
            <th scope="col" className="width-min">
              <input
                type="checkbox"
                aria-label="All companies"
                checked={chosen.length === ids.length}
                onChange={({ target }) => choose(target.checked ? ids : [])}
              />
            </th>
          )}
          <th scope="col">Name</th>
          <th scope="col">Domain</th>
          <th scope="col">Industry</th>
          <th scope="col">Country</th>
          <th scope="col" className="align-right">
            Employees
          </th>
          {columns.map(({ name, label }) => (
            <th key={name} scope="col" className="align-right">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {companies.map((company) => (
          <CompanyRow key={company.id} portalId={portalId} company={company} columns={columns}>
            {choose === undefined ? null : (
              <td>
                <input
                  type="checkbox"
                  aria-label={`Choose ${nameOf(company)}`}
                  checked={chosen.includes(company.id)}
                  onChange={({ target }) => tick(company.id, target.checked)}
                />
              </td>
            )}
          </CompanyRow>
        ))}
      </tbody>
    </table>
  );
}

interface CompanyRowProps extends Pick<CompanyTableProps, "portalId" | "columns"> {
  readonly company: PageRecord;
  readonly children: ReactNode;
}

function CompanyRow({ portalId, company, columns, children }: CompanyRowProps) {
  const { id, properties } = company;
  return (
    <tr>
      {children}
      <td>
        <a href={recordLink(portalId, id)}>{nameOf(company)}</a>
      </td>
      <td>{properties.domain ?? "—"}</td>
      <td>{properties.industry ?? "—"}</td>
      <td>{properties.country ?? "—"}</td>
      <td className="align-right">{properties.numberofemployees ?? "—"}</td>
      {columns.map(({ name }) => (
        <td key={name} className="align-right">
          {properties[name] ?? "—"}
        </td>
      ))}
    </tr>
  );
}

const nameOf = ({ id, properties }: PageRecord): string => properties.name || `Company ${id}`;
