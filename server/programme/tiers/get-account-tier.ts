import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { Tier, TierProgramme } from "@touchstone/shared/tier-shape.ts";
import type { AccountTierView } from "@touchstone/shared/tiers-api.ts";
import type { Context } from "../../context.ts";
import { readRecords } from "../../db/records.ts";
import { rankAmongWaiting } from "../../db/tier-lists.ts";
import { readTierMember } from "../../db/tier-members.ts";
import { readTierMoves } from "../../db/tier-moves.ts";
import { readOverrides } from "../../db/tier-overrides.ts";
import { readTierRun } from "../../db/tier-runs.ts";
import { lastByPerson, readLastTouches } from "../../db/touches.ts";
import { loadProgramme } from "./load-programme.ts";
import { tierName } from "./say-tiers.ts";

type Parts = Pick<Context, "db" | "now">;
type Member = NonNullable<Awaited<ReturnType<typeof readTierMember>>>;

const mostMoves = 50;
/** Nobody counts on a place who stands further back. */
const mostRanked = 1_000;
const dayMs = 86_400_000;

/** Where one account stands, why, and what is to be done about it. No request to HubSpot on the way. */
export async function getAccountTier(ctx: Parts, portalId: PortalId, accountId: AccountId): Promise<AccountTierView> {
  const [{ programme }, member, [override], history, run, companies] = await Promise.all([
    loadProgramme(ctx.db, portalId),
    readTierMember(ctx.db, portalId, accountId),
    readOverrides(ctx.db, portalId, accountId),
    readTierMoves(ctx.db, portalId, accountId, mostMoves),
    readTierRun(ctx.db, portalId),
    readRecords(ctx.db, portalId, "companies", [accountId]),
  ]);
  const tier = programme.tiers.find(({ key }) => key === member?.tier);
  const owner = companies.get(accountId)?.hubspot_owner_id;
  return {
    companyId: accountId,
    tier: member?.tier ?? null,
    label: member ? capital(tierName(programme, member.tier)) : "Not looked at yet",
    since: member?.since ?? null,
    reason: member?.reason ?? null,
    waitingFor: member ? await toWaiting(ctx, portalId, member, programme) : null,
    demotion: member ? toDemotion(member, programme) : null,
    override: override && override.expiresAt > ctx.now() ? toOverride(override) : null,
    ownerMissing: tier?.ownerRequired === true && !owner,
    touch: member && tier ? await findTouch(ctx, portalId, member, tier) : null,
    reassessAt: member?.reassess_at ?? null,
    history,
    pending: run === null || run.version > run.doneVersion,
  };
}

async function toWaiting(ctx: Parts, portalId: PortalId, member: Member, programme: TierProgramme) {
  const { waiting_for: key, waiting_since: since } = member;
  if (key === null) return null;
  const rank = await rankAmongWaiting(ctx.db, portalId, key, member.account_id, mostRanked);
  return { key, label: tierName(programme, key), since: since ?? member.since, rank };
}

function toDemotion(member: Member, programme: TierProgramme): AccountTierView["demotion"] {
  const { demotion_to: to, demotion_state: state } = member;
  if (to === null || state === null) return null;
  return {
    to,
    label: capital(tierName(programme, to)),
    state,
    at: member.demotion_at ?? member.since,
    why: member.demotion_reason ?? "",
    by: member.demotion_by,
  };
}

const toOverride = ({ tier, reason, by, setAt, expiresAt }: NonNullable<AccountTierView["override"]>) => ({
  tier,
  reason,
  by,
  setAt,
  expiresAt,
});

/** Due an interval after the last touch by a person, or after the account got its place when nobody touched it since (row 57). */
async function findTouch(ctx: Parts, portalId: PortalId, member: Member, { touchDays }: Tier) {
  const now = ctx.now();
  const since = now - Math.max(2 * touchDays, 90) * dayMs;
  const [touch] = await readLastTouches(ctx.db, portalId, [member.account_id], { since, now });
  const lastAt = (touch && lastByPerson(touch)?.at) ?? null;
  const dueAt = (lastAt ?? member.since) + touchDays * dayMs;
  return { lastAt, dueAt, overdue: dueAt < now };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
