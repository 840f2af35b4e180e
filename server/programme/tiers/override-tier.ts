import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import { storableText } from "@touchstone/shared/storable-text.ts";
import { outOfProgramme, type TierProgramme } from "@touchstone/shared/tier-shape.ts";
import type { Transaction } from "kysely";
import { z } from "zod";
import type { Context } from "../../context.ts";
import type { Schema } from "../../db/schema.ts";
import { countPlanned, countTiers, findLastMember } from "../../db/tier-lists.ts";
import { readTierMember, releaseMember } from "../../db/tier-members.ts";
import { addOverrides, endOverrides, readOverrides } from "../../db/tier-overrides.ts";
import { readTierPeople } from "../../db/tier-people.ts";
import { lockTiers, wantTiersNow } from "../../db/tier-runs.ts";
import { BadRequest, Conflict, NotFound } from "../../errors.ts";
import { checkOverride, mostOverrides } from "./check-override.ts";
import { effectiveCaps } from "./effective-caps.ts";
import { loadProgramme } from "./load-programme.ts";
import { tierName } from "./say-tiers.ts";

type Parts = Pick<Context, "db" | "queue" | "now">;

const bodySchema = z.union([
  z.strictObject({
    tier: z.string().min(1).max(64),
    reason: storableText(500).min(1),
    expiresAt: z.number().int(),
    makeRoom: z.boolean().optional(),
  }),
  z.strictObject({ end: z.literal(true) }),
]);
type Wish = Extract<z.infer<typeof bodySchema>, { tier: string }>;

/**
 * A person puts an account into a tier, or keeps it out, until a day and for a reason; it wins over the rule till then. A full tier
 * takes nobody unless the person lets its last in rank go. Sending it twice changes nothing more.
 */
export async function overrideTier(
  ctx: Parts,
  portalId: PortalId,
  accountId: AccountId,
  userId: string,
  body: unknown,
): Promise<void> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw new BadRequest("Say the tier, until when it holds, and the reason. Nothing was changed.");
  const wish = parsed.data;
  const now = ctx.now();
  const isChanged = await ctx.db.transaction().execute(async (trx) => {
    await lockTiers(trx, portalId);
    const changed =
      "end" in wish
        ? (await endOverrides(trx, portalId, [accountId], { at: now, by: userId })) > 0
        : await setOverride(trx, portalId, accountId, { wish, by: userId, now });
    if (changed) await wantTiersNow(trx, portalId);
    return changed;
  });
  if (isChanged) await ctx.queue.wake("assign-tiers", portalId);
}

async function setOverride(
  trx: Transaction<Schema>,
  portalId: PortalId,
  accountId: AccountId,
  { wish, by, now }: { wish: Wish; by: string; now: number },
): Promise<boolean> {
  const { programme } = await loadProgramme(trx, portalId);
  const { tier, reason, expiresAt } = wish;
  checkOverride(wish, programme, now);
  const member = await readTierMember(trx, portalId, accountId);
  if (!member) throw new NotFound("Touchstone has not scored this company (yet). Nothing was changed.");
  if (member.tier === "excluded")
    throw new Conflict("The company is excluded, and excluded companies are in no tier. Nothing was changed.");
  const overrides = await readOverrides(trx, portalId);
  const standing = overrides.find((one) => one.accountId === accountId);
  if (standing?.tier === tier && standing.reason === reason && standing.expiresAt === expiresAt) return false;
  if (!standing && overrides.length >= mostOverrides)
    throw new Conflict(`There are ${mostOverrides} overrides already: end some first. Nothing was changed.`);
  // Whose move down is approved has given its place away (`countPlanned`).
  const holds = member.tier === tier && member.demotion_state !== "approved";
  const isThere = tier === outOfProgramme || holds || standing?.tier === tier;
  if (!isThere) await findRoom(trx, portalId, programme, { ...wish, by, now });
  await endOverrides(trx, portalId, [accountId], { at: now, by });
  await addOverrides(trx, portalId, [{ accountId, tier, reason, by, setAt: now, expiresAt }]);
  return true;
}

/** The cap holds for a person's decision too; overrides that were set and not yet assigned count. */
async function findRoom(
  trx: Transaction<Schema>,
  portalId: PortalId,
  programme: TierProgramme,
  { tier, makeRoom, by, now }: Wish & { by: string; now: number },
): Promise<void> {
  const cap = effectiveCaps(programme, await readTierPeople(trx, portalId)).get(tier)?.cap ?? null;
  if (cap === null) return;
  const counts = await countTiers(trx, portalId, now);
  const members = counts.find((count) => count.tier === tier)?.members ?? 0;
  if (members + (await countPlanned(trx, portalId, tier)) < cap) return;
  const name = tierName(programme, tier);
  if (makeRoom !== true)
    throw new Conflict(
      `${name} is full (${members} of ${cap}). Let its last in rank move down for this one, or raise the cap. Nothing was changed.`,
    );
  const last = await findLastMember(trx, portalId, tier);
  if (last === null)
    throw new Conflict(`${name} is full, and overrides hold all its places: end one first. Nothing was changed.`);
  const next = programme.tiers[programme.tiers.findIndex(({ key }) => key === tier) + 1]?.key ?? outOfProgramme;
  const reason = `Moves down from ${name}: user ${by} needed its place.`;
  await releaseMember(trx, portalId, last, { to: next, by, at: now, reason });
}
