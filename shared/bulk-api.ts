/** Acts on companies chosen from a list: every request is a card request, signed by HubSpot. Times are milliseconds since 1970. */
export const bulkApi = {
  getChoices: "/api/bulk",
  previewEnrol: "/api/bulk/enrol/preview",
  enrol: "/api/bulk/enrol",
  previewTier: "/api/bulk/tier/preview",
  setTier: "/api/bulk/tier",
} as const;

/** Companies that one act takes; with more its answer would pass 200 KB. */
export const mostBulk = 500;

/** Answer of `getChoices`: what can be picked, worded. */
export interface BulkChoicesView {
  readonly plays: readonly { readonly playId: string; readonly label: string }[];
  /** Keys of the portal's tiers, and "out". */
  readonly tiers: readonly { readonly key: string; readonly label: string }[];
  /** How long a tier that a person set may hold. */
  readonly lasting: readonly { readonly days: number; readonly expiresAt: number }[];
}

/** Body of `previewEnrol` and `enrol`. */
export interface BulkEnrolRequest {
  readonly companyIds: readonly string[];
  readonly playId: string;
  /** Takes in those whom one play a tier and month refuses (T23); kept with each of them. */
  readonly overrideReason?: string;
  /** The `at` of the preview, so that the same request again gets the same answer. Not in a preview. */
  readonly since?: number;
}

/** Body of `previewTier` and `setTier`. */
export interface BulkTierRequest {
  readonly companyIds: readonly string[];
  /** A tier's key, or "out". */
  readonly tier: string;
  readonly reason: string;
  readonly expiresAt: number;
  /** As in `BulkEnrolRequest`. */
  readonly since?: number;
}

/** "done": by this act, or it would be; "already": as it was wished before, by whomever. */
export type BulkStatus = "done" | "already" | "refused";

export interface BulkLineView {
  readonly companyId: string;
  readonly company: string;
  readonly status: BulkStatus;
  /** "Enrolled", "Can be enrolled" */
  readonly label: string;
  /** Why, or what is to be known besides; may be empty. */
  readonly text: string;
}

/** Answer of every preview and act. Refused lines first, then those that need a look; by name. */
export interface BulkView {
  readonly at: number;
  /** "12 of 15 companies can be enrolled in Autumn wave; 3 cannot." */
  readonly title: string;
  readonly notes: readonly string[];
  readonly counts: Readonly<Record<BulkStatus, number>>;
  /** What the button says that does it; null after the act, and when there is nothing to do. */
  readonly yes: string | null;
  /** Asks for a reason with which more could be done; null when none would help. */
  readonly reasonWanted: string | null;
  readonly lines: readonly BulkLineView[];
}
