import { randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Portal } from "../portal.ts";
import type { Switches } from "../switches.ts";
import { ApiError } from "./api-error.ts";
import type { PortalRoute } from "./api-route.ts";

/** Figures for an OAuth app on the marketplace: hubspot-api.md §4.1. */
const burst = { max: 110, windowMs: 10_000 };
const searchBurst = { max: 5, windowMs: 1_000 };

const messages = {
  TEN_SECONDLY_ROLLING: "You have reached your ten_secondly_rolling limit.",
  SECONDLY: "You have reached your secondly limit.",
  DAILY: "You have reached your daily limit.",
} as const;

export interface RateLimits {
  /** Counts the call or throws a 429; returns the headers that the answer carries. */
  take(portal: Portal, appId: number, limit: PortalRoute["limit"]): Record<string, string>;
}

export function createRateLimits(clock: Clock, switches: Switches): RateLimits {
  const windows = new Map<string, number[]>();
  const days = new Map<number, { day: string; used: number }>();

  const take = (key: string, { max, windowMs }: typeof burst): number | null => {
    const now = clock.now();
    const times = (windows.get(key) ?? []).filter((at) => at > now - windowMs);
    windows.set(key, times);
    if (times.length >= max) return null;
    times.push(now);
    return max - times.length;
  };
  const takeDay = ({ settings }: Portal): boolean => {
    if (settings.dailyLimit === undefined) return true;
    const day = localDay(clock.now(), settings.timeZone);
    const known = days.get(settings.portalId);
    const today = known?.day === day ? known : { day, used: 0 };
    days.set(settings.portalId, today);
    return today.used++ < settings.dailyLimit;
  };
  return {
    take(portal, appId, limit) {
      const { portalId } = portal.settings;
      if (!takeDay(portal)) throw tooMany("DAILY", switches);
      if (limit === "search") {
        // Over all apps of the portal, and without headers (§4.1).
        if (take(`search ${portalId}`, searchBurst) === null) throw tooMany("SECONDLY", switches);
        return {};
      }
      const own = limit === "associations" && !switches.associationsShareBurst;
      const left = take(`${own ? "associations" : "general"} ${appId} ${portalId}`, burst);
      if (left === null) throw tooMany("TEN_SECONDLY_ROLLING", switches, burstHeaders(0));
      return burstHeaders(left);
    },
  };
}

function burstHeaders(remaining: number): Record<string, string> {
  return {
    "X-HubSpot-RateLimit-Max": String(burst.max),
    "X-HubSpot-RateLimit-Remaining": String(remaining),
    "X-HubSpot-RateLimit-Interval-Milliseconds": String(burst.windowMs),
  };
}

export function tooMany(
  policyName: keyof typeof messages,
  switches: Switches,
  headers: Readonly<Record<string, string>> = {},
): ApiError {
  const named = switches.rateLimitGroup ? { groupName: "publicapi:crm:standin", requestId: randomUUID() } : {};
  const retry = switches.retryAfterOn429 ? { "Retry-After": policyName === "TEN_SECONDLY_ROLLING" ? "10" : "1" } : {};
  const body = { status: "error", message: messages[policyName], errorType: "RATE_LIMIT", policyName, ...named };
  return new ApiError(429, body, { ...headers, ...retry });
}

/** The daily count starts again at midnight of the portal's own time zone. */
function localDay(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone }).format(at);
}
