import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import { findTaxonomyRole, roleTaxonomies, type TaxonomyKey } from "@touchstone/shared/role-taxonomies.ts";
import { storableText } from "@touchstone/shared/storable-text.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { type CommitteeMember, holdMember, saveMember, savePlace } from "../../db/committees.ts";
import { markDirty, priorities } from "../../db/dirty-accounts.ts";
import { readLinkedRecords } from "../../db/linked-records.ts";
import { readSetting, taxonomySetting, writeRolesSetting } from "../../db/portal-settings.ts";
import { beginReading, holdPortal } from "../../db/portals.ts";
import { BadRequest, Conflict, NotFound } from "../../errors.ts";

type Parts = Pick<Context, "db" | "queue" | "now">;

const key = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/);
/** A field that is left out stays as it is; null takes a judgement back. */
const personSchema = z.strictObject({
  personId: z.string().regex(/^\d{1,20}$/),
  roles: z.array(key).max(10).optional(),
  influence: z.number().int().min(1).max(5).nullish(),
  sentiment: z.number().int().min(-2).max(2).nullish(),
  advocating: z.boolean().optional(),
  departed: z.boolean().optional(),
});

/**
 * Says what part a person plays for an account. Roles are those of the taxonomy that the portal uses now and are kept under
 * it; roles that were given under another one stay beside them (T28). The account is scored again. The same again changes nothing.
 */
export async function mapPerson(
  ctx: Parts,
  portalId: PortalId,
  accountId: AccountId,
  userId: string,
  body: unknown,
): Promise<void> {
  const parsed = personSchema.safeParse(body);
  if (!parsed.success) {
    throw new BadRequest("Name a person, and roles, influence (1–5) or sentiment (−2 to 2). Nothing was changed.");
  }
  const given = parsed.data;
  const { value: taxonomy } = await readSetting(ctx.db, portalId, taxonomySetting);
  const strange = (given.roles ?? []).find((role) => findTaxonomyRole(taxonomy, role) === undefined);
  if (strange !== undefined) {
    const known = roleTaxonomies[taxonomy].roles.map((role) => role.key).join(", ");
    throw new BadRequest(`"${strange}" is not a role of this portal (${known}). Nothing was changed.`);
  }
  const { erasures } = await beginReading(ctx.db, portalId);
  const people = await readLinkedRecords(ctx.db, portalId, "contacts", accountId);
  if (!people.has(given.personId)) {
    throw new NotFound("This person does not belong to the company (yet). Nothing was changed.");
  }
  const changed = { by: userId, at: ctx.now() };
  // Marked with it or not at all: the same again changes nothing, so what was stored and not marked would never be scored.
  const isNew = await ctx.db.transaction().execute(async (trx) => {
    if ((await holdPortal(trx, portalId)) !== erasures) throw new Conflict(erasedMeanwhile);
    const before = await holdMember(trx, portalId, accountId, given.personId, changed);
    const isNew = await saveMember(trx, portalId, accountId, toMember(given, before, taxonomy), changed);
    if (isNew) await markDirty(trx, portalId, [accountId], priorities.live);
    return isNew;
  });
  if (!isNew) return;
  await ctx.queue.wake("rescore-batch", portalId);
  if ((await readSetting(ctx.db, portalId, writeRolesSetting)).value)
    await ctx.queue.wake("write-buying-roles", portalId);
}

const erasedMeanwhile =
  "Somebody was just erased from this portal, maybe this person. Nothing was changed: look again.";

/** What was said before, changed by what is said now. */
function toMember(
  given: z.infer<typeof personSchema>,
  before: CommitteeMember,
  taxonomy: TaxonomyKey,
): CommitteeMember {
  const others = before.roles.filter((role) => role.taxonomy !== taxonomy);
  return {
    personId: given.personId,
    roles: given.roles ? [...others, ...given.roles.map((role) => ({ taxonomy, role }))] : before.roles,
    influence: given.influence === undefined ? before.influence : given.influence,
    sentiment: given.sentiment === undefined ? before.sentiment : given.sentiment,
    levelJudged: given.advocating === undefined ? before.levelJudged : given.advocating ? 5 : null,
    departed: given.departed ?? before.departed,
  };
}

const placeSchema = z.strictObject({
  role: key,
  depth: z.enum(["title", "category"]),
  /** Empty: not known any more. */
  named: storableText(200),
});

/** Says that a role is known by title or category, without a person (row 75). */
export async function mapPlace(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  accountId: AccountId,
  userId: string,
  body: unknown,
): Promise<void> {
  const parsed = placeSchema.safeParse(body);
  const { value: taxonomy } = await readSetting(ctx.db, portalId, taxonomySetting);
  if (!parsed.success || !findTaxonomyRole(taxonomy, parsed.data.role)) {
    const known = roleTaxonomies[taxonomy].roles.map((role) => role.key).join(", ");
    throw new BadRequest(
      `Name a role (${known}), the depth title or category, and what it is called. Nothing was changed.`,
    );
  }
  await savePlace(ctx.db, portalId, accountId, { taxonomy, ...parsed.data }, { by: userId, at: ctx.now() });
}
