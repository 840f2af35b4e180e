import type { RemoteChannel } from "@remote-ui/core";

/** What the worker can ask of the page. Everything crosses as a message, so every call is a promise. */
export interface CardHost {
  fetch(call: CardFetchCall): Promise<{ status: number; body: string }>;
  addAlert(alert: CardAlert): Promise<void>;
  refreshRecord(): Promise<void>;
  closeOverlay(id: string): Promise<void>;
  reload(): Promise<void>;
}

export interface CardFetchCall {
  readonly url: string;
  readonly method: string;
  readonly body?: unknown;
}

export interface CardAlert {
  readonly type?: "info" | "warning" | "success" | "danger" | "tip";
  readonly title?: string;
  readonly message: string;
}

/** The part of HubSpot's context that a `crm.record.tab` card gets (hubspot-project.md §3.3). */
export interface CardContext {
  readonly location: "crm.record.tab";
  readonly crm: { readonly objectId: number; readonly objectTypeId: string };
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

export interface CardWorker {
  render(channel: RemoteChannel, script: string, host: CardHost, context: CardContext): Promise<void>;
}
