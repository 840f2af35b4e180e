import type { PortalId } from "@touchstone/shared/ids.ts";
import type { SettingsAccessView, SettingsProgressView } from "@touchstone/shared/settings-api.ts";
import type { Context } from "../context.ts";
import { Forbidden } from "../errors.ts";
import { getPortalStatus, requireInstaller } from "./get-portal-status.ts";
import { settingsWords as words } from "./settings-words.ts";
import { readViewOnly } from "./view-only.ts";

/** Whether the reader may change settings: the same question that every write asks again. */
export async function getSettingsAccess(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
  userId: string,
): Promise<SettingsAccessView> {
  const viewOnly = await readViewOnly(ctx, portalId, userId);
  if (viewOnly !== null) return { mayChange: false, why: viewOnly, words };
  try {
    await requireInstaller(ctx, portalId, userId);
    return { mayChange: true, why: null, words };
  } catch (error) {
    if (!(error instanceof Forbidden)) throw error;
    return { mayChange: false, why: readOnly, words };
  }
}

const readOnly =
  "You can see everything here and change nothing: only the person who connected Touchstone to HubSpot may. " +
  "An admin becomes that person by connecting Touchstone again.";

/** How far a portal is after something that moves every account: a model, its tiers. */
export async function getSettingsProgress(
  ctx: Pick<Context, "config" | "db" | "now">,
  portalId: PortalId,
): Promise<SettingsProgressView> {
  const status = await getPortalStatus(ctx, portalId);
  const { scored: total, waitingAccounts, waitingRecords, waitingTiers, waitingProgramme } = status;
  const settled = Math.min(total, status.written + status.failedWrites);
  const done = Math.max(0, Math.min(settled, total - waitingAccounts));
  const accounts = `${done.toLocaleString("en")} of ${total.toLocaleString("en")} accounts`;
  const numbers = `${accounts} scored by what is active now and written to HubSpot`;
  return {
    done,
    total,
    line: status.reading === null ? numbers : `${numbers}. ${status.reading}`,
    pending: status.status !== "ready" || done < total || waitingRecords > 0 || waitingTiers || waitingProgramme,
  };
}
