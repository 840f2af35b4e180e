import type { Play } from "./play-shape.ts";
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

export interface PlayResults {
  readonly enrolled: number;
  /** Enrolled accounts of which a person did something after the account came in. */
  readonly engaged: Proportion;
  readonly stepsDone: number;
  readonly stepsDue: number;
}

export interface PlayView {
  readonly playId: string;
  readonly play: Play;
  readonly status: PlayStatus;
  /** "retire suggested" stands beside a running play, with what to try instead (row 97). */
  readonly suggestion: { readonly text: string; readonly instead: readonly string[] } | null;
  readonly launchedAt: number | null;
  readonly overrideReason: string | null;
  readonly results: PlayResults;
  readonly checks: readonly LaunchCheck[];
}

export interface PlaysView {
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
