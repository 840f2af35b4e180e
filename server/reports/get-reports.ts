import { dayOf } from "@touchstone/shared/day-of.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { createReaderFormat } from "@touchstone/shared/reader-format.ts";
import { type ReportDays, type ReportsView, reportDays } from "@touchstone/shared/reports-api.ts";
import { notEngagingKinds } from "@touchstone/shared/signal-kinds.ts";
import { z } from "zod";
import type { Context } from "../context.ts";
import { readDeals } from "../db/account-facts.ts";
import { countClocks, readReachTimes } from "../db/follow-up.ts";
import { countPlays } from "../db/play-accounts.ts";
import { listPlays } from "../db/plays.ts";
import { readSetting, taxonomySetting } from "../db/portal-settings.ts";
import { findPortal, type Portal } from "../db/portals.ts";
import { readProgrammeDeals } from "../db/programme-deals.ts";
import {
  countCheckAnswers,
  readEngagement,
  readPlacesOf,
  readProgrammeMembers,
  readRolesOf,
  readStagesOf,
} from "../db/report-facts.ts";
import { readLatestCheck } from "../db/spot-checks.ts";
import { countTargets } from "../db/target-accounts.ts";
import { readFirstTierDay, readTierDays, type TierDay } from "../db/tier-days.ts";
import { readTierTraits } from "../db/tier-traits.ts";
import { readLastTouches } from "../db/touches.ts";
import { BadRequest, PortalDisconnected } from "../errors.ts";
import { getRoi } from "./get-roi.ts";
import type { Tiered } from "./report-cells.ts";
import { writeCommittees } from "./write-committees.ts";
import { writeFollowUp } from "./write-follow-up.ts";
import { writeList } from "./write-list.ts";
import { writePipeline } from "./write-pipeline.ts";
import { writePlays } from "./write-plays.ts";
import { staleDays, weekMs, weeksShown, writeReach } from "./write-reach.ts";
import { writeReports } from "./write-reports.ts";
import { writeStages } from "./write-stages.ts";

type Parts = Pick<Context, "db" | "now">;

const dayMs = 86_400_000;
/** Accounts that are counted; more are named as left out. */
const mostAccounts = 2_000;
/** The newest; older ones are on the page of the plays. */
const mostPlays = 20;
/** Metric 3: what is an answer. */
const answerKinds = ["email_reply", "message_reply", "demo_request", "call_connected"];
const usualDays: ReportDays = 90;

const querySchema = z.object({
  days: z.coerce
    .number()
    .pipe(z.literal([...reportDays]))
    .default(usualDays),
});

interface Asked {
  readonly portalId: PortalId;
  readonly portal: Portal;
  readonly from: number;
  readonly now: number;
  readonly tiered: Tiered;
}

/** Whether the programme works, over the last 30, 90 or 180 days (market.md §5). A fixed number of queries. */
export async function getReports(ctx: Parts, portalId: PortalId, query: unknown): Promise<ReportsView> {
  const parsed = querySchema.safeParse(query);
  if (!parsed.success) throw new BadRequest(`A period is one of ${reportDays.join(", ")} days.`);
  const { days } = parsed.data;
  const now = ctx.now();
  const [portal, tiers] = await Promise.all([findPortal(ctx.db, portalId), readTierTraits(ctx.db, portalId)]);
  if (!portal) throw new PortalDisconnected(`portal ${portalId} is not installed`);
  const keys = tiers.map(({ key }) => key);
  const { members, total } = await readProgrammeMembers(ctx.db, portalId, keys, mostAccounts);
  const asked: Asked = { portalId, portal, now, from: now - days * dayMs, tiered: { tiers, members } };
  const format = createReaderFormat({ locale: "en-GB", timeZone: portal.timeZone });
  const [reach, committees, stages, followUp, list, plays, pipeline] = await Promise.all([
    readReach(ctx, asked),
    readCommittees(ctx, asked),
    readStagesOf(ctx.db, portalId, idsOf(asked)),
    readFollowUp(ctx, asked),
    readList(ctx, portalId),
    readPlays(ctx, portalId),
    readPipeline(ctx, asked),
  ]);
  const shared = { ...asked.tiered, from: asked.from, now, format };
  return writeReports({
    days,
    from: asked.from,
    now,
    timeZone: portal.timeZone,
    format,
    counted: members.length,
    total,
    startDay: pipeline.startDay,
    firstDay: pipeline.firstDay,
    sections: [
      writeReach({ ...shared, ...reach }),
      writeFollowUp({ ...shared, ...followUp }),
      writeCommittees({ ...shared, ...committees }),
      writeStages({ ...shared, stages: new Map(stages.map((one) => [one.accountId, one])) }),
      writePlays({ ...shared, ...plays }),
      writeList({ ...list, format }),
      writePipeline({ ...pipeline, to: now, from: asked.from, currency: portal.currency, format }),
    ],
  });
}

const idsOf = ({ tiered }: Asked): string[] => tiered.members.map(({ accountId }) => accountId);

async function readReach(ctx: Parts, asked: Asked) {
  const { portalId, portal, from, now } = asked;
  const weekDays = Array.from({ length: weeksShown }, (_, week) => dayOf(now - week * weekMs, portal.timeZone));
  const byDay = Map.groupBy(await readTierDays(ctx.db, portalId, weekDays.slice(1)), ({ wanted }) => wanted);
  const own = idsOf(asked);
  const all = [...new Set([...own, ...[...byDay.values()].flatMap(accountsOf)])];
  // Who was in a tier once and is not any more is asked for only as long as that stays as bounded as the rest.
  const isBounded = all.length <= mostAccounts;
  const question = { from, weeksFrom: now - staleDays * dayMs, now, notKinds: notEngagingKinds, answerKinds };
  const [engagement, touches] = await Promise.all([
    readEngagement(ctx.db, portalId, isBounded ? all : own, question),
    readLastTouches(ctx.db, portalId, own, { since: now - staleDays * dayMs, now }),
  ]);
  return {
    engagement: new Map(engagement.map((one) => [one.accountId, one])),
    touches: new Map(touches.map((one) => [one.accountId, one])),
    weekEnds: isBounded ? weekDays.map((day) => byDay.get(day) ?? null) : [],
  };
}

const accountsOf = (days: readonly TierDay[]): string[] => days.flatMap(({ accounts }) => accounts);

async function readCommittees(ctx: Parts, asked: Asked) {
  const ids = idsOf(asked);
  const [{ value: taxonomy }, roles, places] = await Promise.all([
    readSetting(ctx.db, asked.portalId, taxonomySetting),
    readRolesOf(ctx.db, asked.portalId, ids),
    readPlacesOf(ctx.db, asked.portalId, ids),
  ]);
  return { taxonomy, roles, places };
}

async function readFollowUp(ctx: Parts, { portalId, from, now }: Asked) {
  const [weeks, times] = await Promise.all([
    countClocks(ctx.db, portalId, from, now),
    readReachTimes(ctx.db, portalId, from, now),
  ]);
  return { weeks, times };
}

async function readList(ctx: Parts, portalId: PortalId) {
  const [list, check] = await Promise.all([countTargets(ctx.db, portalId), readLatestCheck(ctx.db, portalId)]);
  return { list, check, answers: check === null ? [] : await countCheckAnswers(ctx.db, portalId, check.drawnAt) };
}

async function readPlays(ctx: Parts, portalId: PortalId) {
  const all = await listPlays(ctx.db, portalId, 100);
  const plays = all.filter(({ launchedAt }) => launchedAt !== null).slice(0, mostPlays);
  const ids = plays.map(({ playId }) => playId);
  const counts = await countPlays(ctx.db, portalId, ids, notEngagingKinds);
  return { plays, counts: new Map(counts.map((one) => [one.playId, one])) };
}

async function readPipeline(ctx: Parts, { portalId, portal, from, now, tiered }: Asked) {
  const { timeZone } = portal;
  const startDay = dayOf(from, timeZone);
  const [roi, firstDay, snapshot] = await Promise.all([
    getRoi(ctx, portalId, { from, to: now }),
    readFirstTierDay(ctx.db, portalId),
    readTierDays(ctx.db, portalId, [startDay]),
  ]);
  const top = tiered.tiers[0];
  const isKnown = firstDay !== null && firstDay <= startDay;
  if (!isKnown || top === undefined || snapshot.length === 0)
    return { roi, startDay, firstDay, atStart: null, made: null };
  const accounts = accountsOf(snapshot.filter(({ tier }) => tier === top.key)).slice(0, mostAccounts);
  const [deals, made] = await Promise.all([
    readDeals(ctx.db, portalId, accounts),
    readProgrammeDeals(ctx.db, portalId, { from, to: now, timeZone, notKinds: notEngagingKinds }),
  ]);
  return { roi, startDay, firstDay, atStart: { tier: top.name, accounts, deals }, made };
}
