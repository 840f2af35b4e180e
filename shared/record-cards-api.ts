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
  /** Where it is done, or what helps with it. */
  readonly opens: CardPanel | null;
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
