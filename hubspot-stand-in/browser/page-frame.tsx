import type { ReactNode } from "react";
import { pagePaths } from "../record-page/page-paths.ts";

/** No one may take this page for HubSpot's: every page says so at the top. */
export function PageFrame({ where, children }: { where: ReactNode; children: ReactNode }) {
  return (
    <>
      <header className="top">
        <a className="top-name" href={pagePaths.portal}>
          HubSpot stand-in
        </a>
        <span className="top-label">a small HubSpot on this machine, not HubSpot’s look</span>
        <span className="top-where">{where}</span>
      </header>
      {children}
    </>
  );
}
