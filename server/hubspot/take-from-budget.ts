import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Gateway } from "./gateway.ts";
import { HubSpotRateLimited } from "./hubspot-errors.ts";
import type { BudgetKind, Priority } from "./hubspot-options.ts";
import { toRefusal } from "./judge-answer.ts";
import type { ApiRequest } from "./send-request.ts";
import { waitOrLeave } from "./wait-or-leave.ts";

/**
 * How long a request may wait for its turn before the caller is told to come again. A person at a card must not wait long.
 * What a webhook brought waits out a window of HubSpot's limit. Other work is told at once: it stands in the database,
 * and a job that only waits would hold a place that another portal's changes need. A backfill that leaves in the middle of a page
 * asks for the page again, which was one request in fifty.
 */
const maxWaitMs: Readonly<Record<Priority, number>> = {
  card: 3_000,
  webhook: 10_000,
  due: 1_000,
  reconcile: 1_000,
  backfill: 3_000,
};

/** Takes `n` requests from the portal's budget, waiting for a while when there are none. */
export async function takeFromBudget(
  gateway: Gateway,
  portal: { readonly id: PortalId; readonly priority: Priority },
  kind: BudgetKind,
  n: number,
  request: ApiRequest,
): Promise<void> {
  for (let waitedMs = 0; ; ) {
    const waitMs = await gateway.budget.take(portal.id, kind, n, portal.priority);
    if (waitMs <= 0) return;
    if (waitedMs + waitMs > maxWaitMs[portal.priority])
      throw new HubSpotRateLimited("our own budget", waitMs, toRefusal(request, null));
    waitedMs += waitMs;
    await waitOrLeave(gateway, waitMs, request);
  }
}
