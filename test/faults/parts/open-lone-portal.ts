import { plainPortal } from "../../support/plain-portal.ts";
import type { PortalAtWork } from "../../support/portal-at-work.ts";
import type { Trial } from "../row.ts";
import { settle } from "./settle.ts";
import type { Stage } from "./stage.ts";

const portalId = 4_712_900;

/**
 * A portal beside the workload's, with one company and one person: nobody but the row changes it, so that what a fault leaves
 * there is not made good by a later change.
 */
export async function openLonePortal(stage: Stage, { clean, patienceMs }: Trial): Promise<PortalAtWork> {
  stage.standIn.addPortal(plainPortal({ portalId, companies: 1, peopleEach: 1, nowAt: clean.nowAt }));
  const portal = stage.portal(portalId);
  await portal.install();
  await settle(stage, patienceMs);
  return portal;
}
