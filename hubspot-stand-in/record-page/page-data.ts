import type { RecordPageEvent, RecordPagePortal, RecordPageUser } from "./record-page-options.ts";

/** What the server puts into a page when it sends it. */
export interface PortalPageData {
  readonly portals: readonly RecordPagePortal[];
}

export interface RecordPageData {
  readonly appId: number;
  readonly portal: RecordPagePortal;
  readonly companyId: string;
  readonly cards: readonly PageCard[];
  readonly events: readonly RecordPageEvent[];
  readonly user: RecordPageUser;
  readonly variables: Readonly<Record<string, string | number | boolean>>;
}

export interface PageCard {
  readonly uid: string;
  readonly name: string;
  readonly script: string;
}
