import type { StageView } from "./account-stage.ts";
import type { AccountView } from "./card-api.ts";
import type { CommitteePersonView, CommitteeRoleView, CommitteeView } from "./committee-api.ts";
import type { FormField, FormView } from "./form-fields.ts";
import type { AccountTierView } from "./tiers-api.ts";

/**
 * What the panels of the record cards ask, one request each. Signed and prepared for showing like everything in `card-api.ts`.
 */
type PanelOfAccount =
  | "summary"
  | "committee"
  /** POST: what part somebody plays. */
  | "committee/people"
  /** POST: a role that is known by title or category. */
  | "committee/places"
  | "trend"
  /** GET and, to take the account into one, POST. */
  | "plays"
  | "questions"
  /** POST: an answer to one of them, see `JudgeRequest`. */
  | "judgements"
  /** GET and POST. */
  | "verdict"
  | "tier"
  /** POST: see `OverrideRequest`. */
  | "tier/override";

export const panelPath = (companyId: string, panel: PanelOfAccount): string =>
  `/api/accounts/${encodeURIComponent(companyId)}/${panel}`;
export const personPath = (personId: string): string => `/api/people/${encodeURIComponent(personId)}`;
export const dealPath = (dealId: string): string => `/api/deals/${encodeURIComponent(dealId)}`;

/** An account in a few words, as the cards of its people and deals show it. */
export interface AccountBrief {
  readonly companyId: string;
  readonly name: string | null;
  readonly state: AccountView["state"];
  readonly headline: string;
  readonly reason: string;
  /** "17.3 of 100"; null when there is none. */
  readonly priority: string | null;
  /** "5 of 10" */
  readonly readiness: string | null;
  /** The place in the programme where there is one, else the band of the score. */
  readonly tier: string | null;
  readonly provisional: boolean;
  /** Per cent of the points that can be known; null without a score. */
  readonly coveragePercent: number | null;
  readonly pending: boolean;
}

/** What of an account has more to it than its card shows at once. */
export type CardPanel = "committee" | "plays" | "questions";

/** The one thing to do next (market.md §4). */
export interface NextAction {
  /** "Reach out to Ana Ruiz, CTO" */
  readonly text: string;
  readonly why: string;
  /** "17 h left" */
  readonly timeLeft: string | null;
  readonly late: boolean;
  /** Where it is done, or what helps with it, and what to press for it. */
  readonly opens: { readonly panel: CardPanel; readonly press: string } | null;
}

/** Answer of `summary`. */
export interface AccountSummaryView extends AccountBrief {
  /** Who did what and when, the most telling first; at most three. */
  readonly evidence: readonly DatedLine[];
  readonly next: NextAction;
  /** Required roles that nobody has yet, by their labels. */
  readonly missingRoles: readonly string[];
  readonly risks: readonly string[];
}

export interface DatedLine {
  readonly text: string;
  readonly at: number | null;
}

/**
 * "Excluded: Competitor. No outreach until the reason is gone." Null: the account is not excluded. Where it is set, nothing
 * else of the answer asks anybody to reach out: no message, no step, nobody who is missing.
 */
interface MaybeExcluded {
  readonly exclusion: string | null;
}

/** Somebody of the committee with what to say to them now (row 78). */
export interface CommitteeRowView extends CommitteePersonView {
  /** "Level 4 of 5: Evaluating", or that nothing was seen. */
  readonly levelText: string;
  readonly message: string | null;
}

/** Answer of `committee` and of everything that changes a committee. */
export interface CommitteeCardView extends Omit<CommitteeView, "people">, MaybeExcluded {
  /** Those with a role and those who did most first. */
  readonly people: readonly CommitteeRowView[];
  /** How many people the account has; more than are listed for a very large one. */
  readonly peopleCount: number;
  readonly stage: StageView;
}

/** Answer to `personPath`. */
export interface PersonCardView {
  readonly personId: string;
  readonly name: string;
  /** "waiting": HubSpot knows them, we have not read them yet. "alone": belongs to no company. */
  readonly state: "member" | "alone" | "waiting";
  /** In a sentence, what `state` means for this card. */
  readonly note: string | null;
  readonly account: AccountBrief | null;
  /** Names of other companies that the person belongs to. */
  readonly alsoAt: readonly string[];
  readonly part: CommitteePersonView | null;
  /** "Level 4 of 5: Evaluating", or that nothing was seen. */
  readonly levelText: string | null;
  readonly stage: StageView | null;
  /** What to say now; null when the person has no role or the matrix has no cell for it. */
  readonly message: string | null;
  /** Why there is no message, and what to do about it. */
  readonly messageGap: string | null;
  /** What the person did, the newest first. */
  readonly evidence: readonly DatedLine[];
  /** What can be said of the person. */
  readonly form: readonly FormField[];
}

/** Answer to `dealPath`. */
export interface DealCardView extends MaybeExcluded {
  readonly dealId: string;
  readonly state: "known" | "alone" | "waiting";
  readonly note: string | null;
  readonly account: AccountBrief | null;
  readonly isOpen: boolean;
  /** The people who are linked to the deal itself. */
  readonly people: readonly CommitteeRowView[];
  readonly roles: readonly CommitteeRoleView[];
  readonly coverage: CommitteeView["coverage"];
  /** "3 of 5 roles" of the whole account, beside those of the deal. */
  readonly accountCoverage: string;
  readonly warnings: readonly string[];
}

/** Answer of `trend`. */
export interface TrendView {
  /** Where the score is: another than was asked for when that record was merged away. */
  readonly companyId: string;
  /** Why there is no score now: "Excluded: Competitor. …", or not scored yet. Null: there is one, on which a verdict can be given. */
  readonly gap: string | null;
  /** What the score is out of. */
  readonly max: number | null;
  /** The oldest first; at most 100, of the last 180 days. */
  readonly points: readonly TrendPoint[];
}

export interface TrendPoint {
  readonly at: number;
  readonly score: number | null;
  /** "12.3 → 17.3"; null for the first. */
  readonly change: string | null;
  /** "Tier 3 → Tier 2"; null when the tier stayed. */
  readonly tierChange: string | null;
  /** What moved it. */
  readonly reasons: readonly string[];
}

/** Answer of `plays`, to GET and POST. */
export interface AccountPlaysView extends MaybeExcluded {
  readonly companyId: string;
  readonly plays: readonly AccountPlay[];
  /** Plays that the account can be taken into, those of its own tier first; at most 50. */
  readonly choices: readonly PlayChoice[];
}

export interface PlayChoice {
  readonly playId: string;
  /** "Autumn (Tier 1, running)" */
  readonly label: string;
  /** Why it needs a reason: one play a tier and calendar month (T23). Null: it needs none. */
  readonly guard: string | null;
}

/** Body of a POST to `plays`. Sent again it changes nothing. */
export interface EnrolRequest {
  readonly playId: string;
  /** Needed where the choice has a guard. */
  readonly overrideReason?: string;
}

export interface AccountPlay {
  readonly playId: string;
  readonly name: string;
  /** "Running", "Paused for this account" … */
  readonly state: string;
  readonly enrolledAt: number;
  /** "2 of 5 steps done" */
  readonly progress: string;
  /** What is due or comes next, the earliest first; at most three. */
  readonly next: readonly AccountTouch[];
}

export interface AccountTouch {
  readonly step: number;
  /** "Phone: call about the report" */
  readonly text: string;
  readonly dueAt: number;
  readonly isDue: boolean;
}

/** Answer of `questions`: what only a person can know, unanswered first. */
export interface QuestionsView {
  readonly companyId: string;
  readonly questions: readonly RubricQuestion[];
}

export interface RubricQuestion {
  readonly criterion: string;
  readonly label: string;
  readonly question: string;
  /** "up to 5 points of priority" */
  readonly worth: string;
  readonly answers: readonly { readonly key: string; readonly label: string }[];
  /** Null: not answered, or the answer has expired. */
  readonly answer: { readonly key: string; readonly label: string; readonly at: number } | null;
}

/** Why a score is wrong (market.md §7, rep verdict). */
export const verdictReasons = {
  not_icp: "Not our kind of customer",
  wrong_person: "The wrong people are counted",
  customer: "Is a customer already",
  competitor: "Is a competitor",
  no_budget: "Has no budget",
  bad_data: "The data is wrong",
  too_low: "Worth more than it says",
  other: "Something else",
} as const;
export type VerdictReason = keyof typeof verdictReasons;

/** Body of a verdict; one a person and score, the last one stands. Sent again it changes nothing. */
export interface VerdictRequest {
  readonly right: boolean;
  /** Needed when it is wrong. */
  readonly reason: VerdictReason | null;
  readonly note?: string;
  /**
   * Of the score that was shown: `at` of the trend's last point, or `scoredAt` of the account. When the score moved since, nothing is
   * kept (409). Absent: the score of now is meant.
   */
  readonly scoredAt?: number;
}

/** Answer of `verdict`, to GET and POST. */
export interface VerdictView {
  readonly companyId: string;
  /** What the asking person said of the score as it is now; null when they have not. */
  readonly own: { readonly right: boolean; readonly reason: VerdictReason | null; readonly at: number } | null;
  /** "2 of 3 people call this score right"; null while nobody has said. */
  readonly tally: string | null;
}

/** Answer of `tier` and of everything that changes it. */
export interface TierCardView extends AccountTierView {
  /** Where it stands and why, ready to show. */
  readonly lines: readonly string[];
  /** Why its tier cannot be set by hand now; null when it can. */
  readonly gap: string | null;
  readonly form: FormView | null;
  /** Takes back what was set by hand; null when nothing was. */
  readonly endForm: FormView | null;
}
