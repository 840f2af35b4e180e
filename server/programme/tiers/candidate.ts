/** What the tier rule may know about one account. Read from the database in one pass; no ledger among it. */
export interface Candidate {
  readonly accountId: string;
  readonly isExcluded: boolean;
  /** As it is shown, rounded once. */
  readonly score: number | null;
  readonly band: string | null;
  readonly fit: number | null;
  readonly name: string | null;
  /** Values of the properties that the programme reads. */
  readonly facts: Readonly<Record<string, string | null>>;
  readonly standing: Standing | null;
  readonly override: Override | null;
}

/** Where an account stood after the last pass. */
export interface Standing {
  readonly tier: string;
  /** True: an override put it there, so its end takes the place away. */
  readonly byOverride: boolean;
  readonly waitingFor: string | null;
  readonly demotion: Demotion | null;
  readonly reassessAt: number | null;
}

export interface Demotion {
  /** The tier to which the account would move. */
  readonly to: string;
  readonly why: DemotionReason;
  readonly state: "asked" | "approved" | "refused";
  /** When it was asked for, or answered. */
  readonly at: number;
}

/** It fell under the line; there are fewer places than members; or somebody who waits ranks clearly higher. */
export type DemotionReason = "below the line" | "too few places" | "outranked";

/** A person's decision, which wins until it expires. */
export interface Override {
  readonly tier: string;
  readonly reason: string;
  readonly by: string;
  readonly expiresAt: number;
}

/** What the rule says of an account now. */
export interface Verdict {
  readonly tier: string;
  readonly byOverride: boolean;
  /** The tier that it qualifies for and that has no place. */
  readonly waitingFor: string | null;
  readonly demotion: Pick<Demotion, "to" | "why"> | null;
}
