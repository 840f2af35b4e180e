import type { AccountId, PersonId, PortalId } from "./ids.ts";

/**
 * Everything that scoring may know about one account at one time. It holds no names, titles, addresses or texts of
 * people, only ids: names are joined when a card asks, so that deleting a person leaves nothing behind in stored scores.
 *
 * All times are milliseconds since 1970-01-01 UTC. Lists are sorted (`people`, `deals`, `judgements` by id or key,
 * `signals` by time then key), so that the same facts are the same bytes.
 */
export interface AccountSnapshot {
  readonly portalId: PortalId;
  readonly accountId: AccountId;
  /**
   * Company properties by HubSpot's internal name, as HubSpot sends them: text or null. A name that is absent is a
   * property that the portal does not have; both absent and null are unknown to scoring, never zero.
   */
  readonly properties: Readonly<Record<string, string | null>>;
  readonly people: readonly SnapshotPerson[];
  readonly deals: readonly SnapshotDeal[];
  readonly signals: readonly Signal[];
  /** Kinds of signal of which there were too many: only the newest are in `signals`. Absent: all of them are. */
  readonly cutKinds?: readonly string[];
  readonly judgements: readonly Judgement[];
}

/** Ranked from the top: C-level 7 points, VP 4, director 2, all others 0 (market.md row 38). Append only: stored by place. */
export const seniorities = ["c_level", "vp", "director", "manager", "individual"] as const;
export type Seniority = (typeof seniorities)[number];

/** Canonical buying roles (market.md §1.2, role crosswalk). Append only: stored by place. */
export const buyingRoles = [
  "economic_buyer",
  "approver",
  "champion",
  "functional_owner",
  "technical_evaluator",
  "end_user",
  "influencer",
  "blocker",
  "executive_sponsor",
] as const;
export type BuyingRole = (typeof buyingRoles)[number];

export interface SnapshotPerson {
  readonly id: PersonId;
  /** From the CRM's seniority property or the job title; null when neither says. */
  readonly seniority: Seniority | null;
  /** From `hs_buying_role` through the crosswalk; empty when no role is set. */
  readonly roles: readonly BuyingRole[];
}

export interface SnapshotDeal {
  readonly id: string;
  readonly state: "open" | "won" | "lost";
  readonly createdAt: number | null;
  readonly closedAt: number | null;
  /** In the portal's home currency; null when the deal has none. */
  readonly amount: number | null;
}

/** One dated observation about an account or a person. */
export interface Signal {
  /** Dedupe key: the same observation seen twice has the same key, in whatever order it arrives (T31). */
  readonly key: string;
  /** One of `signalKinds`, or a portal's own kind. */
  readonly kind: string;
  /** Null for an observation about the account as a whole. */
  readonly personId: PersonId | null;
  readonly at: number;
  /** Where it came from: "email", "form", "website", "meeting", "call", "message", "workflow", "import", "feed". */
  readonly source: string;
  /** Size of the observation where it has one: pages of a visit, surge 0–100 of a feed. */
  readonly strength: number | null;
  /** What was engaged with, for example a form's name. Never personal data. */
  readonly subject: string | null;
  readonly expiresAt: number | null;
}

/** A person's answer to a judged criterion (market.md rows 31, 32, 39). */
export interface Judgement {
  readonly criterion: string;
  /** Key of the rung that was picked. */
  readonly rung: string;
  /** HubSpot user id of who judged. */
  readonly by: string;
  readonly at: number;
  readonly expiresAt: number | null;
}
