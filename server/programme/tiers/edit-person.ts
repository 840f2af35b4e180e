import type { PortalId } from "@touchstone/shared/ids.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { readTierPeople, removeTierPerson, saveTierPerson } from "../../db/tier-people.ts";
import { lockTiers, wantTiersNow } from "../../db/tier-runs.ts";
import { BadRequest, Conflict } from "../../errors.ts";
import { loadProgramme } from "./load-programme.ts";

const mostPeople = 500;
const bodySchema = z.strictObject({
  personId: z.string().regex(/^\d{1,20}$/),
  side: z.enum(["sales", "marketing"]),
  places: z.record(z.string().max(64), z.number().int().min(0).max(100_000)).nullable(),
});

/** How many accounts of each tier a person can work; without places the person leaves the plan. Twice changes nothing more. */
export async function editPerson(
  ctx: Pick<Context, "db" | "queue">,
  portalId: PortalId,
  userId: string,
  body: unknown,
): Promise<void> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success)
    throw new BadRequest(
      'Send {"personId": owner id, "side": "sales" or "marketing", "places": {tier: number}}. Nothing was changed.',
    );
  const { personId, side, places } = parsed.data;
  await ctx.db.transaction().execute(async (trx) => {
    await lockTiers(trx, portalId);
    const { programme } = await loadProgramme(trx, portalId);
    const unknown = Object.keys(places ?? {}).filter((key) => !programme.tiers.some((tier) => tier.key === key));
    if (unknown.length > 0)
      throw new BadRequest(`There is no tier ${unknown.slice(0, 5).join(", ")}. Nothing was changed.`);
    const people = await readTierPeople(trx, portalId);
    const isNew = !people.some((person) => person.personId === personId);
    if (places !== null && isNew && people.length >= mostPeople)
      throw new Conflict(`The plan has ${mostPeople} people already. Nothing was changed.`);
    if (places === null) await removeTierPerson(trx, portalId, personId);
    else await saveTierPerson(trx, portalId, { personId, side, places }, userId);
    await wantTiersNow(trx, portalId);
  });
  await ctx.queue.wake("assign-tiers", portalId);
}
