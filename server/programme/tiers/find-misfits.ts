import type { PortalId } from "@touchstone/shared/ids.ts";
import type { TierProgramme } from "@touchstone/shared/tier-shape.ts";
import type { Database } from "../../db/database.ts";
import { readActiveScale } from "../../db/portal-models.ts";

/** Where the tiers and the active priority model do not fit together: nobody would ever enter, or everybody. */
export async function findMisfits(db: Database, portalId: PortalId, programme: TierProgramme): Promise<string[]> {
  const scale = await readActiveScale(db, portalId);
  if (!scale) return [];
  return programme.tiers.flatMap(({ name, entry }) =>
    entry.conditions.flatMap((condition) => {
      if (condition.kind === "score" && condition.from > scale.max)
        return [`${name} begins at ${condition.from}, and the model ${scale.key} gives at most ${scale.max}.`];
      if (condition.kind !== "band") return [];
      const lost = condition.bands.filter((band) => !scale.bands.includes(band));
      return lost.length > 0
        ? [`${name} asks for ${lost.join(", ")}, which is no band of the model ${scale.key}.`]
        : [];
    }),
  );
}
