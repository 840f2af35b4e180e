/** The app whose cards run on the page. */
export interface RecordPageApp {
  readonly appId: number;
  readonly name: string;
  /** What the names of the properties that it writes begin with. */
  readonly propertyPrefix: string;
  /** Those of them that the list of companies shows. */
  readonly listProperties: readonly { readonly name: string; readonly label: string }[];
}

/** A button of the record page. */
export interface RecordPageEvent {
  readonly key: string;
  readonly label: string;
  readonly description: string;
}

export interface RecordPagePortal {
  readonly portalId: number;
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** Who looks at the record. */
export interface RecordPageUser {
  readonly userId: number;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly locale: string;
  /** what they are to the app: "admin". */
  readonly part: string;
}

export interface PageRecord {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
}

/** A record with those that it is linked with. */
export interface LinkedPageRecord extends PageRecord {
  readonly related: readonly RelatedRecord[];
}

export interface RelatedRecord {
  readonly typeId: string;
  readonly id: string;
  readonly name: string;
}

/** What the server puts into a page when it sends it. */
export interface PortalPageData extends Pick<RecordPageData, "app" | "variables"> {
  /** Pages of the app outside of records, if it has any. */
  readonly appPages: readonly AppPage[];
  /** What the app can do with several companies at once. */
  readonly bulkActions: readonly BulkAction[];
  readonly portals: readonly PortalWithPeople[];
}

export interface PortalWithPeople extends RecordPagePortal, Pick<RecordPageData, "user" | "users"> {}

export interface RecordPageData {
  readonly app: RecordPageApp;
  readonly portal: RecordPagePortal;
  readonly record: { readonly typeId: string; readonly id: string };
  readonly cards: readonly RecordCard[];
  readonly events: readonly RecordPageEvent[];
  readonly user: RecordPageUser;
  /** Whom the reader can play. */
  readonly users: readonly RecordPageUser[];
  readonly variables: Readonly<Record<string, string | number | boolean>>;
}

export interface PageCard {
  readonly uid: string;
  readonly name: string;
  readonly script: string;
}

/** Locations on a record, in HubSpot's own words. */
export const recordLocations = ["crm.record.tab", "crm.record.sidebar"] as const;
export type RecordLocation = (typeof recordLocations)[number];

export interface RecordCard extends PageCard {
  readonly location: RecordLocation;
}

/** Opened from a list, for the records that are ticked there. */
export interface BulkAction extends PageCard {
  readonly displayMode: "PANEL" | "MODAL";
}

/** Locations outside of records, in HubSpot's own words. */
export const appPageLocations = ["pages", "settings"] as const;
export type AppPageLocation = (typeof appPageLocations)[number];

export interface AppPage extends PageCard {
  readonly location: AppPageLocation;
}

export interface ExtensionPageData extends Pick<RecordPageData, "app" | "portal" | "user" | "users" | "variables"> {
  readonly extension: AppPage;
  /** Path under which its routes lie. */
  readonly base: string;
}
