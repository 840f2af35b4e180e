import type { HotView } from "@touchstone/shared/card-api.ts";
import { dueText, hotReason } from "@touchstone/shared/hot-text.ts";
import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { readLatestAlert } from "../db/hot-alerts.ts";
import { findPortal } from "../db/portals.ts";

/** The clock that runs for an account, as the card shows it; null when none does. */
export async function readClock(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  accountId: AccountId,
): Promise<HotView | null> {
  const alert = await readLatestAlert(ctx.db, portalId, accountId);
  if (alert === null || (alert.state !== "open" && alert.state !== "missed")) return null;
  const portal = await findPortal(ctx.db, portalId);
  return {
    reason: hotReason(alert),
    dueAt: alert.dueAt,
    dueText: dueText(alert.dueAt, portal?.timeZone ?? "UTC"),
    missed: alert.dueAt < ctx.now(),
  };
}
