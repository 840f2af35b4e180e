import type { PlaceView } from "@touchstone/shared/card-api.ts";
import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import { shippedTiers } from "@touchstone/shared/output-properties.ts";
import { excludedFromTiers, outOfProgramme } from "@touchstone/shared/tier-shape.ts";
import type { Database } from "../db/database.ts";
import { readTierMember } from "../db/tier-members.ts";
import { readTierNames } from "../db/tier-programmes.ts";

/** Where the account stands in the programme, as the last pass over the portal left it. */
export async function readPlace(db: Database, portalId: PortalId, accountId: AccountId): Promise<PlaceView | null> {
  const member = await readTierMember(db, portalId, accountId);
  if (!member) return null;
  const { tier, since, reason, waiting_for: waitingFor } = member;
  const isIn = tier !== outOfProgramme && tier !== excludedFromTiers;
  if (!isIn && waitingFor === null) return null;
  const own = await readTierNames(db, portalId);
  const names = new Map([...shippedTiers, ...own].map(({ key, name }) => [key, name]));
  const named = (key: string) => ({ key, label: names.get(key) ?? key });
  return { tier: isIn ? named(tier) : null, since, reason, waitingFor: waitingFor === null ? null : named(waitingFor) };
}
