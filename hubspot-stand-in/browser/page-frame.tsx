import type { ReactNode } from "react";
import type { RecordPageData } from "../record-page/page-data.ts";
import { pagePaths } from "../record-page/page-paths.ts";

interface PageFrameProps {
  readonly where: ReactNode;
  /** Whom the reader plays, and whom they may play instead. */
  readonly acting?: Pick<RecordPageData, "user" | "users">;
  readonly children: ReactNode;
}

/** No one may take this page for HubSpot's: every page says so at the top. */
export function PageFrame({ where, acting, children }: PageFrameProps) {
  return (
    <>
      <header className="top">
        <a className="top-name" href={pagePaths.portal}>
          HubSpot stand-in
        </a>
        <span className="top-label">a small HubSpot on this machine, not HubSpot’s look</span>
        <span className="top-where">
          {acting?.users.map(({ userId, firstName, lastName, part }) =>
            userId === acting.user.userId ? (
              <b key={userId}>{`${firstName} ${lastName} (${part}) `}</b>
            ) : (
              <a key={userId} href={`${pagePaths.own}act-as/${userId}`}>{`Act as ${firstName} (${part}) `}</a>
            ),
          )}
          {where}
        </span>
      </header>
      {children}
    </>
  );
}
