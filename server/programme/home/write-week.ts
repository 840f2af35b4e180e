import { coldPrompt } from "@touchstone/shared/cold-prompt.ts";
import type { ColdRule } from "@touchstone/shared/cold-rule.ts";
import { compareCounts, directionOf } from "@touchstone/shared/compare-counts.ts";
import { cutText } from "@touchstone/shared/cut-text.ts";
import type {
  EngagedLine,
  GuardLine,
  PauseLine,
  RunningPlayLine,
  WeekFigure,
  WeekView,
} from "@touchstone/shared/home-api.ts";
import { monthText } from "@touchstone/shared/month-of.ts";
import { proportionText } from "@touchstone/shared/proportion-text.ts";
import { createReaderFormat } from "@touchstone/shared/reader-format.ts";
import { suggestRetirement } from "@touchstone/shared/suggest-retirement.ts";
import { tierLabel } from "@touchstone/shared/tier-label.ts";
import type { TierTraits } from "@touchstone/shared/tier-traits.ts";
import { toProportion } from "@touchstone/shared/wilson-interval.ts";
import type { ListedAccount } from "../../db/call-list.ts";
import type { ColdAccount } from "../../db/cold-accounts.ts";
import type { PlayCounts } from "../../db/play-accounts.ts";
import type { LaunchedPlay, StoredPlay } from "../../db/plays.ts";
import type { Portal } from "../../db/portals.ts";
import type { ListedMember } from "../../db/tier-lists.ts";
import type { EngagedAccount, FollowUp, PlayWeek, Weeks } from "../../db/week-lists.ts";
import { nameCompany } from "./name-company.ts";

export interface WeekFacts {
  readonly portal: Portal;
  readonly tiers: readonly TierTraits[];
  /** "2026-11" */
  readonly month: string;
  readonly weeks: Weeks;
  readonly engaged: {
    readonly shown: readonly EngagedAccount[];
    readonly count: number;
    readonly countBefore: number;
    /** Accounts of the programme that were looked at, and all of them. */
    readonly looked: number;
    readonly total: number;
  };
  readonly accounts: ReadonlyMap<string, ListedAccount>;
  readonly scoresBefore: ReadonlyMap<string, number | null>;
  /** Only of those whose tier changed. */
  readonly tiersBefore: ReadonlyMap<string, string | null>;
  readonly running: readonly StoredPlay[];
  readonly playWeeks: ReadonlyMap<string, PlayWeek>;
  readonly playCounts: ReadonlyMap<string, PlayCounts>;
  readonly followUp: FollowUp;
  readonly launched: readonly LaunchedPlay[];
  /** Who asks to move down; `total`: how many do. */
  readonly demotions: { readonly accounts: readonly ListedMember[]; readonly total: number };
  readonly cold: {
    readonly rule: ColdRule;
    readonly accounts: readonly ColdAccount[];
    /** How many somebody must say something about; null: all of them are among `accounts`. */
    readonly unanswered: number | null;
  };
}

const dayMs = 86_400_000;
/** Of each list; the titles have the whole numbers. */
const mostLines = 50;
const plural = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** The weekly agenda in words. */
export function writeWeek(facts: WeekFacts): WeekView {
  const { portal, weeks, engaged, running } = facts;
  const plays = pausePlays(facts);
  const cold = pauseAccounts(facts);
  const demotions = facts.demotions.accounts.map((account) => demotionLine(facts, account));
  const toPause = plays.length + facts.demotions.total + (facts.cold.unanswered ?? cold.length);
  const { day } = createReaderFormat({ locale: "en-GB", timeZone: portal.timeZone });
  return {
    period: `${day(weeks.from)} to ${day(weeks.now)}, compared with the 7 days before`,
    counted: countedText(engaged),
    figures: figuresOf(facts, toPause),
    engaged: {
      title: `Engaged: ${plural(engaged.count, "account", "accounts")}`,
      definition:
        "Accounts in a tier, on the target list or in a running play of which at least one person did something in these 7 days: an open, a click, a reply, a form, a visit, an event, a meeting or a call.",
      lines: engaged.shown.map((account) => engagedLine(facts, account)),
      empty: "Nobody of the programme's accounts did anything this week.",
    },
    running: {
      title: `Running: ${plural(running.length, "play", "plays")}`,
      definition: "Engaged counts accounts of the play of which somebody did something after they came in.",
      lines: running.slice(0, mostLines).map((play) => runningLine(facts, play)),
      empty: "No play runs.",
    },
    toPause: {
      title: `To decide: ${toPause}`,
      definition: `Plays that ran more than 90 days without one engaged account, accounts that ask to move down a tier, and accounts whose engagement has been below ${facts.cold.rule.belowPercent} % for ${facts.cold.rule.days} days.`,
      lines: [...plays, ...demotions, ...cold].slice(0, mostLines),
      empty: "Nothing has to be paused or changed.",
    },
    guard: facts.tiers.map((tier) => guardLine(facts, tier)),
  };
}

/** A programme that is larger than one meeting is counted in part, and never in silence. */
const countedText = ({ looked, total }: WeekFacts["engaged"]): string =>
  looked < total
    ? `Engagement is counted for ${looked} of the ${total} accounts of the programme: first those with a place in a tier, then those in a running play, then the rest of the list.`
    : "";

function figuresOf({ engaged, followUp, playWeeks }: WeekFacts, toPause: number): WeekFigure[] {
  const { met, due, metBefore, dueBefore } = followUp;
  const sum = (pick: (week: PlayWeek) => number) => [...playWeeks.values()].reduce((all, week) => all + pick(week), 0);
  const [touches, touchesBefore] = [sum((week) => week.touches), sum((week) => week.touchesBefore)];
  return [
    figure("Accounts engaged", String(engaged.count), engaged.count, engaged.countBefore),
    {
      label: "Hot accounts reached in time",
      value: proportionText(toProportion(met, due)),
      change: `${proportionText(toProportion(metBefore, dueBefore))} the week before`,
      direction: directionOf(rate(met, due), rate(metBefore, dueBefore)),
    },
    figure("Touches of plays done", String(touches), touches, touchesBefore),
    { label: "To decide", value: String(toPause), change: "plays and accounts, as of now", direction: "same" },
  ];
}

const figure = (label: string, value: string, now: number, before: number): WeekFigure => ({
  label,
  value,
  change: compareCounts(now, before),
  direction: directionOf(now, before),
});

const rate = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

const tierName = ({ tiers }: WeekFacts, key: string | null | undefined): string => tierLabel(tiers, key);

function engagedLine(facts: WeekFacts, { accountId, people, peopleBefore }: EngagedAccount): EngagedLine {
  const account = facts.accounts.get(accountId);
  const tier = tierName(facts, account?.tier);
  const tierBefore = facts.tiersBefore.has(accountId) ? tierName(facts, facts.tiersBefore.get(accountId)) : tier;
  return {
    ...nameCompany(facts.portal, accountId, account?.name),
    tier,
    people: `${plural(people, "person", "people")}, ${compareCounts(people, peopleBefore)}`,
    score: scoreText(account?.score ?? null, facts.scoresBefore.get(accountId) ?? null),
    moved: tierBefore === tier ? "" : `${tierBefore} → ${tier}`,
  };
}

function scoreText(now: number | null, before: number | null): string {
  if (now === null) return "n/a";
  if (before === null) return `${now}, new this week`;
  // One decimal, as everywhere: the number shown is the number compared (T06).
  const change = Math.round((now - before) * 10) / 10;
  if (change === 0) return `${now}, unchanged`;
  return `${now}, ${change > 0 ? "up" : "down"} ${Math.abs(change)}`;
}

function runningLine(facts: WeekFacts, { playId, play, launchedAt }: StoredPlay): RunningPlayLine {
  const week = facts.playWeeks.get(playId);
  const enrolled = facts.playCounts.get(playId)?.enrolled ?? 0;
  const [engaged, touches] = [week?.engaged ?? 0, week?.touches ?? 0];
  const day = launchedAt === null ? 0 : Math.floor((facts.weeks.now - launchedAt) / dayMs);
  const last = Math.max(0, ...play.steps.map((step) => step.day));
  return {
    playId,
    name: play.name,
    tier: tierName(facts, play.tier),
    progress: day > last ? `Day ${day}, ${day - last} past its last step` : `Day ${day} of ${last}`,
    engaged: `${engaged} of ${plural(enrolled, "account", "accounts")}, ${compareCounts(engaged, week?.engagedBefore ?? 0)}`,
    touches: `${touches}, ${compareCounts(touches, week?.touchesBefore ?? 0)}`,
  };
}

function pausePlays({ running, playCounts, weeks }: WeekFacts): PauseLine[] {
  return running.flatMap((stored) => {
    const suggestion = suggestRetirement(stored, playCounts.get(stored.playId)?.engaged ?? 0, weeks.now);
    if (suggestion === null) return [];
    const { playId, play } = stored;
    return [
      {
        key: playId,
        asks: "play" as const,
        company: null,
        name: play.name,
        why: suggestion.text,
        detail: `${suggestion.instead.join(". ")}.`,
      },
    ];
  });
}

/** Row 70: nobody loses a place unasked. */
function demotionLine({ portal }: WeekFacts, { accountId, name, demotionReason }: ListedMember): PauseLine {
  const company = nameCompany(portal, accountId, name);
  return {
    key: `${accountId} moves down`,
    asks: "demotion",
    company,
    name: company.company,
    why: demotionReason ?? "Asks to move down.",
    detail:
      "Moved down, its place is free within seconds for whoever waits for it by rank. Left where it is, it does not ask the same again for a while. Its history says who decided.",
  };
}

/** Those of which somebody must say what to do now; an answer rests for a while. */
function pauseAccounts({ cold, portal, weeks }: WeekFacts): PauseLine[] {
  return cold.accounts.flatMap(({ accountId, name, fellAt, plays, answers }) => {
    const why = coldPrompt({ fellAt, answeredAt: answers[0]?.at ?? null }, cold.rule, weeks.now);
    if (why === null) return [];
    const company = nameCompany(portal, accountId, name);
    const detail = plays.length > 0 ? cutText(`Runs: ${plays.join(", ")}.`, 300) : "No play runs for it.";
    return [{ key: accountId, asks: "cold" as const, company, name: company.company, why, detail }];
  });
}

function guardLine({ launched, month }: WeekFacts, { key, name }: TierTraits): GuardLine {
  const out = launched.filter((play) => play.tier === key).map((play) => play.name);
  return out.length === 0
    ? { tier: name, free: true, text: `${name} may have a play in ${monthText(month)}.` }
    : {
        tier: name,
        free: false,
        text: `${name} has had its play of ${monthText(month)}: ${cutText(out.join(", "), 300)}.`,
      };
}
