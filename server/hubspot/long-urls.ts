import type { ApiRequest } from "./send-request.ts";

/**
 * HubSpot refuses an address that is too long (414, hubspot-api.md §4.3) and does not say where that begins. Others met it at 16,200
 * characters (PostHog/posthog#31617) and at some 8,000 (dlt-hub/verified-sources#311).
 */
const longestUrl = 7_500;

/** Names of properties stand in the address of a GET: a portal's models may read hundreds. A batch has them in its body. */
export const isTooLong = ({ url }: ApiRequest): boolean => url.length > longestUrl;
