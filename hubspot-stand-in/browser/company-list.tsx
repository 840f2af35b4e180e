import { useEffect, useState } from "react";
import type { PageRecord, PortalPageData, PortalWithPeople } from "../record-page/page-data.ts";
import { appPageBase } from "../record-page/page-paths.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { CompanyTable } from "./company-table.tsx";
import { PageFrame } from "./page-frame.tsx";
import { listCompanies } from "./stand-in-calls.ts";

export function CompanyList({ data }: { data: PortalPageData }) {
  const { portals, appPages } = data;
  const [portalId, setPortalId] = useState(portals[0]?.portalId);
  const portal = portals.find((one) => one.portalId === portalId);
  return (
    <PageFrame where={portal?.name ?? ""} {...(portal && { acting: portal })}>
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
            <CompaniesOf key={portal.portalId} portal={portal} data={data} />
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

function CompaniesOf({ portal, data }: { portal: PortalWithPeople; data: PortalPageData }) {
  const [query, setQuery] = useState("");
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const { companies, problem } = useCompanies(portal.portalId, query);
  // What the search hides is not acted upon.
  const chosen = (companies ?? []).map(({ id }) => id).filter((id) => ticked.includes(id));
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
      {chosen.length === 0 ? null : <BulkBar portal={portal} data={data} chosen={chosen} />}
      {companies === null ? (
        <p>Reading the companies…</p>
      ) : (
        <CompanyTable
          portalId={portal.portalId}
          companies={companies}
          columns={data.app.listProperties}
          {...(data.bulkActions.length > 0 && { chosen, choose: setTicked })}
        />
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
