import type { HotRule } from "./hot-rule.ts";

/**
 * open: the clock runs. met: a person reached out in time. late: a person reached out after the time. missed: the time is
 * over and nobody has. excused: somebody said why nobody needs to (row 83).
 */
export type HotState = "open" | "met" | "late" | "missed" | "excused";

/** Where a hot account goes (row 79). */
export const hotRoutes = ["sales", "nurture", "map", "hold"] as const;
export type HotRoute = (typeof hotRoutes)[number];

/** Why nobody needs to reach out. */
export const excuses = {
  in_contact: "We are in contact already",
  open_deal: "A deal is under way",
  not_a_fit: "Not a fit after all",
  wrong_signal: "The signal is wrong",
  asked_to_wait: "They asked us to wait",
  other: "Another reason",
} as const;
export type ExcuseCode = keyof typeof excuses;

export interface OutreachView {
  readonly at: number;
  /** "call", "email", "meeting", "message". */
  readonly kind: string;
}

/** One thing to quote when reaching out: who did what, with what, when. */
export interface PacketLine {
  readonly text: string;
  readonly person: string | null;
  readonly at: number;
}

export interface HotAlertView {
  readonly companyId: string;
  readonly company: string | null;
  readonly state: HotState;
  /** Why it is hot, in a sentence. */
  readonly reason: string;
  readonly crossedAt: number;
  readonly dueAt: number;
  /** The due time as people of this portal read it, in the portal's time zone. */
  readonly dueText: string;
  /** Milliseconds left on the clock, 0 when it has run out; null when it no longer runs. */
  readonly leftMs: number | null;
  readonly route: HotRoute;
  readonly outreach: OutreachView | null;
  readonly excuse: { readonly reason: string; readonly note: string | null } | null;
  readonly task: "being made" | "made" | "refused";
  readonly evidence: readonly PacketLine[];
}

export interface HotListView {
  readonly alerts: readonly HotAlertView[];
  /** Alerts of the last 30 days by state; `met` ÷ all that are closed is the follow-up rate (metric 11). */
  readonly counts: Readonly<Record<HotState, number>>;
}

export interface HotRuleView {
  readonly rule: HotRule;
  readonly version: number;
}
