import type { BulkChoicesView } from "@touchstone/shared/bulk-api.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { tierLabel } from "@touchstone/shared/tier-label.ts";
import type { Context } from "../../context.ts";
import { listPlays } from "../../db/plays.ts";
import { readTierTraits } from "../../db/tier-traits.ts";

const mostPlays = 100;
/** In the order in which they are offered. */
const states = { running: "running", approved: "not launched yet", draft: "being written", paused: "paused" } as const;
const places = Object.keys(states);

/** The plays into which accounts still come: those that run first, the newest first among them. */
export async function listOpenPlays(ctx: Pick<Context, "db">, portalId: PortalId): Promise<BulkChoicesView["plays"]> {
  const [plays, tiers] = await Promise.all([listPlays(ctx.db, portalId, mostPlays), readTierTraits(ctx.db, portalId)]);
  const open = plays.flatMap(({ status, ...play }) => (status === "retired" ? [] : [{ ...play, status }]));
  return open
    .sort((a, b) => places.indexOf(a.status) - places.indexOf(b.status))
    .map(({ playId, play, status }) => ({
      playId,
      label: `${play.name} (${tierLabel(tiers, play.tier)}, ${states[status]})`,
    }));
}
