import { type BulkOutcome, chosenCompanies } from "@touchstone/shared/chosen-companies.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { storableText } from "@touchstone/shared/storable-text.ts";
import type { TierProgramme } from "@touchstone/shared/tier-shape.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import type { Database } from "../../db/database.ts";
import { readOverrideFacts } from "../../db/override-facts.ts";
import { countPlanned, countTiers } from "../../db/tier-lists.ts";
import { addOverrides, countOverrides, endOverrides } from "../../db/tier-overrides.ts";
import { readTierPeople } from "../../db/tier-people.ts";
import { lockTiers, wantTiersNow } from "../../db/tier-runs.ts";
import { BadRequest } from "../../errors.ts";
import { checkOverride } from "./check-override.ts";
import { effectiveCaps } from "./effective-caps.ts";
import { judgeOverrides, stands, type TierRoom } from "./judge-overrides.ts";
import { loadProgramme } from "./load-programme.ts";
import { tierName } from "./say-tiers.ts";

type Parts = Pick<Context, "db" | "queue" | "now">;

const bodySchema = z.strictObject({
  companyIds: chosenCompanies,
  tier: z.string().min(1).max(64),
  reason: storableText(500).min(1),
  expiresAt: z.number().int(),
  since: z.number().int().min(0).optional(),
});
type Body = z.infer<typeof bodySchema>;

/** What would become of each chosen company. Changes nothing. */
export async function previewOverriding(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  userId: string,
  body: unknown,
): Promise<BulkOutcome> {
  const { outcome } = await judgeAll(ctx.db, portalId, parse(body), { by: userId, at: ctx.now() });
  return outcome;
}

/**
 * A person puts chosen companies into a tier, or keeps them out, each on its own: one for which there is no place never costs another
 * its own. Sent again it answers the same, by what this person set since the preview.
 */
export async function overrideChosen(
  ctx: Parts,
  portalId: PortalId,
  userId: string,
  body: unknown,
): Promise<BulkOutcome> {
  const chosen = parse(body);
  const at = ctx.now();
  const { tier, reason, expiresAt } = chosen;
  const { outcome, isChanged } = await ctx.db.transaction().execute(async (trx) => {
    await lockTiers(trx, portalId);
    const judged = await judgeAll(trx, portalId, chosen, { by: userId, at });
    const ids = judged.fresh;
    if (ids.length === 0) return { ...judged, isChanged: false };
    await endOverrides(trx, portalId, ids, { at, by: userId });
    const overrides = ids.map((accountId) => ({ accountId, tier, reason, by: userId, setAt: at, expiresAt }));
    await addOverrides(trx, portalId, overrides);
    await wantTiersNow(trx, portalId);
    return { ...judged, isChanged: true };
  });
  if (isChanged) await ctx.queue.wake("assign-tiers", portalId);
  return outcome;
}

/** `fresh` are the companies for which something would be changed. */
async function judgeAll(
  db: Database,
  portalId: PortalId,
  { companyIds, since, ...wish }: Body,
  { by, at }: { readonly by: string; readonly at: number },
): Promise<{ outcome: BulkOutcome; fresh: string[] }> {
  const { programme } = await loadProgramme(db, portalId);
  checkOverride(wish, programme, at);
  const facts = await readOverrideFacts(db, portalId, companyIds.possible);
  const room = await findRoom(db, portalId, programme, { tier: wish.tier, at });
  const lines = judgeOverrides(companyIds.ids, facts, { ...wish, by, since: since ?? null }, room);
  const fresh = lines.flatMap(({ companyId, status }) => {
    const one = facts.get(companyId);
    return status === "done" && one && !stands(one, wish) ? [companyId] : [];
  });
  return { outcome: { at, goal: room.name, notes: [], leftOut: companyIds.leftOut, lines }, fresh };
}

async function findRoom(
  db: Database,
  portalId: PortalId,
  programme: TierProgramme,
  { tier, at }: { readonly tier: string; readonly at: number },
): Promise<TierRoom> {
  const cap = effectiveCaps(programme, await readTierPeople(db, portalId)).get(tier)?.cap ?? null;
  const counts = cap === null ? [] : await countTiers(db, portalId, at);
  const planned = cap === null ? 0 : await countPlanned(db, portalId, tier);
  return {
    name: tierName(programme, tier),
    ownerRequired: programme.tiers.find(({ key }) => key === tier)?.ownerRequired ?? false,
    cap,
    taken: (counts.find((count) => count.tier === tier)?.members ?? 0) + planned,
    overrides: await countOverrides(db, portalId),
  };
}

function parse(body: unknown): Body {
  const parsed = bodySchema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new BadRequest(
    'Name the companies by their ids, a tier, a reason of up to 500 characters and "expiresAt". Nothing was changed.',
  );
}
