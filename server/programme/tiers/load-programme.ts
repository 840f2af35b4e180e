import type { PortalId } from "@touchstone/shared/ids.ts";
import { type TierProgramme, tierProgrammeSchema } from "@touchstone/shared/tier-shape.ts";
import type { Database } from "../../db/database.ts";
import { readStoredProgramme } from "../../db/tier-programmes.ts";
import { defaultTiers } from "./load-tier-template.ts";

/** The portal's tiers; version 0 are those that ship. */
export async function loadProgramme(
  db: Database,
  portalId: PortalId,
): Promise<{ programme: TierProgramme; version: number }> {
  const stored = await readStoredProgramme(db, portalId);
  if (!stored) return { programme: defaultTiers, version: 0 };
  return { programme: tierProgrammeSchema.parse(stored.document), version: stored.version };
}
