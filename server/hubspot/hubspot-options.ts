import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Logger } from "../logger.ts";
import type { ApiVersions } from "./dated-url.ts";

/** Who waits for a request: a person at a card, a webhook, or our own background work. */
export type Priority = "card" | "webhook" | "due" | "reconcile" | "backfill";

/** Search has a limit of its own, five a second over all apps of a portal (hubspot-api.md §4.1). */
export type BudgetKind = "general" | "search";

export interface Budget {
  /** Takes `n` requests, all or none. 0: granted; otherwise nothing was taken and this is how many milliseconds to wait. */
  take(portalId: PortalId, kind: BudgetKind, n: number, priority: Priority): Promise<number>;
  /** Lets nothing of this kind through for so long: HubSpot has said that the limit is reached. */
  pause(portalId: PortalId, kind: BudgetKind, ms: number, why: string): Promise<void>;
}

/** One request that was sent to HubSpot. */
export interface SentRequest {
  /** Null for OAuth, which belongs to the app and not to a portal. */
  readonly portalId: PortalId | null;
  /** First folder of the API: "objects", "associations", "properties", "oauth" … */
  readonly family: string;
  readonly method: string;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly ms: number;
}

export interface HubSpotOptions {
  readonly apiUrl: string;
  readonly appUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** How long one request may take, from its first byte to the last byte of its answer. */
  readonly timeoutMs: number;
  /** Aborted when the process is to end: requests under way are given up, and none is begun. */
  readonly leaving?: AbortSignal;
  readonly now: () => number;
  readonly log: Logger;
  readonly metrics: { onRequest(request: SentRequest): void };
  /**
   * `rejected`: this token has just been refused with 401; answer with another one. `isLeaving`: of a portal whose admin took the app away.
   */
  readonly accessToken: (portalId: PortalId, options?: { rejected?: string; isLeaving?: boolean }) => Promise<string>;
  readonly budget: Budget;
  /** IANA name, for the daily limit that ends at the portal's midnight. Null when not known yet. */
  readonly timeZone: (portalId: PortalId) => Promise<string | null>;
  readonly sleep?: (ms: number) => Promise<void>;
  /** 0 … 1, for jitter. */
  readonly random?: () => number;
  readonly versions?: Partial<ApiVersions>;
}
