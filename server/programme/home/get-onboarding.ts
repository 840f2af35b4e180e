import type { OnboardingView } from "@touchstone/shared/home-api.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { handSteps } from "@touchstone/shared/onboarding-steps.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { listPlays } from "../../db/plays.ts";
import { listModelVersions } from "../../db/portal-models.ts";
import { onboardingSetting, readSetting, saveSetting } from "../../db/portal-settings.ts";
import { findPortal } from "../../db/portals.ts";
import { countTargets } from "../../db/target-accounts.ts";
import { readStoredProgramme } from "../../db/tier-programmes.ts";
import { BadRequest, Conflict, PortalDisconnected } from "../../errors.ts";
import type { ReadStatus } from "./read-status.ts";
import { writeOnboarding } from "./write-onboarding.ts";

/** Enough to see whether somebody published or launched anything. */
const mostLooked = 50;

/** What of the setting up is done, as far as our database knows, and what people said of the rest. */
export async function getOnboarding(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
  readStatus: ReadStatus,
): Promise<OnboardingView> {
  const [portal, status, models, programme, list, plays, ticked] = await Promise.all([
    findPortal(ctx.db, portalId),
    readStatus(portalId),
    listModelVersions(ctx.db, portalId, mostLooked),
    readStoredProgramme(ctx.db, portalId),
    countTargets(ctx.db, portalId),
    listPlays(ctx.db, portalId, mostLooked),
    readSetting(ctx.db, portalId, onboardingSetting),
  ]);
  if (!portal) throw new PortalDisconnected(`portal ${portalId} is not installed`);
  return writeOnboarding({
    portal,
    status,
    ownModels: models.some((model) => model.publishedBy !== null),
    ownTiers: programme !== null,
    list,
    plays: { made: plays.length, launched: plays.filter((play) => play.launchedAt !== null).length },
    ticked: ticked.value,
  });
}

const tickSchema = z.strictObject({ step: z.enum(handSteps), done: z.boolean() });

/** Somebody says that a step is done, or that it is not after all. The same again changes nothing. */
export async function tickOnboarding(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
  { userId, body, readStatus }: { readonly userId: string; readonly body: unknown; readonly readStatus: ReadStatus },
): Promise<OnboardingView> {
  const parsed = tickSchema.safeParse(body);
  if (!parsed.success) throw new BadRequest(`Name one of the steps: ${handSteps.join(", ")}. Nothing was changed.`);
  const { step, done } = parsed.data;
  const { value: before, version } = await readSetting(ctx.db, portalId, onboardingSetting);
  const value = handSteps.filter((one) => (one === step ? done : before.includes(one)));
  const saved = await saveSetting(ctx.db, portalId, onboardingSetting, { value, version, by: userId });
  if (!saved)
    throw new Conflict("Somebody ticked another step at the same moment. Yours was not saved: press it again.");
  return getOnboarding(ctx, portalId, readStatus);
}
