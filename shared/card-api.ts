import type { AccountScore, AxisScore, Band, LedgerLine, ModelReference } from "./account-score.ts";
import type { HotRoute } from "./hot-api.ts";
import type { ModelFaultView } from "./models-api.ts";

/**
 * What the cards and pages ask of the server. Every request comes through `hubspot.fetch`, signed by HubSpot; the tenant
 * is the signature's `portalId`, never a field of the request. Answers are prepared for showing: a screen computes nothing.
 * Times are milliseconds since 1970-01-01 UTC.
 */
export const cardApi = {
  getAccount: { method: "GET", path: (companyId: string) => `/api/accounts/${encodeURIComponent(companyId)}` },
  judgeCriterion: {
    method: "POST",
    path: (companyId: string) => `/api/accounts/${encodeURIComponent(companyId)}/judgements`,
  },
  getPortalStatus: { method: "GET", path: () => "/api/portal/status" },
  reconcilePortal: { method: "POST", path: () => "/api/portal/reconcile" },
  disconnectPortal: { method: "POST", path: () => "/api/portal/disconnect" },
} as const;

/** Answer of `disconnectPortal`: what became of it, in words. */
export interface DisconnectView {
  readonly disconnected: string;
}

/** Answer of `getAccount`. */
export interface AccountView {
  readonly companyId: string;
  /** The id that was asked for, when that record was merged into this company; else null. */
  readonly mergedFrom: string | null;
  readonly name: string | null;
  /** "waiting": known, not scored yet. "unscored": not a company that we know (yet). */
  readonly state: "scored" | "excluded" | "waiting" | "unscored";
  /** The state in words, first on the card: "Sales to call · Tier 2". */
  readonly headline: string;
  /** One sentence: why now, or what is missing. */
  readonly reason: string;
  readonly tier: { readonly key: string; readonly label: string } | null;
  /** The account's place in the programme; null when it has none and waits for none. `tier` above is its score's band. */
  readonly place: PlaceView | null;
  /** The tier in words: the place, and what the score alone would say where the two differ. */
  readonly standing: StandingView;
  readonly priority: ScoreView | null;
  readonly readiness: ScoreView | null;
  /** What people did that counts most, from both models. */
  readonly highlights: readonly HighlightView[];
  /** What stands in the way, with names: a blocker. */
  readonly risks: readonly string[];
  /** The clock that runs for this account; null when none does. */
  readonly hot: HotView | null;
  /** How the last clock ended, as long as no other can start (T05); null while one runs. */
  readonly hotAnswer: HotAnswerView | null;
  /** What the readiness model asks for, each with what decides it. */
  readonly actions: readonly ActionView[];
  /** What to decide about an account that has gone cold; null when there is nothing to decide now. */
  readonly cold: ColdView | null;
  /** The cheapest next points, each found by scoring again. */
  readonly raises: readonly RaiseView[];
  /** What changed at the last move of the score; null before the first. */
  readonly lastChange: ChangeView | null;
  /** True while a change is on its way: ask again in a moment. */
  readonly pending: boolean;
  readonly scoredAt: number | null;
}

export interface StandingView {
  readonly label: string;
  readonly note: string;
}

export interface PlaceView {
  /** Null: waiting, and out of the programme until then. */
  readonly tier: { readonly key: string; readonly label: string } | null;
  readonly since: number;
  /** "Moved up from Tier 2 to Tier 1: score 81.2, place free since 22 Nov 2026." */
  readonly reason: string;
  readonly waitingFor: { readonly key: string; readonly label: string } | null;
}

/** A hot account that waits for a person to reach out (product.md §4). */
export interface HotView {
  readonly reason: string;
  /** Where the account goes (row 79). */
  readonly route: HotRoute;
  readonly dueAt: number;
  /** The time is over, and nobody has reached out. */
  readonly missed: boolean;
}

/** A clock that does not run any more: met, late or excused (row 83). */
export interface HotAnswerView {
  readonly state: "met" | "late" | "excused";
  /** "Somebody reached out in time." */
  readonly text: string;
  /** When somebody reached out; null when nobody needed to. */
  readonly at: number | null;
}

/** An account that was engaged and is not any more (row 84). */
export interface ColdView {
  /** "Engagement has been below 20 % for 31 days: pause what runs, change the message, or keep going …" */
  readonly text: string;
  readonly since: number;
}

export interface ScoreView {
  readonly model: ModelReference;
  readonly score: number | null;
  readonly max: number;
  readonly attainable: number;
  /** Whole per cent, 0 … 100. */
  readonly coveragePercent: number;
  /** The same in words (row 40): what is not known is neither for nor against the account. */
  readonly coverageText: string;
  readonly provisional: boolean;
  /** "Rescaled to what is known: 100 of 100, provisional"; null where the model does not offer it, or too little is known (row 40). */
  readonly rescaled: string | null;
  /** One line for each gate and each action of the model: passed or not, due or not, and what decided. */
  readonly checks: readonly string[];
  readonly band: Band | null;
  readonly axes: readonly AxisScore[];
  readonly lines: readonly LineView[];
  readonly rounding: number;
}

/** A ledger line with people's names joined in. */
export interface LineView extends Omit<LedgerLine, "evidence"> {
  readonly axisLabel: string;
  readonly evidence: readonly EvidenceView[];
}

export interface EvidenceView {
  /** Ready to read: "Ana Ruiz, CTO, asked for a demo". */
  readonly text: string;
  readonly at: number | null;
  readonly counted: boolean;
  readonly note: string | null;
}

export interface HighlightView {
  readonly label: string;
  readonly points: number;
  readonly max: number;
  /** "Ana Ruiz, CTO, asked for a demo" */
  readonly who: string;
  readonly at: number | null;
  readonly model: AccountScore["model"]["purpose"];
}

/** An action of the readiness scale: due or not, and what decided. Each is separate from the others (row 46). */
export interface ActionView {
  readonly key: string;
  /** "Call" */
  readonly label: string;
  readonly due: boolean;
  /** "5 points, needs 6" */
  readonly reason: string;
}

export interface RaiseView {
  /** "A reply from a VP" */
  readonly action: string;
  readonly points: number;
  /** True when the points depend on what the answer turns out to be. */
  readonly upTo: boolean;
  readonly model: AccountScore["model"]["purpose"];
}

export interface ChangeView {
  readonly at: number;
  readonly from: number | null;
  readonly to: number | null;
  /** Labels of tiers, as on the card. */
  readonly tierFrom: string | null;
  readonly tierTo: string | null;
  readonly reasons: readonly string[];
}

/** Body of `judgeCriterion`; sending the same one again changes nothing. */
export interface JudgeRequest {
  readonly criterion: string;
  /** Null takes the judgement back. */
  readonly rung: string | null;
  readonly note?: string;
  /** When the answer stops counting, at most two years ahead; absent or null: never. */
  readonly expiresAt?: number | null;
}

/** Answer of `getPortalStatus`. */
export interface PortalStatusView {
  readonly status: "preparing" | "backfilling" | "ready" | "disconnected";
  readonly backfill: {
    readonly done: number;
    readonly total: number | null;
    /** Records read in a second, over about the last minute; 0 when all is read. */
    readonly perSecond: number;
    /** When all will be read if it goes on like this; null when that cannot be told yet, or all is read. */
    readonly endsAt: number | null;
    readonly finishedAt: number | null;
  } | null;
  /** The same in words, in the portal's time zone; null when all is read. */
  readonly reading: string | null;
  readonly accounts: number;
  readonly scored: number;
  /** Of the scored ones: HubSpot holds the result. */
  readonly written: number;
  readonly waitingRecords: number;
  readonly waitingAccounts: number;
  /** Places in tiers are to be given anew, or are not among the results yet. */
  readonly waitingTiers: boolean;
  /** Stages of accounts, or levels and roles of people, are to be looked at, or are on their way to HubSpot. */
  readonly waitingProgramme: boolean;
  /** Accounts whose results HubSpot refused, as they stand: what changed since waits to be written. */
  readonly failedWrites: number;
  /** People whose level and roles HubSpot refused. */
  readonly failedPeople: number;
  /** Records and accounts that were laid aside after all attempts; an operator looks at them. */
  readonly deadLetters: number;
  /** The last comparison with HubSpot, or the one under way. */
  readonly reconcile: ReconcileView | null;
  /** What a person must look at, one sentence each: a property that a model reads was deleted or renamed. */
  readonly notices: readonly string[];
  /** For how many days what is kept. */
  readonly keptDays: {
    readonly events: number;
    readonly history: number;
    readonly signals: number;
    readonly deadLetters: number;
  };
}

export interface ReconcileView {
  readonly startedAt: number;
  /** Null while it is under way. */
  readonly finishedAt: number | null;
  readonly checked: number;
  /** What had changed without our being told, by kind: changed, created, deleted, merged, links, outputs, definitions, erased. */
  readonly drift: Readonly<Record<string, number>>;
  /** Ready to show. */
  readonly line: string;
}

/** Body of every error answer. Says what happened, what was kept and what to do. */
export interface ErrorView {
  readonly error: string;
  readonly message: string;
  /** Every fault of a model that was refused. */
  readonly faults?: readonly ModelFaultView[];
}
