import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../../context.ts";
import { findPortal } from "../../db/portals.ts";
import { answerRunningAlerts } from "./answer-running-alerts.ts";
import { makeTasks } from "./make-tasks.ts";

/** Job: makes the tasks of a portal's new hot accounts, and stops the clocks of those that somebody reached out to. */
export async function tendHotAccounts(
  ctx: Pick<Context, "db" | "hubspot" | "now" | "log">,
  portalId: PortalId,
): Promise<void> {
  const portal = await findPortal(ctx.db, portalId);
  if (!portal || portal.status === "disconnected" || portal.status === "preparing") return;
  await answerRunningAlerts(ctx, portalId);
  await makeTasks(ctx, portalId);
}
