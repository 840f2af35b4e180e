import { dayOf } from "@touchstone/shared/day-of.ts";
import { levelOfPerson, levelWindowMs } from "@touchstone/shared/level-of-person.ts";
import { notEngagingKinds } from "@touchstone/shared/signal-kinds.ts";
import type { Context } from "../context.ts";
import { readDeals } from "../db/account-facts.ts";
import { readComparedDeals } from "../db/compared-deals.ts";
import { readTalkedWith } from "../db/conversations.ts";
import { countClocks, readReachTimes } from "../db/follow-up.ts";
import { countReviews } from "../db/former-targets.ts";
import { countPlays } from "../db/play-accounts.ts";
import { countPlayMeetings } from "../db/play-meetings.ts";
import { listPlays } from "../db/plays.ts";
import { readSetting, taxonomySetting } from "../db/portal-settings.ts";
import { readProgrammeDeals } from "../db/programme-deals.ts";
import { readSignalTraces } from "../db/programme-facts.ts";
import { countCheckAnswers, readEngagement, readPlacesOf, readRolesOf, readStagesOf } from "../db/report-facts.ts";
import { readLatestCheck } from "../db/spot-checks.ts";
import { readStageDay } from "../db/stage-days.ts";
import { countTargets } from "../db/target-accounts.ts";
import { readFirstTierDay, readTierDays, type TierDay } from "../db/tier-days.ts";
import { countMeetings, readLastTouches } from "../db/touches.ts";
import { membersOf } from "./committee-members.ts";
import { getRoi } from "./get-roi.ts";
import { type Asked, mostAccounts, mostDeals } from "./report-cells.ts";
import { staleDays, weekMs, weeksShown } from "./write-reach.ts";

type Parts = Pick<Context, "db" | "now">;

const dayMs = 86_400_000;
/** People of committees who are looked at one by one; more are named as left out. */
const mostPeople = 2_000;
/** The newest; older ones are on the page of the plays. */
const mostPlays = { looked: 100, shown: 20 };
/** Metric 3: what is an answer. */
const answerKinds = ["email_reply", "message_reply", "demo_request", "call_connected"];

const idsOf = ({ members }: Asked): string[] => members.map(({ accountId }) => accountId);
/** Each once: merged companies may have stood in several places. */
const accountsOf = (days: readonly TierDay[]): string[] => [...new Set(days.flatMap(({ accounts }) => accounts))];

export async function readReach(ctx: Parts, asked: Asked) {
  const { portalId, timeZone, from, now } = asked;
  const weekDays = Array.from({ length: weeksShown }, (_, week) => dayOf(now - week * weekMs, timeZone));
  const byDay = Map.groupBy(await readTierDays(ctx.db, portalId, weekDays.slice(1)), ({ wanted }) => wanted);
  const own = idsOf(asked);
  const all = [...new Set([...own, ...[...byDay.values()].flatMap(accountsOf)])];
  // Who was in a tier once and is not any more is asked for only as long as that stays as bounded as the rest.
  const isBounded = all.length <= mostAccounts;
  const question = { from, weeksFrom: now - staleDays * dayMs, now, notKinds: notEngagingKinds, answerKinds };
  const [engagement, touches] = await Promise.all([
    readEngagement(ctx.db, portalId, isBounded ? all : own, question),
    readTouches(ctx, asked),
  ]);
  return {
    engagement: new Map(engagement.map((one) => [one.accountId, one])),
    touches: new Map(touches.map((one) => [one.accountId, one])),
    inTierOnce: isBounded ? null : all.length,
    weekEnds: isBounded ? weekDays.map((day) => accountsOf(byDay.get(day) ?? [])) : [],
  };
}

/** The heaviest question of all; a connection uses one core, so its halves are asked beside each other. */
async function readTouches(ctx: Parts, asked: Asked) {
  const ids = idsOf(asked);
  const middle = Math.ceil(ids.length / 2);
  const days = Math.max(staleDays, ...asked.tiers.map(({ touchDays }) => touchDays));
  const span = { since: asked.now - days * dayMs, now: asked.now };
  const halves = [ids.slice(0, middle), ids.slice(middle)];
  return (await Promise.all(halves.map((half) => readLastTouches(ctx.db, asked.portalId, half, span)))).flat();
}

export async function readFollowUp(ctx: Parts, { portalId, from, now }: Asked) {
  const [weeks, times] = await Promise.all([
    countClocks(ctx.db, portalId, from, now),
    readReachTimes(ctx.db, portalId, from, now),
  ]);
  return { weeks, times };
}

export async function readCommittees(ctx: Parts, asked: Asked) {
  const ids = idsOf(asked);
  const [{ value: taxonomy }, roles, places] = await Promise.all([
    readSetting(ctx.db, asked.portalId, taxonomySetting),
    readRolesOf(ctx.db, asked.portalId, ids),
    readPlacesOf(ctx.db, asked.portalId, ids),
  ]);
  const people = membersOf(taxonomy, roles);
  const personIds = [...new Set(people.map(({ personId }) => personId))].slice(0, mostPeople);
  const since = asked.now - levelWindowMs;
  const [traces, talkedWith] = await Promise.all([
    readSignalTraces(ctx.db, asked.portalId, { owner: "person", ids: personIds }, { stage: since, level: since }),
    readTalkedWith(ctx.db, asked.portalId, personIds, { since: asked.from, now: asked.now }),
  ]);
  const byPerson = Map.groupBy(traces, ({ id }) => id);
  const counted = new Set(personIds);
  const levels = people
    .filter(({ personId }) => counted.has(personId))
    .map((one) => ({ ...one, level: levelOfPerson(byPerson.get(one.personId) ?? [], one.levelJudged).level }));
  return { taxonomy, roles, places, levels, talkedWith, people: people.length };
}

export async function readStages(ctx: Parts, asked: Asked) {
  const startDay = dayOf(asked.from, asked.timeZone);
  const [atStart, tiersAtStart] = await Promise.all([
    readStageDay(ctx.db, asked.portalId, startDay),
    readTierDays(ctx.db, asked.portalId, [startDay]),
  ]);
  const began = [...atStart].slice(0, mostAccounts);
  const ids = [...new Set([...idsOf(asked), ...began.map(([accountId]) => accountId)])];
  const stages = await readStagesOf(ctx.db, asked.portalId, ids);
  const tierThen = new Map(tiersAtStart.flatMap(({ tier, accounts }) => accounts.map((id) => [id, tier] as const)));
  return {
    stages: new Map(stages.map((one) => [one.accountId, one])),
    atStart: began.map(([accountId, stage]) => ({ accountId, stage, tier: tierThen.get(accountId) ?? "" })),
    startedWith: atStart.size,
  };
}

export async function readPlays(ctx: Parts, { portalId }: Asked) {
  const all = await listPlays(ctx.db, portalId, mostPlays.looked);
  const launched = all.filter(({ launchedAt }) => launchedAt !== null);
  const plays = launched.slice(0, mostPlays.shown);
  const ids = plays.map(({ playId }) => playId);
  const [counts, meetings] = await Promise.all([
    countPlays(ctx.db, portalId, ids, notEngagingKinds),
    countPlayMeetings(ctx.db, portalId, ids, notEngagingKinds),
  ]);
  const isCut = launched.length > plays.length || all.length === mostPlays.looked;
  return {
    plays,
    isCut,
    counts: new Map(counts.map((one) => [one.playId, one])),
    meetings: new Map(meetings.map((one) => [one.playId, one])),
  };
}

export async function readList(ctx: Parts, { portalId }: Asked) {
  const [{ size }, reviews, check] = await Promise.all([
    countTargets(ctx.db, portalId),
    countReviews(ctx.db, portalId),
    readLatestCheck(ctx.db, portalId),
  ]);
  return {
    list: { size, ...reviews },
    check,
    answers: check === null ? [] : await countCheckAnswers(ctx.db, portalId, check.drawnAt),
  };
}

export async function readPipeline(ctx: Parts, asked: Asked) {
  const { portalId, from, now } = asked;
  const [roi, meetings, since] = await Promise.all([
    getRoi(ctx, portalId, { from, to: now }),
    countMeetings(ctx.db, portalId, asked.members, { since: from, now }),
    readSinceStart(ctx, asked),
  ]);
  return { to: now, roi, meetings, ...since };
}

/** What compares with the day on which the period begins, as far as its tiers are known. */
async function readSinceStart(ctx: Parts, { portalId, tiers, timeZone, from, now }: Asked) {
  const startDay = dayOf(from, timeZone);
  const [firstDay, snapshot] = await Promise.all([
    readFirstTierDay(ctx.db, portalId),
    readTierDays(ctx.db, portalId, [startDay]),
  ]);
  const [top] = tiers;
  const reachesBack = firstDay !== null && firstDay <= startDay;
  if (!reachesBack || top === undefined || snapshot.length === 0) {
    return { startDay, firstDay, atStart: null, made: null };
  }
  const inTop = accountsOf(snapshot.filter(({ tier }) => tier === top.key));
  const accounts = inTop.slice(0, mostAccounts);
  const [deals, made] = await Promise.all([
    readDeals(ctx.db, portalId, accounts),
    readProgrammeDeals(ctx.db, portalId, { from, to: now, timeZone, notKinds: notEngagingKinds, most: mostAccounts }),
  ]);
  return { startDay, firstDay, atStart: { tier: top.name, accounts, total: inTop.length, deals }, made };
}

export async function readDealsFacts(ctx: Parts, { portalId, timeZone, from, now }: Asked) {
  const [closed, firstDay] = await Promise.all([
    readComparedDeals(ctx.db, portalId, { from, to: now, timeZone, most: mostDeals }),
    readFirstTierDay(ctx.db, portalId),
  ]);
  return { closed, firstDay };
}
