import type { Play } from "./play-shape.ts";
import type { PlayTemplate } from "./play-templates.ts";
import type { Proportion } from "./wilson-interval.ts";

export type PlayStatus = "draft" | "approved" | "running" | "paused" | "retired";

/** What must be true before a play may be launched (rows 90, 93, 96, 12, 120). */
export interface LaunchCheck {
  readonly key: "steps" | "handoff" | "approval" | "personalisation" | "retention" | "month";
  readonly passed: boolean;
  readonly text: string;
  /** Only the month's guard can be overridden, with a reason (T23). */
  readonly overridable: boolean;
}

export type PlayMove = "approve" | "launch" | "pause" | "resume" | "retire";

/** Something that a person may do with a play. */
export interface PlayMoveOffer {
  readonly move: PlayMove;
  readonly label: string;
  /** What the button says that does it. */
  readonly yes: string;
  /** To follow the play's name: "is launched". */
  readonly done: string;
  /** What will happen, said before it does. */
  readonly says: string;
}

export interface PlayResults {
  readonly enrolled: number;
  /** Enrolled accounts of which a person did something after the account came in. */
  readonly engaged: Proportion;
  /** Enrolled accounts that sales has taken over. */
  readonly handedOver: Proportion;
  readonly stepsDone: number;
  readonly stepsDue: number;
}

/** What a play had brought when it was saved as a template (row 98). */
export interface PlayMeasurement {
  readonly measuredAt: number;
  /** Whole days since its launch. */
  readonly days: number;
  readonly engaged: Proportion;
  readonly handedOver: Proportion;
  /** Of all steps of all accounts, those that were dealt with. */
  readonly stepsDone: Proportion;
}

/** A play of this portal that was saved to be used again; `template` of a new play is its `templateId`. */
export interface SavedTemplateView {
  readonly templateId: string;
  readonly label: string;
  readonly fromPlayId: string;
  readonly play: Play;
  readonly results: PlayMeasurement;
  readonly savedBy: string;
  readonly savedAt: number;
}

export interface PlayTemplatesView {
  readonly templates: readonly PlayTemplate[];
  /** Newest first. */
  readonly saved: readonly SavedTemplateView[];
}

/** "paused": nothing is asked of anybody until it goes on. "left": for good. */
export type EnrolmentStatus = "active" | "paused" | "left";

/** An account in a play. */
export interface EnrolmentView {
  readonly companyId: string;
  readonly company: string | null;
  readonly enrolledAt: number;
  readonly status: EnrolmentStatus;
  readonly statusAt: number | null;
  /** Who moved it, or let it in past the month's guard, and why; null while it is as it came in. */
  readonly statusBy: string | null;
  readonly statusWhy: string | null;
  readonly handedOverAt: number | null;
  readonly handoverBy: string | null;
  readonly handoverWhy: string | null;
}

export interface EnrolmentsView {
  readonly accounts: readonly EnrolmentView[];
}

export interface PlayView {
  readonly playId: string;
  readonly play: Play;
  /** The portal's own name of the play's tier. */
  readonly tierLabel: string;
  readonly status: PlayStatus;
  /** Who of sales read the messages as they are now, and when (row 93). */
  readonly approval: { readonly by: string; readonly at: number } | null;
  /** "retire suggested" stands beside a running play, with what to try instead (row 97). */
  readonly suggestion: { readonly text: string; readonly instead: readonly string[] } | null;
  readonly launchedAt: number | null;
  readonly overrideReason: string | null;
  readonly results: PlayResults;
  readonly checks: readonly LaunchCheck[];
  /** What can be done with it now; the first is what mostly is. */
  readonly moves: readonly PlayMoveOffer[];
}

export interface PlaysView {
  /** How the figures are to be read. */
  readonly note: string;
  readonly plays: readonly PlayView[];
}

export interface PlayTouch {
  readonly companyId: string;
  readonly company: string | null;
  readonly step: number;
  readonly what: string;
  readonly channel: string;
  readonly side: string;
  readonly dueAt: number;
  readonly status: "due" | "ahead" | "done" | "skipped";
}

export interface PlayAccountsView {
  readonly touches: readonly PlayTouch[];
}

export interface EnrolledView {
  readonly enrolled: number;
  readonly lines: readonly {
    readonly companyId: string;
    readonly status: "enrolled" | "known" | "rejected";
    readonly message: string;
  }[];
}
