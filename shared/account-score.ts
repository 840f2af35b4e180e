import type { AccountId, PersonId, PortalId } from "./ids.ts";

/**
 * A score and the ledger that proves it. Times are milliseconds since 1970-01-01 UTC; points are on the model's own
 * scale, in thousandths at the finest: counted so, the points of all `lines` plus `rounding` are exactly `score`
 * (product.md §3).
 */
export interface AccountScore {
  readonly portalId: PortalId;
  readonly accountId: AccountId;
  readonly model: ModelReference;
  /** The moment for which the score was computed; the only clock that scoring knows. */
  readonly scoredAt: number;
  /** "excluded" when an exclusion gate failed: then there are no points, no band and no lines (row 7). */
  readonly state: "scored" | "excluded";
  readonly exclusion: GateResult | null;
  /** Rounded once, to one decimal. The number shown is the number compared (T06, T13). Null when excluded. */
  readonly score: number | null;
  /** What rounding added to the sum of the lines, usually 0 (−0.05 … 0.05). */
  readonly rounding: number;
  /** Points that the known criteria could earn at most. */
  readonly attainable: number;
  /** Points that all criteria could earn at most. */
  readonly max: number;
  /** attainable ÷ max, 0 … 1: how much of the model is known for this account (row 40). */
  readonly coverage: number;
  /** True when coverage is under the model's line (0.7 by default): say so beside the number. */
  readonly provisional: boolean;
  /** 100 × score ÷ attainable in points of `max`, when the model offers it and coverage allows; else null. */
  readonly rescaled: number | null;
  readonly axes: readonly AxisScore[];
  readonly band: Band | null;
  readonly gates: readonly GateResult[];
  /** Warnings that never change points, such as a blocker in the committee (row 72). Absent in scores made before. */
  readonly risks?: readonly RiskFlag[];
  readonly lines: readonly LedgerLine[];
  /** When the score changes by time alone: a window closes, a half-life steps, something expires. Null: never. */
  readonly nextChangeAt: number | null;
}

export interface ModelReference {
  readonly key: string;
  readonly version: number;
  readonly name: string;
  readonly purpose: "priority" | "readiness";
}

export interface AxisScore {
  readonly key: string;
  readonly label: string;
  readonly score: number;
  readonly attainable: number;
  readonly max: number;
}

export interface Band {
  readonly key: string;
  readonly label: string;
  /** The stage phrase, in words for a rep: shown before any number (row 48). */
  readonly phrase: string;
}

/** A gate never adds points: it excludes an account or guards an action (product.md §3). */
export interface GateResult {
  readonly key: string;
  readonly label: string;
  readonly purpose: "icp" | "exclusion" | "threshold";
  readonly state: "passed" | "failed" | "unknown";
  readonly reason: string;
}

/** Something to know before acting. */
export interface RiskFlag {
  readonly key: string;
  readonly label: string;
  readonly people: readonly PersonId[];
}

/** The three states of a criterion (product.md §3): points earned, known to be worth nothing, not known. */
export type LineState = "earned" | "zero" | "unknown";

export interface LedgerLine {
  readonly criterion: string;
  readonly axis: string;
  readonly label: string;
  readonly state: LineState;
  readonly points: number;
  readonly max: number;
  /** What decided: the rung that was reached, or why nothing is known. */
  readonly reason: string;
  /** The arithmetic in plain figures, for example "min(4 opens, 3) × 1 = 3". */
  readonly arithmetic: string;
  /** Time of the newest evidence, null when there is none. */
  readonly at: number | null;
  /** Set when a cap cut points off: what the evidence came to before the cap. */
  readonly cappedFrom: number | null;
  /** What the line rests on, newest first; at most 20, `evidenceCount` says how many there are. */
  readonly evidence: readonly Evidence[];
  readonly evidenceCount: number;
  /** When this line changes by time alone; null: never. */
  readonly changesAt: number | null;
  /** Where the ladder comes from: a seed row of market.md, or "ours". */
  readonly source: string;
}

export interface Evidence {
  readonly kind: "signal" | "property" | "judgement" | "person";
  /** The signal's kind, the property's name, the judgement's rung or the person's role. */
  readonly what: string;
  readonly value: string | null;
  readonly personId: PersonId | null;
  readonly at: number | null;
  /** False for evidence that is listed and worth nothing, with the reason: a mail scanner, a blocker, a duplicate. */
  readonly counted: boolean;
  readonly note: string | null;
}
