import type { WeekView } from "@touchstone/shared/home-api.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { monthOf } from "@touchstone/shared/month-of.ts";
import { notEngagingKinds } from "@touchstone/shared/signal-kinds.ts";
import type { Context } from "../../context.ts";
import { readListedAccounts } from "../../db/call-list.ts";
import { countUnanswered, readColdAccounts } from "../../db/cold-accounts.ts";
import { countPlays } from "../../db/play-accounts.ts";
import { listLaunched, listPlays } from "../../db/plays.ts";
import { coldRuleSetting, readSetting } from "../../db/portal-settings.ts";
import { findPortal } from "../../db/portals.ts";
import { countTiers, listMembers } from "../../db/tier-lists.ts";
import { readTierTraits } from "../../db/tier-traits.ts";
import {
  countFollowUp,
  readPlayWeeks,
  readScoresAt,
  readTierChanges,
  readWeekEngaged,
  type Weeks,
} from "../../db/week-lists.ts";
import { PortalDisconnected } from "../../errors.ts";
import { writeWeek } from "./write-week.ts";

type Parts = Pick<Context, "db" | "now">;

const dayMs = 86_400_000;
const mostShown = 50;
/** Accounts that one weekly meeting can stand for. */
const mostAccounts = 2_000;
const mostPlays = 100;

/** The three lists of the weekly meeting with their changes since the week before. A fixed number of queries. */
export async function getWeek(ctx: Parts, portalId: PortalId): Promise<WeekView> {
  const now = ctx.now();
  const weeks: Weeks = { before: now - 14 * dayMs, from: now - 7 * dayMs, now };
  const portal = await findPortal(ctx.db, portalId);
  if (!portal) throw new PortalDisconnected(`portal ${portalId} is not installed`);
  const month = monthOf(now, portal.timeZone);
  const [tiers, { accounts: engaged, looked, total }, plays, followUp, launched, toDecide] = await Promise.all([
    readTierTraits(ctx.db, portalId),
    readWeekEngaged(ctx.db, portalId, weeks, notEngagingKinds, mostAccounts),
    listPlays(ctx.db, portalId, mostPlays),
    countFollowUp(ctx.db, portalId, weeks),
    listLaunched(ctx.db, portalId, month),
    readToDecide(ctx, portalId),
  ]);
  const running = plays.filter(({ status }) => status === "running");
  const playIds = running.map(({ playId }) => playId);
  const present = engaged.filter(({ people }) => people > 0);
  const ids = present.map(({ accountId }) => accountId);
  const [accounts, playWeeks, playCounts] = await Promise.all([
    readListedAccounts(ctx.db, portalId, ids),
    readPlayWeeks(ctx.db, portalId, playIds, weeks, notEngagingKinds),
    countPlays(ctx.db, portalId, playIds, notEngagingKinds),
  ]);
  const shown = present
    .sort(
      (a, b) =>
        b.people - a.people || scoreOf(b.accountId) - scoreOf(a.accountId) || (a.accountId < b.accountId ? -1 : 1),
    )
    .slice(0, mostShown);
  const shownIds = shown.map(({ accountId }) => accountId);
  const [scoresBefore, tiersBefore] = await Promise.all([
    readScoresAt(ctx.db, portalId, shownIds, weeks.from),
    readTierChanges(ctx.db, portalId, shownIds, weeks.from),
  ]);
  return writeWeek({
    portal,
    tiers,
    month,
    weeks,
    engaged: {
      shown,
      count: present.length,
      countBefore: engaged.filter(({ peopleBefore }) => peopleBefore > 0).length,
      looked,
      total,
    },
    accounts,
    scoresBefore,
    tiersBefore,
    running,
    playWeeks,
    playCounts: new Map(playCounts.map((count) => [count.playId, count])),
    followUp,
    launched,
    ...toDecide,
  });

  function scoreOf(accountId: string): number {
    return accounts.get(accountId)?.score ?? -1;
  }
}

async function readToDecide(ctx: Parts, portalId: PortalId) {
  const [cold, demotions] = await Promise.all([readCold(ctx, portalId), readDemotions(ctx, portalId)]);
  return { cold, demotions };
}

async function readDemotions(ctx: Parts, portalId: PortalId) {
  const accounts = await listMembers(ctx.db, portalId, "asking", mostShown);
  if (accounts.length < mostShown) return { accounts, total: accounts.length };
  const tiers = await countTiers(ctx.db, portalId, ctx.now());
  return { accounts, total: tiers.reduce((sum, { asking }) => sum + asking, 0) };
}

async function readCold(ctx: Parts, portalId: PortalId) {
  const { value: rule } = await readSetting(ctx.db, portalId, coldRuleSetting);
  const now = ctx.now();
  const of = { since: now - rule.days * dayMs, askedSince: now - rule.askAgainDays * dayMs };
  const accounts = await readColdAccounts(ctx.db, portalId, { ...of, accountId: null, limit: mostShown });
  const unanswered = accounts.length < mostShown ? null : await countUnanswered(ctx.db, portalId, of);
  return { rule, accounts, unanswered };
}
