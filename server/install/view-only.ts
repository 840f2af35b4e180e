import type { PortalId } from "@touchstone/shared/ids.ts";
import type { ViewOnlyView } from "@touchstone/shared/settings-api.ts";
import { z } from "zod";
import type { Context } from "../context.ts";
import { readSetting, saveSetting, viewOnlySetting } from "../db/portal-settings.ts";
import { findCaller } from "../db/portals.ts";
import { BadRequest, Conflict, PortalDisconnected } from "../errors.ts";

type Parts = Pick<Context, "db">;

const sentence =
  "You can see everything in Touchstone and change nothing. The person who connected it to HubSpot chose so, and can " +
  "change it in Touchstone's settings, under Health.";

/**
 * Why the caller may only look; null when they may change things. HubSpot signs who asks and nothing that they may do, so
 * people who may only look are named here (decision 0029). Throws for a portal that never installed the app or took it away.
 */
export async function readViewOnly(ctx: Parts, portalId: PortalId, userId: string): Promise<string | null> {
  const caller = await findCaller(ctx.db, portalId, userId);
  if (!caller || caller.status === "disconnected") throw new PortalDisconnected(`portal ${portalId} is not installed`);
  return caller.isViewOnly && !caller.isInstaller ? sentence : null;
}

export async function getViewOnly(ctx: Parts, portalId: PortalId, userId: string): Promise<ViewOnlyView> {
  const { value, version } = await readSetting(ctx.db, portalId, viewOnlySetting);
  return { userIds: value, version, yourId: userId };
}

const bodySchema = z.strictObject({ userIds: viewOnlySetting.schema, version: z.number().int().min(0) });

/** Who may only look from now on. Refused when somebody else changed it since `version` was read. */
export async function changeViewOnly(
  ctx: Parts,
  portalId: PortalId,
  userId: string,
  body: unknown,
): Promise<ViewOnlyView> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success)
    throw new BadRequest("Give up to 200 HubSpot user ids, each a number of at most 15 digits. Nothing was changed.");
  const userIds = [...new Set(parsed.data.userIds)].sort((a, b) => Number(a) - Number(b));
  if (userIds.includes(userId))
    throw new BadRequest(
      "You connected Touchstone to HubSpot, so you cannot be one who only looks. Nothing was changed.",
    );
  const change = { value: userIds, version: parsed.data.version, by: userId };
  const saved = await saveSetting(ctx.db, portalId, viewOnlySetting, change);
  if (!saved) throw new Conflict("Somebody changed who may only look meanwhile. Yours was not saved: read it again.");
  return { userIds: saved.value, version: saved.version, yourId: userId };
}
