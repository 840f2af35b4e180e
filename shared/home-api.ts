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
  /** "until Tue 24 Nov, 09:59 (Europe/Madrid)", null without a clock. */
  readonly due: string | null;
  /** "Call, 20 Nov", or that there was none. */
  readonly lastTouch: string;
}
