import type { Call, Gateway } from "./gateway.ts";
import { HubSpotRateLimited } from "./hubspot-errors.ts";
import type { Priority } from "./hubspot-options.ts";
import { toRefusal } from "./judge-answer.ts";

/**
 * How long a request may wait for its turn before the caller is told to come again. A window of HubSpot's limit is ten
 * seconds, so background work that waits one out keeps what it has read so far; a person at a card must not wait as long.
 */
const maxWaitMs: Readonly<Record<Priority, number>> = {
  card: 3_000,
  webhook: 10_000,
  due: 10_000,
  reconcile: 10_000,
  backfill: 10_000,
};

/** Takes one request from the portal's budget, waiting for a while when there is none. */
export async function takeFromBudget<T>(gateway: Gateway, call: Call<T>): Promise<void> {
  if (!call.portal) return;
  const { id, priority } = call.portal;
  for (let waitedMs = 0; ; ) {
    const waitMs = await gateway.budget.take(id, call.search ? "search" : "general", priority);
    if (waitMs <= 0) return;
    if (waitedMs + waitMs > maxWaitMs[priority])
      throw new HubSpotRateLimited("our own budget", waitMs, toRefusal(call.request, null));
    waitedMs += waitMs;
    await gateway.sleep(waitMs);
  }
}
