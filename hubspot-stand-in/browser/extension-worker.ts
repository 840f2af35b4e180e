import * as RemoteUI from "@remote-ui/react";
import { createEndpoint, retain } from "@remote-ui/rpc";
import * as React from "react";
import type { ExtensionContext, ExtensionHost, ExtensionWorker, PageLocation } from "./extension-protocol.ts";

/**
 * The web worker that a card or page runs in: the globals that HubSpot's bundles expect (hubspot-project.md §5), and none of those
 * that HubSpot's worker lacks (§3.5), so that an extension that needs them fails here too.
 */
type ExtensionApi = { context: ExtensionContext; actions: Record<string, (...values: never[]) => unknown> };
type RenderExtension = (api: ExtensionApi) => React.ReactElement;

declare const self: typeof globalThis & MessagePort & { importScripts(url: string): void };

const missingInHubSpot = [
  "fetch",
  "XMLHttpRequest",
  "WebSocket",
  "EventSource",
  "indexedDB",
  "caches",
  "BroadcastChannel",
  "importScripts",
];

let renderExtension: RenderExtension | undefined;
const page = createPageStore();

createEndpoint<ExtensionWorker>(self).expose({
  async render(...[channel, script, host, context, shown]: Parameters<ExtensionWorker["render"]>) {
    retain(channel);
    retain(host);
    page.set(shown);
    const api: ExtensionApi = { context, actions: actionsOf(host) };
    Object.assign(self, globalsOf(api, host));
    self.importScripts(script);
    for (const name of missingInHubSpot) Object.defineProperty(self, name, { value: undefined });
    if (renderExtension === undefined) throw new Error("The script did not call hubspot.extend.");
    const root = RemoteUI.createRemoteRoot(channel);
    RemoteUI.createRoot(root).render(renderExtension(api));
    await root.mount();
  },
  showPage: async (next: PageLocation) => page.set(next),
});

function createPageStore() {
  let current: PageLocation = { path: "/", params: {} };
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set(next: PageLocation): void {
      current = next;
      for (const changed of listeners) changed();
    },
    subscribe(changed: () => void) {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
  };
}

const globalsOf = (api: ExtensionApi, host: ExtensionHost) => ({
  React,
  RemoteUI,
  __HUBSPOT_EXTENSION_WORKER__: true,
  extend_V2: (render: RenderExtension) => {
    renderExtension = render;
  },
  hsFetch: (url: string | URL, options?: FetchOptions) => fetchThrough(host, url, options),
  logger: { debug: console.debug, info: console.info, warn: console.warn, error: console.error },
  hsWorkerAPI: {
    useExtensionContext: () => api.context,
    useExtensionActions: () => api.actions,
    useExtensionApi: () => api,
    useAppPageLocation: () => React.useSyncExternalStore(page.subscribe, page.get),
  },
});

const actionsOf = (host: ExtensionHost): ExtensionApi["actions"] => ({
  addAlert: host.addAlert,
  refreshObjectProperties: host.refreshRecord,
  closeOverlay: host.closeOverlay,
  reloadPage: host.reload,
  copyTextToClipboard: host.copyText,
  navigateToPage: host.navigate,
});

interface FetchOptions {
  readonly method?: string;
  readonly body?: unknown;
  /** Milliseconds. */
  readonly timeout?: number;
}

async function fetchThrough(host: ExtensionHost, url: string | URL, options: FetchOptions = {}) {
  const { method = "GET", body: sent, timeout } = options;
  const call = { url: String(url), method, body: sent, ...(timeout !== undefined && { timeoutMs: timeout }) };
  const { status, body } = await host.fetch(call);
  return {
    ok: status >= 200 && status < 300,
    status,
    text: async () => body,
    json: async (): Promise<unknown> => JSON.parse(body),
  };
}
