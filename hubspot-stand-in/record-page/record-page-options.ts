import type { HubSpotFetch } from "../hubspot-fetch.ts";
import type {
  LinkedPageRecord,
  PageRecord,
  RecordPageApp,
  RecordPageEvent,
  RecordPagePortal,
  RecordPageUser,
} from "./page-data.ts";
import type { RecordKind } from "./record-kinds.ts";

/** A built card or page; `extensions.json` of the project's own build lists them in this shape. */
export interface PageExtensionBundle {
  readonly uid: string;
  readonly name: string;
  readonly location: string;
  readonly objectTypes: readonly string[];
  /** Of a bulk action: how it opens. */
  readonly displayMode?: string;
  /** Path of the built script. */
  readonly bundleFile: string;
}

type Later<T> = T | Promise<T>;

export interface RecordPageOptions {
  readonly app: RecordPageApp;
  readonly extensions: readonly PageExtensionBundle[];
  readonly events: readonly RecordPageEvent[];
  /** Whom the reader of the pages can play in a portal; the first unless they choose another. */
  users(portalId: number): readonly RecordPageUser[];
  /** The profile's variables; they reach an extension as `context.variables`. */
  readonly variables: Readonly<Record<string, string | number | boolean>>;
  portals(): readonly RecordPagePortal[];
  getRecord(portalId: number, type: RecordKind["type"], recordId: string): Later<LinkedPageRecord | null>;
  /** A short list, best first; an empty query lists any. */
  listRecords(portalId: number, type: RecordKind["type"], query: string): Later<readonly PageRecord[]>;
  /** Plays an event on a company; `touchedCompanies` have their ids as they are after it. */
  playEvent(
    portalId: number,
    key: string,
    companyId: string,
  ): Later<{ readonly summary: string; readonly touchedCompanies: readonly string[] }>;
  /** Calls the app's server as HubSpot does for an extension: with the signed query and signature. */
  readonly hubspotFetch: HubSpotFetch;
}
