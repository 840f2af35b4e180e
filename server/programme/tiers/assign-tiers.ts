import { dayOf } from "@touchstone/shared/day-of.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import type { TierProgramme } from "@touchstone/shared/tier-shape.ts";
import { outOfProgramme, tierPropertiesOf } from "@touchstone/shared/tier-shape.ts";
import type { Transaction } from "kysely";
import type { Context } from "../../context.ts";
import { markDirty, priorities } from "../../db/dirty-accounts.ts";
import { hotRuleSetting, readSetting } from "../../db/portal-settings.ts";
import { findPortal } from "../../db/portals.ts";
import type { Schema } from "../../db/schema.ts";
import { keepStageDay } from "../../db/stage-days.ts";
import { keepTierDay } from "../../db/tier-days.ts";
import {
  readTierFacts,
  removeGoneMembers,
  saveMembers,
  type TierFacts,
  type TierMember,
  tellMembers,
} from "../../db/tier-members.ts";
import { addTierMoves } from "../../db/tier-moves.ts";
import { endExpiredOverrides, readOverrides } from "../../db/tier-overrides.ts";
import { readTierPeople } from "../../db/tier-people.ts";
import { finishTierRun, lockTiers, mayAssign, readTierRun } from "../../db/tier-runs.ts";
import { assignPlaces } from "./assign-places.ts";
import type { Verdict } from "./candidate.ts";
import { type EffectiveCap, effectiveCaps } from "./effective-caps.ts";
import { loadProgramme } from "./load-programme.ts";
import { isPlace } from "./say-tiers.ts";
import { settleVerdict, toCandidate } from "./settle-verdict.ts";
import { tierOutput } from "./tier-output.ts";

type Parts = Pick<Context, "db" | "queue" | "now" | "log">;

/** Accounts whose outputs are brought up to date in one transaction. */
const tellSize = 2_000;
/** A portal's turn; what is left is found by the sweeper. */
const turnMs = 20_000;

/**
 * Job: gives every scored account of a portal its place in the programme, in one pass over the stored scores, and hands what changed
 * to the writing of results. Changes nothing when nothing changed.
 */
export async function assignTiers(ctx: Parts, portalId: PortalId): Promise<void> {
  const portal = await findPortal(ctx.db, portalId);
  if (!portal || !(await mayAssign(ctx.db, portalId))) return;
  const startedAt = performance.now();
  const done = await ctx.db.transaction().execute((trx) => passOver(ctx, trx, portalId, startedAt));
  if (done) ctx.log.info({ portalId, ...done, ms: Math.round(performance.now() - startedAt) }, "tiers assigned");
  let told = 0;
  for (let page = tellSize; page === tellSize && performance.now() - startedAt < turnMs; told += page) {
    page = await tellMembers(ctx.db, portalId, tellSize, (member) => tierOutput(member, portal.timeZone));
  }
  if (told > 0 || (done && done.newTargets > 0)) await ctx.queue.wake("rescore-batch", portalId);
}

async function passOver(ctx: Parts, trx: Transaction<Schema>, portalId: PortalId, startedAt: number) {
  const portal = await lockTiers(trx, portalId);
  // Before the scores are read: what changes later has a higher version and another pass.
  const run = portal && (await readTierRun(trx, portalId));
  // Asked once more: now nobody can merge accounts until the pass is over.
  if (!portal || !run || !(await mayAssign(trx, portalId))) return null;
  const now = ctx.now();
  await endExpiredOverrides(trx, portalId, now);
  await removeGoneMembers(trx, portalId);
  const { programme } = await loadProgramme(trx, portalId);
  const properties = tierPropertiesOf(programme);
  const caps = effectiveCaps(programme, await readTierPeople(trx, portalId));
  const facts = await readTierFacts(trx, portalId, properties);
  const overrides = new Map((await readOverrides(trx, portalId)).map((one) => [one.accountId, one]));
  const candidates = facts.map((one) => toCandidate(one, overrides.get(one.accountId) ?? null));
  const verdicts = assignPlaces(candidates, programme, caps, now);
  const words = { programme, caps, freeSince: run.freeSince, now };
  const changes = candidates.flatMap((candidate, index) => {
    const [own, verdict] = [facts[index], verdicts.get(candidate.accountId)];
    const change = own && verdict && settleVerdict(own, candidate, verdict, words);
    return change ? { ...change, before: own } : [];
  });
  await saveMembers(
    trx,
    portalId,
    changes.map(({ member }) => member),
  );
  const moves = changes.flatMap((change) => change.moves);
  await addTierMoves(trx, portalId, moves);
  const targets = await findNewTargets(trx, portalId, changes);
  // Before the run is finished: scoring takes an account and then the portal's run, in this order.
  await markDirty(trx, portalId, targets, priorities.live);
  const day = dayOf(now, portal.timeZone);
  if (run.day !== day) await keepDay(trx, portalId, day);
  await finishTierRun(trx, portalId, {
    doneVersion: run.version,
    assignedAt: now,
    freeSince: freeSinceAfter(run.freeSince, programme, caps, verdicts, now),
    day,
    readsProperties: properties.length > 0,
    tookMs: performance.now() - startedAt,
  });
  return { accounts: facts.length, changed: changes.length, moves: moves.length, newTargets: targets.length };
}

/** Whoever was given a place is a target account now, which the hot rule judges again; those of its bands were it by their score. */
async function findNewTargets(
  trx: Transaction<Schema>,
  portalId: PortalId,
  changes: readonly { readonly member: TierMember; readonly before: TierFacts }[],
): Promise<string[]> {
  const came = changes.filter(({ member, before }) => isPlace(member.tier) && !isPlace(before.tier ?? outOfProgramme));
  if (came.length === 0) return [];
  const { value: rule } = await readSetting(trx, portalId, hotRuleSetting);
  const isTargetByBand = ({ band }: TierFacts) => band !== null && rule.targetTiers.includes(band);
  return came.flatMap(({ member, before }) => (isTargetByBand(before) ? [] : [member.accountId]));
}

async function keepDay(trx: Transaction<Schema>, portalId: PortalId, day: string): Promise<void> {
  await keepTierDay(trx, portalId, day);
  await keepStageDay(trx, portalId, day);
}

/** Since when a tier with a cap has had a free place; nothing while it is full. */
function freeSinceAfter(
  before: Readonly<Record<string, number>>,
  { tiers }: TierProgramme,
  caps: ReadonlyMap<string, EffectiveCap>,
  verdicts: ReadonlyMap<string, Verdict>,
  now: number,
): Record<string, number> {
  const members = new Map<string, number>();
  for (const { tier } of verdicts.values()) members.set(tier, (members.get(tier) ?? 0) + 1);
  const free = tiers.filter(({ key }) => {
    const cap = caps.get(key)?.cap ?? null;
    return cap !== null && (members.get(key) ?? 0) < cap;
  });
  return Object.fromEntries(free.map(({ key }) => [key, before[key] ?? now]));
}
