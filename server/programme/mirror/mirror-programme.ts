import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../../context.ts";
import { readMirrorCapability, savePlanned } from "../../db/mirror-portals.ts";
import { findPortal, type Portal } from "../../db/portals.ts";
import { compareMirror } from "./compare-mirror.ts";
import { hasAppObjects, whileOurs } from "./find-capability.ts";
import { planMirror } from "./plan-mirror.ts";
import { writeMirror } from "./write-mirror.ts";

type Parts = Pick<Context, "config" | "db" | "hubspot" | "queue" | "now" | "log">;

/** A portal's turn; what is left waits for the next one. */
const turnMs = 5_000;
/** Planning reads up to 150,000 rows of the portal. */
const planEveryMs = 300_000;

/**
 * Job: lets HubSpot's records of tiers, plays and buying roles follow our database, where the environment says that their names are
 * granted and the portal has them. What people changed there is looked at last. Changes nothing when nothing changed.
 */
export async function mirrorProgramme(ctx: Parts, portalId: PortalId): Promise<void> {
  if (!ctx.config.appObjects) return;
  const portal = await findPortal(ctx.db, portalId);
  if (portal?.status !== "ready" || !(await hasAppObjects(ctx, portal))) return;
  await whileOurs(ctx, portalId, () => takeTurn(ctx, portal));
}

async function takeTurn(ctx: Parts, portal: Portal): Promise<void> {
  const { portalId } = portal;
  const endAt = performance.now() + turnMs;
  await planWhenDue(ctx, portal);
  const isDone = (await writeMirror(ctx, portalId, endAt)) && (await compareMirror(ctx, portalId, endAt));
  if (!isDone) await ctx.queue.wake("mirror-programme", portalId);
}

async function planWhenDue(ctx: Parts, { portalId, timeZone }: Portal): Promise<void> {
  const plannedAt = (await readMirrorCapability(ctx.db, portalId))?.plannedAt ?? null;
  const at = ctx.now();
  if (plannedAt !== null && at - plannedAt < planEveryMs) return;
  if (await planMirror(ctx, portalId, timeZone)) await savePlanned(ctx.db, portalId, at);
}
