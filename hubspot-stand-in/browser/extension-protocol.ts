import type { RemoteChannel } from "@remote-ui/core";

/** What the worker can ask of the page. Everything crosses as a message, so every call is a promise. */
export interface ExtensionHost {
  fetch(call: ExtensionFetchCall): Promise<{ status: number; body: string }>;
  addAlert(alert: ExtensionAlert): Promise<void>;
  refreshRecord(): Promise<void>;
  closeOverlay(id: string): Promise<void>;
  reload(): Promise<void>;
  copyText(text: string): Promise<void>;
  navigate(target: PageTarget): Promise<void>;
}

export interface ExtensionFetchCall {
  readonly url: string;
  readonly method: string;
  readonly body?: unknown;
  readonly timeoutMs?: number;
}

export interface ExtensionAlert {
  readonly type?: "info" | "warning" | "success" | "danger" | "tip";
  readonly title?: string;
  readonly message: string;
}

/** A page of the app by its path; `params` fill `:name` parts, the others become the query. */
export interface PageTarget {
  readonly to: string;
  readonly params?: Readonly<Record<string, string>>;
}

/** Where in the app's own pages the reader is. */
export interface PageLocation {
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
}

interface AnyContext {
  readonly portal: { readonly id: number; readonly timezone: string };
  readonly user: {
    readonly id: number;
    readonly email: string;
    readonly emails: readonly string[];
    readonly firstName: string;
    readonly lastName: string;
    readonly locale: string;
    readonly teams: readonly never[];
    readonly permissions: readonly never[];
  };
  readonly variables: Readonly<Record<string, string | number | boolean>>;
  readonly extension: { readonly appId: number; readonly cardTitle: string };
}

/** Only what is shown on a record knows a record (hubspot-project.md §3.3). */
export type PlaceContext =
  | {
      readonly location: "crm.record.tab" | "crm.record.sidebar";
      readonly crm: { readonly objectId: number; readonly objectTypeId: string };
    }
  | {
      readonly location: "crm.bulkActions";
      readonly crm: { readonly objectIds: readonly number[]; readonly objectTypeId: string };
    }
  | { readonly location: "pages" | "settings" };

export type ExtensionContext = AnyContext & PlaceContext;

export interface ExtensionWorker {
  render(
    channel: RemoteChannel,
    script: string,
    host: ExtensionHost,
    context: ExtensionContext,
    page: PageLocation,
  ): Promise<void>;
  showPage(page: PageLocation): Promise<void>;
}
