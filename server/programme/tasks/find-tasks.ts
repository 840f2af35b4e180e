import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../../context.ts";
import type { WantedTask } from "../../db/tasks.ts";

/**
 * Ids of those tasks that HubSpot has, by their marker; null where it cannot be told, because HubSpot could not read which tasks are
 * linked to the company, or one of them. Read by their link to the company and not by search, whose index lags behind
 * (hubspot-api.md §6.4).
 */
export async function findTasks(
  ctx: Pick<Context, "hubspot">,
  portalId: PortalId,
  sought: readonly Pick<WantedTask, "accountId" | "marker">[],
): Promise<Map<string, string | null>> {
  if (sought.length === 0) return new Map();
  const priority = "webhook";
  const companyIds = sought.map((one) => one.accountId);
  const { links, failed: unlinked } = await ctx.hubspot.readAssociations(portalId, {
    from: "companies",
    to: "tasks",
    ids: companyIds,
    priority,
  });
  const ids = [...new Set([...links.values()].flat().map((link) => link.toId))];
  const noLinks = new Set(unlinked.map(({ id }) => id));
  const properties = ["hs_task_subject"];
  const { found, failed } = await ctx.hubspot.readRecords(portalId, {
    objectType: "tasks",
    ids,
    properties,
    priority,
    findMerged: false,
    rowsMayFail: true,
  });
  const unread = new Set(failed.map(({ id }) => id));
  return new Map(
    sought.flatMap(({ marker, accountId }): [string, string | null][] => {
      const task = found.find(({ properties: { hs_task_subject } }) => hs_task_subject?.includes(`[${marker}]`));
      if (task) return [[marker, task.id]];
      const isUnsure = noLinks.has(accountId) || links.get(accountId)?.some(({ toId }) => unread.has(toId));
      return isUnsure ? [[marker, null]] : [];
    }),
  );
}
