/**
 * What the home page asks of the server. Signed and prepared for showing like everything in `card-api.ts`: every text is
 * ready to read, on the portal's clock, and no answer is over 200 KB.
 */
export const homeApi = {
  getToday: "/api/home/today",
  getWeek: "/api/home/week",
  getOnboarding: "/api/home/onboarding",
  tickOnboarding: "/api/home/onboarding",
} as const;

/** A company as every list of the page names it. */
export interface NamedCompany {
  readonly companyId: string;
  readonly company: string;
  /** Address of its record in HubSpot. */
  readonly recordUrl: string;
}

/** Nothing to show, and what to do about it. */
export interface EmptyText {
  readonly title: string;
  readonly text: string;
}

/** Answer of `getToday`: who to call first, at most 50. */
export interface TodayView {
  /** "2 hot, 1 of them over its time; 12 more to call." */
  readonly summary: string;
  readonly lines: readonly TodayLine[];
  /** What was left out and why; empty when nothing was. */
  readonly leftOut: string;
  /** Set when there is no line. */
  readonly empty: EmptyText | null;
}

export interface TodayLine extends NamedCompany {
  /** hot: the outreach clock runs. over: its time is past and nobody has reached out. call: readiness asks for a call. */
  readonly kind: "hot" | "over" | "call";
  readonly rank: number;
  /** "Tier 1 · priority 81.2 · readiness 8" */
  readonly standing: string;
  /** One sentence. */
  readonly why: string;
  /** "Ana Ruiz, CTO"; null when nobody by name has done anything. */
  readonly person: string | null;
  /** Who did what and when, the newest first; at most three. */
  readonly evidence: readonly string[];
  /** "17 h left", null without a clock. */
  readonly timeLeft: string | null;
  /** "until 24 Nov 2026, 09:59 (Europe/Madrid)", null without a clock. */
  readonly due: string | null;
  /** "Call, 20 Nov 2026", or that there was none. */
  readonly lastTouch: string;
}

/** Answer of `getWeek`: the agenda of the weekly meeting (row 114), with what changed since the week before. */
export interface WeekView {
  /** "15 Nov 2026 to 22 Nov 2026, compared with the 7 days before" */
  readonly period: string;
  /** That and which accounts were left out of the count of engagement; empty when none was. */
  readonly counted: string;
  readonly figures: readonly WeekFigure[];
  readonly engaged: WeekList<EngagedLine>;
  readonly running: WeekList<RunningPlayLine>;
  readonly toPause: WeekList<PauseLine>;
  /** One play a tier and calendar month (T23): which tiers have had theirs. */
  readonly guard: readonly GuardLine[];
}

/** Lists are cut at 50; the title has the whole number. */
export interface WeekList<Line> {
  /** "Engaged: 12 accounts" */
  readonly title: string;
  /** What it means, as precisely as it is counted. */
  readonly definition: string;
  readonly lines: readonly Line[];
  /** What stands in place of an empty list. */
  readonly empty: string;
}

export interface WeekFigure {
  readonly label: string;
  /** "3 of 4 (75 %)", "12" */
  readonly value: string;
  /** "2 more than the week before" */
  readonly change: string;
  readonly direction: "up" | "down" | "same";
}

export interface EngagedLine extends NamedCompany {
  readonly tier: string;
  /** "3 people, 2 more than the week before" */
  readonly people: string;
  /** "81.2, up 4.5", "81.2, new" */
  readonly score: string;
  /** "Tier 2 → Tier 1"; empty when it stayed. */
  readonly moved: string;
}

export interface RunningPlayLine {
  readonly playId: string;
  readonly name: string;
  readonly tier: string;
  /** "Day 12 of 77" */
  readonly progress: string;
  /** "4 of 20 accounts, 1 more than the week before" */
  readonly engaged: string;
  /** "6, 2 fewer than the week before" */
  readonly touches: string;
}

/** A play or an account that somebody must decide about. */
export interface PauseLine {
  readonly key: string;
  /** What is to be decided: a play on its own page, the others here. demotion: whether the account moves down (row 70). */
  readonly asks: "play" | "cold" | "demotion";
  /** Set for an account; null for a play. */
  readonly company: NamedCompany | null;
  readonly name: string;
  readonly why: string;
  /** What to try instead, which plays run for the account, or what an answer does. */
  readonly detail: string;
}

export interface GuardLine {
  readonly tier: string;
  readonly free: boolean;
  /** "Tier 2 has had its play of November 2026: Autumn wave." */
  readonly text: string;
}

/** Answer of `getOnboarding` and `tickOnboarding`. */
export interface OnboardingView {
  /** "5 of 13 done" */
  readonly summary: string;
  readonly done: number;
  readonly total: number;
  readonly steps: readonly OnboardingStep[];
}

export interface OnboardingStep {
  readonly key: string;
  readonly title: string;
  /** How it is done, or what was found. */
  readonly text: string;
  readonly state: "done" | "under way" | "open";
  /** A person says whether it is done. */
  readonly byHand: boolean;
  /** Route of this page where it is done; null elsewhere. */
  readonly route: string | null;
  /** Of work that takes its time. */
  readonly progress: { readonly done: number; readonly total: number } | null;
}

/** Body of `tickOnboarding`; the same again changes nothing. */
export interface TickRequest {
  readonly step: string;
  readonly done: boolean;
}
