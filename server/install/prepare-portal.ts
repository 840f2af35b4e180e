import type { PortalId } from "@touchstone/shared/ids.ts";
import { outputGroup, outputProperties } from "@touchstone/shared/output-properties.ts";
import type { Context } from "../context.ts";
import { describePortal, findPortal, setPortalStatus } from "../db/portals.ts";

/**
 * Job: makes sure that the portal has our properties, learns its time zone, then starts the backfill. Doing it again
 * changes nothing, so a job that was cut off is simply done again.
 */
export async function preparePortal(
  ctx: Pick<Context, "db" | "hubspot" | "queue" | "log">,
  portalId: PortalId,
): Promise<void> {
  const portal = await findPortal(ctx.db, portalId);
  if (portal?.status !== "preparing") return;
  const details = await ctx.hubspot.readAccountDetails(portalId, "webhook");
  await describePortal(ctx.db, portalId, {
    timeZone: details.timeZone ?? "UTC",
    currency: details.companyCurrency ?? null,
    uiDomain: details.uiDomain ?? null,
  });
  const result = await ctx.hubspot.ensureProperties(portalId, {
    objectType: "companies",
    group: outputGroup,
    properties: outputProperties,
    priority: "webhook",
  });
  for (const { name, reason } of result.failed)
    ctx.log.error({ portalId, property: name, reason }, "a property could not be prepared");
  ctx.log.info({ portalId, created: result.created.length, changed: result.changed.length }, "portal prepared");
  await setPortalStatus(ctx.db, portalId, "backfilling");
  await ctx.queue.wake("backfill-portal", portalId);
}
