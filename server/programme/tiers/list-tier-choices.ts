import type { BulkChoicesView } from "@touchstone/shared/bulk-api.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { outOfProgramme } from "@touchstone/shared/tier-shape.ts";
import type { Context } from "../../context.ts";
import { countTiers } from "../../db/tier-lists.ts";
import { readTierPeople } from "../../db/tier-people.ts";
import { effectiveCaps } from "./effective-caps.ts";
import { loadProgramme } from "./load-programme.ts";

const dayMs = 86_400_000;
const lastingDays = [30, 90, 180, 365];

type TierChoice = BulkChoicesView["tiers"][number] & { readonly name: string };

/** The tiers that a person may set with the places that are taken, and until when. */
export async function listTierChoices(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
): Promise<Pick<BulkChoicesView, "lasting"> & { readonly tiers: readonly TierChoice[] }> {
  const [{ programme }, people, counts] = await Promise.all([
    loadProgramme(ctx.db, portalId),
    readTierPeople(ctx.db, portalId),
    countTiers(ctx.db, portalId, ctx.now()),
  ]);
  const caps = effectiveCaps(programme, people);
  const tiers = programme.tiers.map(({ key, name }) => {
    const members = counts.find((count) => count.tier === key)?.members ?? 0;
    const cap = caps.get(key)?.cap ?? null;
    return { key, name, label: cap === null ? name : `${name} (${members} of ${cap} places taken)` };
  });
  return {
    tiers: [...tiers, { key: outOfProgramme, name: "out of the programme", label: "Out of the programme" }],
    lasting: lastingDays.map((days) => ({ days, expiresAt: ctx.now() + days * dayMs })),
  };
}
