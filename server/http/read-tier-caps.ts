import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { readTierPeople } from "../db/tier-people.ts";
import type { TierCap } from "../models/count-cap-overflow.ts";
import { effectiveCaps } from "../programme/tiers/effective-caps.ts";
import { loadProgramme } from "../programme/tiers/load-programme.ts";

/** How many accounts each of the portal's tiers takes, from the highest down: its cap, or fewer where its people can work fewer. */
export async function readTierCaps({ db }: Pick<Context, "db">, portalId: PortalId): Promise<TierCap[]> {
  const [{ programme }, people] = await Promise.all([loadProgramme(db, portalId), readTierPeople(db, portalId)]);
  return [...effectiveCaps(programme, people)].map(([tier, { cap }]) => ({ tier, cap }));
}
