import type { PropertyView } from "./models-api.ts";
import type { Tier, TierProgramme } from "./tier-shape.ts";

/** Tiers of the programme: every request is a card request, signed by HubSpot. Times are milliseconds since 1970. */
export const tiersApi = {
  listTiers: { method: "GET", path: () => "/api/tiers" },
  getTierTemplate: { method: "GET", path: (key: string) => `/api/tiers/templates/${encodeURIComponent(key)}` },
  publishTiers: { method: "POST", path: () => "/api/tiers/programme" },
  editPerson: { method: "POST", path: () => "/api/tiers/people" },
  getAccountTier: { method: "GET", path: (companyId: string) => `/api/accounts/${encodeURIComponent(companyId)}/tier` },
  overrideTier: {
    method: "POST",
    path: (companyId: string) => `/api/accounts/${encodeURIComponent(companyId)}/tier/override`,
  },
  answerDemotion: {
    method: "POST",
    path: (companyId: string) => `/api/accounts/${encodeURIComponent(companyId)}/tier/demotion`,
  },
} as const;

/** Answer of `listTiers`. Lists are cut at 100; the counts beside them are whole. */
export interface TiersView {
  /** Version 0 are the tiers that ship with Touchstone. */
  readonly version: number;
  readonly programme: TierProgramme;
  readonly tiers: readonly TierView[];
  readonly outOfProgramme: number;
  readonly excluded: number;
  /** Out of the programme for so long that they should be looked at again (row 54). */
  readonly reassessDue: number;
  readonly waiting: readonly WaitingView[];
  /** Accounts whose place is at stake until somebody says yes or no. */
  readonly demotions: readonly DemotionView[];
  /** Accounts of a tier that needs an owner, without one (row 66). */
  readonly withoutOwner: readonly MemberView[];
  readonly people: readonly PersonCapacityView[];
  readonly templates: readonly { readonly key: string; readonly name: string; readonly description: string }[];
  /** What does not fit together, in sentences. */
  readonly warnings: readonly string[];
  /** When places were last given; null before the first time. */
  readonly assignedAt: number | null;
  /** Something changed since: the places are being given anew. */
  readonly pending: boolean;
}

export interface TierView {
  readonly key: string;
  readonly name: string;
  readonly members: number;
  readonly waiting: number;
  readonly withoutOwner: number;
  readonly askingDown: number;
  /** Places: what the tiers say, what the people can work, and the smaller of both; null: no bound (row 63). */
  readonly cap: {
    readonly template: number | null;
    readonly capacity: number | null;
    readonly effective: number | null;
    readonly limitedBy: "template" | "sales" | "marketing" | null;
  };
  readonly freeSince: number | null;
  /** What the tier's places cost when all are taken, from and to (row 64). */
  readonly effort: Tier["effort"];
}

export interface MemberView {
  readonly companyId: string;
  readonly name: string | null;
  readonly tier: string;
  readonly score: number | null;
  readonly since: number;
  readonly reason: string;
}

export interface WaitingView extends MemberView {
  readonly waitingFor: string;
  readonly waitingSince: number;
}

export interface DemotionView extends MemberView {
  readonly to: string;
  readonly askedAt: number;
  readonly why: string;
}

export interface PersonCapacityView {
  /** HubSpot owner id. */
  readonly personId: string;
  readonly side: "sales" | "marketing";
  readonly places: Readonly<Record<string, number>>;
}

/** Answer of `getAccountTier`, `overrideTier` and `answerDemotion`. */
export interface AccountTierView {
  readonly companyId: string;
  /** "out": in no tier; "excluded": never in one; null: not looked at yet. */
  readonly tier: string | null;
  readonly label: string;
  readonly since: number | null;
  readonly reason: string | null;
  readonly waitingFor: {
    readonly key: string;
    readonly label: string;
    readonly since: number;
    /** From 1, by score; null: behind the first 1,000. */
    readonly rank: number | null;
  } | null;
  readonly demotion: {
    readonly to: string;
    readonly label: string;
    readonly state: "asked" | "approved" | "refused";
    readonly at: number;
    readonly why: string;
    readonly by: string | null;
  } | null;
  readonly override: {
    readonly tier: string;
    readonly reason: string;
    readonly by: string;
    readonly setAt: number;
    readonly expiresAt: number;
  } | null;
  /** The tier needs an owner and the account has none (row 66). */
  readonly ownerMissing: boolean;
  /** Last human touch and the tier's interval (row 57); null out of the programme. */
  readonly touch: { readonly lastAt: number | null; readonly dueAt: number; readonly overdue: boolean } | null;
  readonly reassessAt: number | null;
  /** The newest first, at most 50. */
  readonly history: readonly {
    readonly at: number;
    readonly kind: string;
    readonly from: string | null;
    readonly to: string | null;
    readonly reason: string;
    readonly by: string | null;
  }[];
  /** A decision is on its way: ask again in a moment. */
  readonly pending: boolean;
}

/** Body of `publishTiers`: a template or a programme. The same tiers again change nothing. */
export interface PublishTiersRequest {
  readonly template?: string;
  readonly programme?: unknown;
  readonly note?: string;
  /** The version that the sender read: refused with 409 when another holds by now. */
  readonly version?: number;
}

/** Answer of `publishTiers`. */
export interface PublishedTiersView {
  readonly version: number;
  readonly unchanged: boolean;
  /** Company properties that are read from HubSpot now, because nothing asked for them before. */
  readonly readingNow: readonly string[];
  /** Made by us and empty: somebody must fill them. */
  readonly toFill: readonly PropertyView[];
  readonly warnings: readonly string[];
}

/** Body of `overrideTier`. `end` takes back what stands; the same request again changes nothing. */
export type OverrideRequest =
  | {
      /** A tier's key, or "out". */
      readonly tier: string;
      readonly reason: string;
      readonly expiresAt: number;
      /** A full tier is refused unless its last in rank is to move down for this one. */
      readonly makeRoom?: boolean;
    }
  | { readonly end: true };

/** Body of `answerDemotion`. */
export interface AnswerDemotionRequest {
  readonly approve: boolean;
}

/** Body of `editPerson`; no places, and the person is no more in the plan. */
export interface EditPersonRequest {
  readonly personId: string;
  readonly side: "sales" | "marketing";
  readonly places: Readonly<Record<string, number>> | null;
}
