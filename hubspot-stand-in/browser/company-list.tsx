import { useEffect, useState } from "react";
import type { PageRecord, PortalPageData, RecordPagePortal } from "../record-page/page-data.ts";
import { appPageBase } from "../record-page/page-paths.ts";
import { PageFrame } from "./page-frame.tsx";
import { listCompanies, recordLink } from "./stand-in-calls.ts";

export function CompanyList({ data }: { data: PortalPageData }) {
  const { portals, columns, appPages } = data;
  const [portalId, setPortalId] = useState(portals[0]?.portalId);
  const portal = portals.find((one) => one.portalId === portalId);
  return (
    <PageFrame where={portal?.name ?? ""}>
      <main className="list-page">
        <h1>Companies</h1>
        {portals.length > 1 ? (
          <label>
            Portal{" "}
            <select value={portalId} onChange={(event) => setPortalId(Number(event.target.value))}>
              {portals.map((one) => (
                <option key={one.portalId} value={one.portalId}>
                  {one.name}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        {portal === undefined ? (
          <p>There is no portal yet.</p>
        ) : (
          <>
            <AppPageLinks portalId={portal.portalId} appPages={appPages} />
            <CompaniesOf key={portal.portalId} portal={portal} columns={columns} />
          </>
        )}
      </main>
    </PageFrame>
  );
}

const pageTitles = { pages: "home page", settings: "settings" } as const;

function AppPageLinks({ portalId, appPages }: { portalId: number; appPages: PortalPageData["appPages"] }) {
  if (appPages.length === 0) return null;
  return (
    <nav className="app-links" aria-label="Pages of the app">
      {appPages.map(({ uid, name, location }) => (
        <a key={uid} href={appPageBase(portalId, location)}>
          {name}: {pageTitles[location]}
        </a>
      ))}
    </nav>
  );
}

type Columns = PortalPageData["columns"];

function CompaniesOf({ portal, columns }: { portal: RecordPagePortal; columns: Columns }) {
  const [query, setQuery] = useState("");
  const { companies, problem } = useCompanies(portal.portalId, query);
  return (
    <>
      <label className="search">
        <span>Search by name or domain</span>
        <input type="search" value={query} onChange={(event) => setQuery(event.target.value)} />
      </label>
      {problem === null ? null : (
        <p className="notice" role="alert">
          {problem}
        </p>
      )}
      {companies === null ? (
        <p>Reading the companies…</p>
      ) : (
        <CompanyTable portalId={portal.portalId} companies={companies} columns={columns} />
      )}
    </>
  );
}

function useCompanies(portalId: number, query: string) {
  const [companies, setCompanies] = useState<readonly PageRecord[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let late = false;
    const timer = setTimeout(() => {
      listCompanies(portalId, query).then(
        (found) => {
          if (late) return;
          setCompanies(found);
          setProblem(null);
        },
        (error: Error) => setProblem(error.message),
      );
    }, 150);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [portalId, query]);
  return { companies, problem };
}

interface CompanyTableProps {
  readonly portalId: number;
  readonly companies: readonly PageRecord[];
  readonly columns: Columns;
}

function CompanyTable({ portalId, companies, columns }: CompanyTableProps) {
  if (companies.length === 0) return <p>No company has this name or domain.</p>;
  return (
    <table className="table table-bordered plain">
      <thead>
        <tr>
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
        {companies.map(({ id, properties }) => (
          <tr key={id}>
            <td>
              <a href={recordLink(portalId, id)}>{properties.name || `Company ${id}`}</a>
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
        ))}
      </tbody>
    </table>
  );
}
