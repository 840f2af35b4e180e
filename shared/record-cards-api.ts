import type { StageView } from "./account-stage.ts";
import type { AccountView } from "./card-api.ts";
import type { CommitteePersonView, CommitteeRoleView, CommitteeView, RoleView } from "./committee-api.ts";

/**
 * What the panels of the record cards ask, one request each. Signed and prepared for showing like everything in `card-api.ts`.
 */
const account = (companyId: string) => `/api/accounts/${encodeURIComponent(companyId)}`;

export const recordCardsApi = {
  getSummary: (companyId: string) => `${account(companyId)}/summary`,
  getCommittee: (companyId: string) => `${account(companyId)}/committee`,
  mapPerson: (companyId: string) => `${account(companyId)}/committee/people`,
  getTrend: (companyId: string) => `${account(companyId)}/trend`,
  getPlays: (companyId: string) => `${account(companyId)}/plays`,
  getQuestions: (companyId: string) => `${account(companyId)}/questions`,
  verdict: (companyId: string) => `${account(companyId)}/verdict`,
  getPerson: (personId: string) => `/api/people/${encodeURIComponent(personId)}`,
  getDeal: (dealId: string) => `/api/deals/${encodeURIComponent(dealId)}`,
} as const;

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

/** Answer of `getSummary`. */
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

/** Somebody of the committee with what to say to them now (row 78). */
export interface CommitteeRowView extends CommitteePersonView {
  readonly message: string | null;
}

/** Answer of `getCommittee` and of everything that changes a committee. */
export interface CommitteeCardView extends Omit<CommitteeView, "people"> {
  /** Those with a role and those who did most first. */
  readonly people: readonly CommitteeRowView[];
  /** How many people the account has; more than are listed for a very large one. */
  readonly peopleCount: number;
  readonly stage: StageView;
}

/** Answer of `getPerson`. */
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
  /** "Evaluating" for level 4. */
  readonly levelLabel: string | null;
  readonly stage: StageView | null;
  /** What to say now; null when the person has no role or the matrix has no cell for it. */
  readonly message: string | null;
  /** Why there is no message, and what to do about it. */
  readonly messageGap: string | null;
  /** What the person did, the newest first. */
  readonly evidence: readonly DatedLine[];
  /** Roles that may be given. */
  readonly choices: readonly RoleView[];
}

/** Answer of `getDeal`. */
export interface DealCardView {
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

/** Answer of `getTrend`. */
export interface TrendView {
  readonly companyId: string;
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

/** Answer of `getPlays`. */
export interface AccountPlaysView {
  readonly companyId: string;
  readonly plays: readonly AccountPlay[];
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

/** Answer of `getQuestions`: what only a person can know, unanswered first. */
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
}

/** Answer of `verdict`, to GET and POST. */
export interface VerdictView {
  readonly companyId: string;
  /** What the asking person said of the score as it is now; null when they have not. */
  readonly own: { readonly right: boolean; readonly reason: VerdictReason | null; readonly at: number } | null;
  /** "2 of 3 people call this score right"; null while nobody has said. */
  readonly tally: string | null;
}
