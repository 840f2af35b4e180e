import type { PortalId } from "@touchstone/shared/ids.ts";
import { monthOf } from "@touchstone/shared/month-of.ts";
import type { PlayView } from "@touchstone/shared/plays-api.ts";
import { storableText } from "@touchstone/shared/storable-text.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { countReviews } from "../../db/former-targets.ts";
import { launchPlay, listLaunched, lockPlays, readPlay } from "../../db/plays.ts";
import { findPortal } from "../../db/portals.ts";
import { wantStepTasks } from "../../db/step-tasks.ts";
import { readTierTraits } from "../../db/tier-traits.ts";
import { BadRequest, NotFound } from "../../errors.ts";
import { checkLaunch } from "./check-launch.ts";
import { getPlay } from "./list-plays.ts";

const bodySchema = z.strictObject({
  overrideReason: storableText(500).min(3).optional(),
});

/**
 * Sends a play out if every check passes. One play a tier and calendar month: the second needs a reason, which is kept with it
 * (T23). Launching what runs already changes nothing.
 */
export async function launch(
  ctx: Pick<Context, "db" | "now" | "queue">,
  portalId: PortalId,
  playId: string,
  userId: string,
  body: unknown,
): Promise<PlayView> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw new BadRequest("A reason to override has 3 to 500 characters. Nothing was launched.");
  const overrideReason = parsed.data.overrideReason ?? null;
  const at = ctx.now();
  const portal = await findPortal(ctx.db, portalId);
  const month = monthOf(at, portal?.timeZone ?? "UTC");
  await ctx.db.transaction().execute(async (trx) => {
    await lockPlays(trx, portalId);
    const stored = await readPlay(trx, portalId, playId);
    if (!stored) throw new NotFound("There is no such play. Nothing was launched.");
    if (stored.status === "running") return;
    const launchedThisMonth = await listLaunched(trx, portalId, month);
    const tiers = await readTierTraits(trx, portalId);
    const reviews = await countReviews(trx, portalId);
    const checks = checkLaunch({ ...stored, ...reviews, launchedThisMonth, month, tiers });
    const open = checks.filter((check) => !check.passed && !(check.overridable && overrideReason !== null));
    if (open.length > 0) {
      const how = open.every((check) => check.overridable) ? " Give a reason to launch it all the same." : "";
      throw new BadRequest(`${open.map((check) => check.text).join(" ")}${how} Nothing was launched.`);
    }
    const overridden = checks.some((check) => !check.passed) ? overrideReason : null;
    await launchPlay(trx, portalId, playId, { by: userId, at, month, overrideReason: overridden });
    await wantStepTasks(trx, portalId, playId, "all");
  });
  await ctx.queue.wake("make-tasks", portalId);
  return getPlay(ctx, portalId, playId);
}
