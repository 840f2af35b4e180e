import { plainPortal } from "../../support/plain-portal.ts";
import type { PortalAtWork } from "../../support/portal-at-work.ts";
import type { Size } from "../size.ts";
import { createCrmUser } from "./crm-user.ts";
import type { Stage } from "./stage.ts";

const peopleEach = 2;

export interface WorkloadOptions {
  readonly seed: number;
  readonly size: Size;
  readonly nowAt: number;
  readonly firstPortalId: number;
}

/** What users do in the portals of one trial: the same for the same seed and size, in slices of any length. */
export interface Workload {
  readonly portals: readonly PortalAtWork[];
  /** Makes `share` (0 … 1) of all changes, at once. */
  play(share: number): void;
  /** Makes what is left. */
  playRest(): void;
}

/** Adds the portals of a seed to the stage, installs the app in each and waits until they are scored. */
export async function installWorkload(
  stage: Pick<Stage, "standIn" | "portal">,
  { seed, size, nowAt, firstPortalId }: WorkloadOptions,
): Promise<Workload> {
  const companies = Math.ceil(size.accounts / size.portals);
  const portals = Array.from({ length: size.portals }, (_, index) => {
    stage.standIn.addPortal(plainPortal({ portalId: firstPortalId + index, companies, peopleEach, nowAt }));
    return stage.portal(firstPortalId + index);
  });
  await Promise.all(portals.map((portal) => portal.install()));
  const users = portals.map((portal, index) =>
    createCrmUser(portal.crm, { seed: `${seed}/${index}`, companies, peopleEach, nowAt }),
  );
  let made = 0;
  const playUntil = (end: number) => {
    for (; made < Math.min(end, size.changes); made++) users[made % users.length]?.changeSomething();
  };
  return {
    portals,
    play: (share) => playUntil(made + Math.ceil(share * size.changes)),
    playRest: () => playUntil(size.changes),
  };
}
