import * as RemoteUI from "@remote-ui/react";
import { createEndpoint, retain } from "@remote-ui/rpc";
import * as React from "react";
import type { CardContext, CardHost, CardWorker } from "./card-protocol.ts";

/**
 * The web worker that a card runs in: the globals that HubSpot's bundles expect (hubspot-project.md §5), and none of those
 * that HubSpot's worker lacks (§3.5), so that a card that needs them fails here too.
 */
type CardApi = { context: CardContext; actions: Record<string, (...values: never[]) => unknown> };
type RenderCard = (api: CardApi) => React.ReactElement;

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

let renderCard: RenderCard | undefined;

createEndpoint<CardWorker>(self).expose({
  async render(channel: Parameters<CardWorker["render"]>[0], script: string, host: CardHost, context: CardContext) {
    retain(channel);
    retain(host);
    const api: CardApi = { context, actions: actionsOf(host) };
    Object.assign(self, globalsOf(api, host));
    self.importScripts(script);
    for (const name of missingInHubSpot) Object.defineProperty(self, name, { value: undefined });
    if (renderCard === undefined) throw new Error("The card's script did not call hubspot.extend.");
    const root = RemoteUI.createRemoteRoot(channel);
    RemoteUI.createRoot(root).render(renderCard(api));
    await root.mount();
  },
});

const globalsOf = (api: CardApi, host: CardHost) => ({
  React,
  RemoteUI,
  __HUBSPOT_EXTENSION_WORKER__: true,
  extend_V2: (render: RenderCard) => {
    renderCard = render;
  },
  hsFetch: (url: string | URL, options?: { method?: string; body?: unknown }) => fetchThrough(host, url, options),
  logger: { debug: console.debug, info: console.info, warn: console.warn, error: console.error },
  hsWorkerAPI: {
    useExtensionContext: () => api.context,
    useExtensionActions: () => api.actions,
    useExtensionApi: () => api,
  },
});

const actionsOf = (host: CardHost): CardApi["actions"] => ({
  addAlert: host.addAlert,
  refreshObjectProperties: host.refreshRecord,
  closeOverlay: host.closeOverlay,
  reloadPage: host.reload,
});

async function fetchThrough(host: CardHost, url: string | URL, options: { method?: string; body?: unknown } = {}) {
  const { status, body } = await host.fetch({ url: String(url), method: options.method ?? "GET", body: options.body });
  return {
    ok: status >= 200 && status < 300,
    status,
    text: async () => body,
    json: async (): Promise<unknown> => JSON.parse(body),
  };
}
