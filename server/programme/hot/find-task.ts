import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../../context.ts";
import { markerOf, type TaskFacts } from "./write-task.ts";

/**
 * The id of the task of an alert, if HubSpot has it. Read by its link to the company and not by search, whose index lags
 * behind (hubspot-api.md §6.4).
 */
export async function findTask(
  ctx: Pick<Context, "hubspot">,
  portalId: PortalId,
  alert: Pick<TaskFacts, "accountId" | "crossedAt">,
): Promise<string | null> {
  const priority = "webhook";
  const links = await ctx.hubspot.readAssociations(portalId, {
    from: "companies",
    to: "tasks",
    ids: [alert.accountId],
    priority,
  });
  const ids = (links.get(alert.accountId) ?? []).map((link) => link.toId);
  if (ids.length === 0) return null;
  const properties = ["hs_task_subject"];
  const { found } = await ctx.hubspot.readRecords(portalId, {
    objectType: "tasks",
    ids,
    properties,
    priority,
    findMerged: false,
  });
  return found.find((task) => task.properties.hs_task_subject?.includes(`[${markerOf(alert)}]`))?.id ?? null;
}
