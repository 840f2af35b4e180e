import type { ColdRule } from "./cold-rule.ts";

/** What to do about an account that has gone cold (row 84). */
export const coldAnswers = {
  pause: "Pause what runs",
  change: "Change the message",
  keep: "Keep going",
} as const;
export type ColdAnswer = keyof typeof coldAnswers;

/** What was decided, and what was tried. */
export interface ColdAnswerView {
  readonly answer: ColdAnswer;
  readonly label: string;
  readonly note: string;
  readonly by: string;
  readonly at: number;
}

export interface ColdAccountView {
  readonly companyId: string;
  readonly company: string | null;
  readonly fellAt: number;
  readonly days: number;
  /** The question, ready to show; null while an answer holds. */
  readonly prompt: string | null;
  /** Names of the plays that run for it. */
  readonly plays: readonly string[];
  /** Newest first. */
  readonly answers: readonly ColdAnswerView[];
}

export interface ColdListView {
  /** Those that are asked about first, then the longest cold. */
  readonly accounts: readonly ColdAccountView[];
}

export interface ColdRuleView {
  readonly rule: ColdRule;
  readonly version: number;
}
