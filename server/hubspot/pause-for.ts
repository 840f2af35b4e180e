import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Call, Gateway } from "./gateway.ts";
import { HubSpotRateLimited } from "./hubspot-errors.ts";
import type { BudgetKind } from "./hubspot-options.ts";
import type { Limit, Verdict } from "./judge-answer.ts";
import { msToLocalMidnight } from "./next-local-midnight.ts";

/** A migration between HubSpot's regions that does not say how long it takes. */
const unsaidMigrationMs = 600_000;
/** So that all portals of a time zone do not come back in the same second. */
const midnightJitterMs = 60_000;

/** Stops the portal's requests for as long as HubSpot's limit asks, in all processes, and says so as an error. */
export async function pauseFor<T>(
  gateway: Gateway,
  call: Call<T>,
  verdict: Extract<Verdict, { action: "pause" }>,
): Promise<HubSpotRateLimited> {
  const { limit, refusal } = verdict;
  if (!call.portal) return new HubSpotRateLimited(limit, 10_000, refusal);
  const { id } = call.portal;
  const ms = await pauseMs(gateway, id, verdict);
  for (const kind of pausedKinds(limit, call.search ? "search" : "general"))
    await gateway.budget.pause(id, kind, ms, limit);
  gateway.log.warn(
    { portalId: id, limit, ms, correlationId: refusal.correlationId },
    "HubSpot's limit is reached: the portal's requests pause",
  );
  return new HubSpotRateLimited(limit, ms, refusal);
}

async function pauseMs(
  gateway: Gateway,
  portalId: PortalId,
  verdict: Extract<Verdict, { action: "pause" }>,
): Promise<number> {
  if (verdict.limit === "secondly") return 1_000;
  if (verdict.limit === "ten_secondly") return 10_000;
  if (verdict.limit === "migration") return verdict.retryAfterMs ?? unsaidMigrationMs;
  const toMidnight = msToLocalMidnight(gateway.now(), await gateway.timeZone(portalId));
  return toMidnight + Math.floor(gateway.random() * midnightJitterMs);
}

/** The day's limit and a migration concern the whole portal; the short limits are counted for search apart (§4.1). */
function pausedKinds(limit: Limit, kind: BudgetKind): readonly BudgetKind[] {
  return limit === "daily" || limit === "migration" ? ["general", "search"] : [kind];
}
