import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../../context.ts";
import { findPortal } from "../../db/portals.ts";
import { answerRunningAlerts } from "./answer-running-alerts.ts";

/** Job: stops the clocks of a portal's hot accounts that somebody reached out to, and notes those that ran out. */
export async function tendHotAccounts(ctx: Pick<Context, "db" | "queue" | "now">, portalId: PortalId): Promise<void> {
  const portal = await findPortal(ctx.db, portalId);
  if (!portal || portal.status === "disconnected" || portal.status === "preparing") return;
  await answerRunningAlerts(ctx, portalId);
}
