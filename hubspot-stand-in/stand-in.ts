import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { AppDefinition } from "./app-definition.ts";
import { type Clock, createClock } from "./clock.ts";
import { controlRoutes } from "./control/control-endpoints.ts";
import type { Crm } from "./crm.ts";
import type { Change } from "./crm-data/change.ts";
import { loadSeed } from "./crm-data/load-seed.ts";
import { apiRoutes } from "./endpoints/api-routes.ts";
import { createApiServer, type MountedHandler } from "./http/api-server.ts";
import { createFaults, type Faults } from "./http/faults.ts";
import { createRateLimits } from "./http/rate-limits.ts";
import { createRequestLog, type RequestLog } from "./http/request-log.ts";
import { createHubSpotFetch, type HubSpotFetch } from "./hubspot-fetch.ts";
import { createTokenStore, type Grant } from "./oauth/token-store.ts";
import { createPortal, type Portal, type PortalSettings } from "./portal.ts";
import { createCrm } from "./portal-crm.ts";
import type { SeedData } from "./seed-data.ts";
import { createSwitches, type Switches } from "./switches.ts";
import { toWebhookEvents } from "./webhooks/to-webhook-events.ts";
import { defaultWebhookTiming, WebhookSender, type WebhookTiming } from "./webhooks/webhook-sender.ts";

export interface StandInOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  readonly app: AppDefinition;
  readonly switches?: Partial<Switches>;
  readonly now?: () => number;
  readonly webhookTiming?: Partial<WebhookTiming>;
  /** How far the search lags behind writes. */
  readonly searchLagMs?: number;
  /**
   * Public origins of the app that live elsewhere on this machine: `{"https://app.example.com": "http://127.0.0.1:3000"}`.
   * Requests are signed for the public address and sent to the other.
   */
  readonly reach?: Readonly<Record<string, string>>;
}

export interface StandIn {
  /** API, authorize page, record pages and `/_stand-in/…` in one. */
  readonly url: string;
  readonly app: AppDefinition;
  readonly clock: Clock;
  readonly switches: Switches;
  readonly faults: Faults;
  readonly requestLog: RequestLog;
  readonly webhooks: WebhookSender;
  readonly portals: ReadonlyMap<number, Portal>;
  /** As a card's `hubspot.fetch`. */
  readonly hubspotFetch: HubSpotFetch;
  addPortal(seed: SeedData, settings?: Partial<PortalSettings>): Portal;
  /** Takes a portal away for good, as if its HubSpot account had been closed. */
  removePortal(portalId: number): void;
  /** A user of the portal at work; by default the first owner. */
  crm(portalId: number, userId?: number): Crm;
  /** The portal's leave for the app, or null. */
  grant(portalId: number): Grant | null;
  /** A user takes the app out of the portal. */
  uninstall(portalId: number): void;
  /** From now on the portal lacks these scopes and no others: its grant shrinks at once and grows at the next install. */
  lackScopes(portalId: number, missing: readonly string[]): void;
  /** A new build of the project: other addresses, subscriptions, scopes or cards from now on. */
  upload(changes: Partial<AppDefinition>): void;
  /** Offers every request to another handler first, for example record pages; true means that it was taken. */
  mount(handler: MountedHandler): void;
  stop(): Promise<void>;
}

export async function createStandIn(options: StandInOptions): Promise<StandIn> {
  const parts = createParts(options);
  const { app, tokens, portals, clock, switches, mounts, webhooks } = parts;
  const actions = createActions(parts, options.searchLagMs ?? 0);
  const routes = [...apiRoutes({ app, tokens, portals, clock, switches }), ...controlRoutes({ ...parts, ...actions })];
  const limits = createRateLimits(clock, switches);
  const server = createApiServer({ ...parts, routes, limits });
  const url = await listen(server, options.port ?? 0);
  return {
    ...parts,
    ...actions,
    url,
    mount: (handler) => void mounts.push(handler),
    upload: (changes) => void Object.assign(app, changes),
    async stop() {
      webhooks.stop();
      clock.stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}

function createParts(options: StandInOptions) {
  const app = { ...options.app };
  const clock = createClock(options.now);
  const switches = createSwitches(options.switches);
  const tokens = createTokenStore(clock, switches);
  const reach = (url: string) => reachUrl(options.reach ?? {}, url);
  const timing = { ...defaultWebhookTiming, ...options.webhookTiming };
  return {
    app,
    clock,
    switches,
    tokens,
    portals: new Map<number, Portal>(),
    faults: createFaults(),
    requestLog: createRequestLog(),
    mounts: [] as MountedHandler[],
    webhooks: new WebhookSender({ app, clock, switches, timing, reach }),
    hubspotFetch: createHubSpotFetch({ app, clock, reach }),
  };
}

function createActions(parts: ReturnType<typeof createParts>, searchLagMs: number) {
  const { clock, switches, tokens, portals } = parts;
  const publish = createPublisher(parts);
  return {
    addPortal(seed: SeedData, settings?: Partial<PortalSettings>): Portal {
      const merged = { ...seed.portal, ...settings };
      if (portals.has(merged.portalId)) throw new Error(`There is a portal ${merged.portalId} already.`);
      const portal = createPortal(merged, seed.owners, { clock, switches, searchLagMs, publish });
      loadSeed(portal, seed.records);
      for (const { name, properties } of parts.app.appObjects ?? [])
        for (const property of properties) portal.properties.put(name, property);
      portals.set(merged.portalId, portal);
      return portal;
    },
    removePortal: (portalId: number) => void portals.delete(portalId),
    crm(portalId: number, userId?: number): Crm {
      const portal = portals.get(portalId);
      if (!portal) throw new Error(`There is no portal ${portalId}.`);
      return createCrm(portal, userId ?? portal.owners[0]?.userId ?? 0);
    },
    grant: (portalId: number) => tokens.grantOf(portalId),
    uninstall: (portalId: number) => void tokens.uninstall(portalId),
    lackScopes(portalId: number, missing: readonly string[]): void {
      const [portal, grant] = [portals.get(portalId), tokens.grantOf(portalId)];
      if (portal) Object.assign(portal.settings, { missingScopes: missing });
      if (grant) Object.assign(grant, { scopes: grant.scopes.filter((scope) => !missing.includes(scope)) });
    },
  };
}

/** Changes become webhooks for portals that let the app in. */
function createPublisher({ app, switches, tokens, webhooks }: ReturnType<typeof createParts>) {
  let lastEventId = 0;
  return (portal: Portal, change: Change): void => {
    const { portalId } = portal.settings;
    const hears = tokens.grantOf(portalId) !== null || (switches.webhooksAfterUninstall && tokens.wasGranted(portalId));
    if (hears)
      webhooks.send(
        portalId,
        toWebhookEvents(app, portalId, change, switches, () => ++lastEventId),
      );
  };
}

function reachUrl(reach: Readonly<Record<string, string>>, url: string): string {
  const { origin } = new URL(url);
  const elsewhere = reach[origin];
  return elsewhere === undefined ? url : `${elsewhere}${url.slice(origin.length)}`;
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return `http://127.0.0.1:${taken}`;
}
