import { buyingRoleOptionsFor } from "@touchstone/shared/buying-roles-of.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { refusalCategories } from "@touchstone/shared/refusal-categories.ts";
import { canonicalOf } from "@touchstone/shared/role-taxonomies.ts";
import type { Context } from "../../context.ts";
import { forgetRoleWrites, type RoleHolder, readRoleHolders, saveRoleWrites } from "../../db/buying-role-writes.ts";
import { priorities } from "../../db/dirty-accounts.ts";
import { needs } from "../../db/inbox.ts";
import { readSetting, writeRolesSetting } from "../../db/portal-settings.ts";
import { beginReading, findPortal } from "../../db/portals.ts";
import { countRefusalsLeft, noteRefusals } from "../../db/refused-requests.ts";
import { markStale } from "../../db/stale-records.ts";
import { readWriteRules, saveWriteRules } from "../../db/write-rules.ts";
import { mostRefused, type UpdatedRecords } from "../../hubspot/update-records.ts";
import { type MergedBuyingRoles, mergeBuyingRoles } from "./merge-buying-roles.ts";

type Parts = Pick<Context, "db" | "hubspot" | "queue" | "now" | "log">;

const batchSize = 100;
/** A portal's turn; what is left is begun again, from the first person on: who is done costs no request. */
const turnMs = 5_000;
const retryMs = 86_400_000;
/** HubSpot refused them together with others, or a portal's refusals of the day are used up. */
const untriedMs = 3_600_000;

/**
 * Job: writes the roles that people were given into HubSpot's own buying role, where an admin agreed. Asks HubSpot first what stands
 * there, 100 people a request, and only for those whose roles changed since we last wrote.
 */
export async function writeBuyingRoles(ctx: Parts, portalId: PortalId): Promise<void> {
  if ((await findPortal(ctx.db, portalId))?.status !== "ready") return;
  if (!(await readSetting(ctx.db, portalId, writeRolesSetting)).value) return;
  const endAt = performance.now() + turnMs;
  for (let after = ""; ; ) {
    const { erasures } = await beginReading(ctx.db, portalId);
    const page = await readRoleHolders(ctx.db, portalId, after, batchSize);
    const last = page.at(-1);
    if (!last) return;
    after = last.personId;
    const changed = page.filter(
      (one) => one.retryAt <= ctx.now() && wantedOf(one).join() !== [...one.done].sort().join(),
    );
    if (changed.length > 0) await writeTogether(ctx, portalId, erasures, changed);
    if (performance.now() < endAt) continue;
    await ctx.queue.wake("write-buying-roles", portalId);
    return;
  }
}

const wantedOf = ({ roles }: RoleHolder): string[] => buyingRoleOptionsFor(roles.flatMap(canonicalOf));

/** Whoever was erased meanwhile is neither written nor noted: the others have their turn again. */
async function writeTogether(
  ctx: Parts,
  portalId: PortalId,
  erasures: number,
  holders: readonly RoleHolder[],
): Promise<void> {
  // Whom HubSpot cannot read has another turn, and holds up nobody.
  const query = {
    objectType: "contacts",
    properties: ["hs_buying_role"],
    priority: "due",
    findMerged: false,
    rowsMayFail: true,
  } as const;
  const ids = holders.map(({ personId }) => personId);
  const { found, missing } = await ctx.hubspot.readRecords(portalId, { ...query, ids });
  const held = new Map(found.map(({ id, properties }) => [id, properties.hs_buying_role ?? null]));
  const merged = holders.flatMap((holder) => {
    const current = held.get(holder.personId);
    return current === undefined ? [] : [{ holder, merged: mergeBuyingRoles(current, wantedOf(holder), holder) }];
  });
  await forgetRoleWrites(ctx.db, portalId, missing);
  const toSend = merged.flatMap(({ holder, merged: one }) =>
    one.value === null ? [] : [{ holder, merged: one, properties: { hs_buying_role: one.value } }],
  );
  // Noted before it is sent: when the answer is lost, what stands there then is known for ours.
  const noted = toSend.map(({ holder, merged: one }) => ({
    ...before(holder),
    ours: [...new Set([...holder.ours, ...one.added])],
  }));
  if (!(await saveRoleWrites(ctx.db, portalId, erasures, noted))) return;
  const rows = toSend.map(({ holder, properties }) => ({ id: holder.personId, properties }));
  const order = {
    objectType: "contacts",
    rows,
    priority: "due" as const,
    rules: await readWriteRules(ctx.db, portalId, "contacts"),
    mostRefused: Math.max(1, Math.min(mostRefused, await countRefusalsLeft(ctx.db, portalId))),
  };
  const result = await ctx.hubspot.updateRecords(portalId, order);
  await noteRefusals(ctx.db, portalId, result.refused);
  await saveWriteRules(ctx.db, portalId, "contacts", result.rules);
  const isUnknown = unansweredOf(rows, result);
  const known = merged.filter(({ holder }) => !isUnknown.has(holder.personId));
  await saveRoleWrites(ctx.db, portalId, erasures, settled(known, result.failed, ctx.now()));
  await readAgain(ctx, portalId, result.written);
  if (result.cutShort) throw result.cutShort;
  ctx.log.info({ portalId, written: result.written.length, refused: result.failed.length }, "buying roles written");
}

/** A limit came first: these are sent another time. */
function unansweredOf(rows: readonly { id: string }[], { written, failed }: UpdatedRecords): ReadonlySet<string> {
  const answered = new Set([...written, ...failed.map(({ id }) => id)]);
  return new Set(rows.flatMap(({ id }) => (answered.has(id) ? [] : [id])));
}

const before = ({ personId, done, ours }: RoleHolder) => ({ personId, done, ours });

function settled(
  merged: readonly { holder: RoleHolder; merged: MergedBuyingRoles }[],
  failed: readonly { readonly id: string; readonly category: string; readonly message: string }[],
  now: number,
) {
  const refusals = new Map(failed.map((row) => [row.id, row]));
  return merged.map(({ holder, merged: { done, ours } }) => {
    const refusal = refusals.get(holder.personId);
    if (refusal) {
      const againMs = refusal.category === refusalCategories.untried ? untriedMs : retryMs;
      return { ...before(holder), retryAt: now + againMs, refusal: `${refusal.category}: ${refusal.message}` };
    }
    return { personId: holder.personId, done, ours };
  });
}

/** HubSpot's word of our own change is dropped, so the mirror would go on with the roles of before. */
async function readAgain(ctx: Parts, portalId: PortalId, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const records = ids.map((objectId) => ({ objectType: "contacts", objectId, needs: needs.properties }));
  await markStale(ctx.db, portalId, records, priorities.due);
  await ctx.queue.wake("refresh-records", portalId);
}
