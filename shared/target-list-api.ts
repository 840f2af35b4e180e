import type { Proportion } from "./wilson-interval.ts";

/** Where an account on the list came from (row 8). */
export const listSources = ["crm", "intent", "firmographic", "sales", "research", "import"] as const;
export type ListSource = (typeof listSources)[number];
/** How a source is named on a screen. */
export const sourceLabels: Readonly<Record<string, string>> = {
  crm: "HubSpot",
  intent: "Signs of interest",
  firmographic: "Company data",
  sales: "Sales",
  research: "Research",
  import: "Import",
} satisfies Record<ListSource, string>;

/** Why sales says no (row 11). */
export const rejectReasons = {
  locked_in: "Locked to a competitor",
  wont_leave: "Will not leave their vendor",
  constrained: "No resources for it",
  other: "Another reason",
} as const;
export type RejectReason = keyof typeof rejectReasons;

export type Verdict = "keep" | "reject";
export type CheckAnswer = "yes" | "no" | "unknown";

export interface TargetAccountView {
  readonly companyId: string;
  readonly company: string | null;
  readonly domain: string | null;
  readonly sources: readonly string[];
  readonly addedAt: number;
  readonly tier: string | null;
  /** "Tier 1"; the portal's own name of it. */
  readonly tierLabel: string;
  /** Address of the record in HubSpot. */
  readonly recordUrl: string;
  readonly score: number | null;
  readonly verdict: Verdict | null;
  readonly verdictReason: string | null;
  /** What the reviewer wrote, the whole of it: at most 1,000 characters. */
  readonly verdictNote: string | null;
  /** Other accounts of the list with the same registrable domain: how many, and the first few. All of a list may share one. */
  readonly duplicates: { readonly count: number; readonly companyIds: readonly string[] };
}

/** Sales' part of the list (row 12): under half kept, the ICP is suspect; nothing kept blocks a launch. */
export interface RetentionView {
  readonly kept: Proportion;
  readonly state: "not reviewed" | "ok" | "ICP suspect" | "launch blocked";
  readonly text: string;
}

export interface TargetListView {
  readonly size: number;
  readonly retention: RetentionView;
  readonly accounts: readonly TargetAccountView[];
  /** Company id to go on after; null at the end. */
  readonly after: string | null;
}

export interface AddedLine {
  readonly line: number;
  /** What the line said, cut: an id, a domain, a web address or a name. */
  readonly name: string;
  readonly status: "added" | "known" | "rejected";
  readonly message: string;
}

export interface AddedView {
  readonly added: number;
  readonly known: number;
  readonly rejected: number;
  /** What became of each line, the rejected first, then those on the list already; at most 1,000. */
  readonly lines: readonly AddedLine[];
}

export interface SpotCheckAccountView {
  readonly companyId: string;
  readonly company: string | null;
  readonly tier: string;
  readonly tierLabel: string;
  readonly recordUrl: string;
  readonly dataMatches: CheckAnswer | null;
  readonly hasProblem: CheckAnswer | null;
  readonly isBuying: CheckAnswer | null;
  readonly evidenceUrl: string | null;
}

/** A spot check of 20 % of the list (rows 9, 10). */
export interface SpotCheckView {
  readonly drawnAt: number;
  readonly seed: string;
  readonly listSize: number;
  /** "28 of 137 accounts, drawn by tier on 3 Nov 2026 with the seed 2026-11-03." */
  readonly drawn: string;
  /** What another draw does to this check, and by which seed. */
  readonly again: string;
  /** What draws the next check; sent twice, it draws one. */
  readonly nextSeed: string;
  /** At most 200, those without answers first. */
  readonly accounts: readonly SpotCheckAccountView[];
  readonly valid: Proportion;
  readonly verdict: "open" | "proceed" | "stop";
  /** True when the 95 % interval includes the line of 80 %: the sample does not settle it. */
  readonly straddles: boolean;
  readonly text: string;
}

export type HygieneKind = "add" | "remove" | "stale" | "neglected" | "no owner";

/** A suggestion with its evidence (rows 14, 66, 141, 142). */
export interface HygieneLine {
  readonly kind: HygieneKind;
  readonly companyId: string;
  readonly company: string | null;
  readonly recordUrl: string;
  readonly reason: string;
}

export interface HygieneView {
  readonly lines: readonly HygieneLine[];
  /** How many there are of each kind, in words where they are not counted to the end; `lines` has at most 100 of each. */
  readonly counts: Readonly<Record<HygieneKind, string>>;
  /** What goes with an account that is taken off the list, and what stays. */
  readonly removing: string;
}
