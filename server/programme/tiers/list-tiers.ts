import type { PortalId } from "@touchstone/shared/ids.ts";
import { excludedFromTiers, outOfProgramme, type Tier } from "@touchstone/shared/tier-shape.ts";
import type { DemotionView, MemberView, TiersView, TierView, WaitingView } from "@touchstone/shared/tiers-api.ts";
import type { Context } from "../../context.ts";
import { countTiers, countWaiting, type ListedMember, listMembers, type TierCount } from "../../db/tier-lists.ts";
import { readTierPeople } from "../../db/tier-people.ts";
import { readTierRun } from "../../db/tier-runs.ts";
import { NotFound } from "../../errors.ts";
import { type EffectiveCap, effectiveCaps } from "./effective-caps.ts";
import { findMisfits } from "./find-misfits.ts";
import { loadProgramme } from "./load-programme.ts";
import { loadTierTemplate, tierTemplateKeys } from "./load-tier-template.ts";

const mostListed = 100;

/** The portal's tiers: what they are, who fills them, who waits, whose place is at stake. */
export async function listTiers(ctx: Pick<Context, "db" | "now">, portalId: PortalId): Promise<TiersView> {
  const { programme, version } = await loadProgramme(ctx.db, portalId);
  const needOwner = programme.tiers.filter((tier) => tier.ownerRequired).map(({ key }) => key);
  const [people, counted, waiting, run, ...lists] = await Promise.all([
    readTierPeople(ctx.db, portalId),
    countTiers(ctx.db, portalId, ctx.now()),
    countWaiting(ctx.db, portalId),
    readTierRun(ctx.db, portalId),
    listMembers(ctx.db, portalId, "waiting", mostListed),
    listMembers(ctx.db, portalId, "asking", mostListed),
    listMembers(ctx.db, portalId, { withoutOwnerIn: needOwner }, mostListed),
  ]);
  const counts = new Map(counted.map((count) => [count.tier, count]));
  const caps = effectiveCaps(programme, people);
  const [waiters, asking, ownerless] = lists;
  return {
    version,
    programme,
    tiers: programme.tiers.map((tier) =>
      toTierView(tier, caps.get(tier.key), counts.get(tier.key), waiting.get(tier.key), run?.freeSince[tier.key]),
    ),
    outOfProgramme: counts.get(outOfProgramme)?.members ?? 0,
    excluded: counts.get(excludedFromTiers)?.members ?? 0,
    reassessDue: counts.get(outOfProgramme)?.reassessDue ?? 0,
    waiting: waiters.map(toWaiting),
    demotions: asking.map(toDemotion),
    withoutOwner: ownerless.map(toMember),
    people,
    templates: tierTemplateKeys.flatMap((key) => {
      const template = loadTierTemplate(key);
      return template ? [{ key, name: template.name, description: template.description }] : [];
    }),
    warnings: await findMisfits(ctx.db, portalId, programme),
    assignedAt: run?.assignedAt ?? null,
    pending: run === null || run.version > run.doneVersion,
  };
}

export function getTierTemplate(key: string): { programme: object } {
  const programme = loadTierTemplate(key);
  if (!programme) throw new NotFound(`There are no tiers called ${key}: use ${tierTemplateKeys.join(", ")}.`);
  return { programme };
}

function toTierView(
  { key, name, effort, ownerRequired }: Tier,
  cap: EffectiveCap | undefined,
  count: TierCount | undefined,
  waiting: number | undefined,
  freeSince: number | undefined,
): TierView {
  const { cap: effective, template, capacity, limitedBy } = cap ?? unbounded;
  const { members, asking, withoutOwner } = count ?? nobody;
  const places = effective ?? members;
  const times = ([from, to]: readonly [number, number]): [number, number] => [from * places, to * places];
  return {
    key,
    name,
    members,
    waiting: waiting ?? 0,
    withoutOwner: ownerRequired ? withoutOwner : 0,
    askingDown: asking,
    cap: { template, capacity, effective, limitedBy },
    freeSince: freeSince ?? null,
    effort: effort && { hours: times(effort.hours), pieces: times(effort.pieces), touches: times(effort.touches) },
  };
}

const unbounded: EffectiveCap = { cap: null, template: null, capacity: null, limitedBy: null };
const nobody = { members: 0, asking: 0, withoutOwner: 0 };

const toMember = ({ accountId, name, tier, score, since, reason }: ListedMember): MemberView => ({
  companyId: accountId,
  name,
  tier,
  score,
  since,
  reason,
});

const toWaiting = (member: ListedMember): WaitingView => ({
  ...toMember(member),
  waitingFor: member.waitingFor ?? "",
  waitingSince: member.waitingSince ?? member.since,
});

const toDemotion = (member: ListedMember): DemotionView => ({
  ...toMember(member),
  to: member.demotionTo ?? "",
  askedAt: member.demotionAt ?? member.since,
  why: member.demotionReason ?? "",
});
