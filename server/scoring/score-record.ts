/**
 * All that was decided about one account under one model version at one moment, and no words: with the same snapshot and
 * the same model version `writeLedger` makes the ledger from it and decides nothing again. Plain numbers and lists, so that
 * it is the same after `JSON.parse(JSON.stringify(record))`, and small.
 *
 * Points are in thousandths, times in ms since 1970-01-01 UTC. Signals and people are named by their number in the ordered
 * snapshot (`orderSnapshot`), everything of the model by its number in the model's own lists.
 */
export interface ScoreRecord {
  readonly model: string;
  readonly version: number;
  readonly scoredAt: number;
  /** Number of the gate that excludes the account: then there are no points, no lines and no band. Null: none does. */
  readonly exclusion: number | null;
  /** Rounded once, to one decimal (T06, T13). Null when excluded. */
  readonly score: number | null;
  /** What the points of all lines add up to. */
  readonly earned: number;
  readonly attainable: number;
  readonly provisional: boolean;
  readonly rescaled: number | null;
  readonly band: number | null;
  /** By number of the axis. */
  readonly axes: readonly number[];
  readonly axesAttainable: readonly number[];
  /** By number of the gate; null for one that was not judged because another had excluded the account. */
  readonly gates: readonly (GateRecord | null)[];
  readonly risks: readonly RiskRecord[];
  /** By number of the criterion. */
  readonly lines: readonly LineRecord[];
  /** Null: never. */
  readonly nextChangeAt: number | null;
}

/**
 * What was decided about one criterion: its points, `unknownPoints` when it is not known; when that changes by time alone,
 * `never` when it does not; then what the kind of criterion needs to word it, which its own file in `criteria/` describes.
 */
export type LineRecord = readonly number[];

export const unknownPoints = -1;
export const never = 0;
/** In place of the number of a signal, a rung, a role: there is none. */
export const none = -1;

/** The gate's own answer, then that of each of its conditions. */
export type GateRecord = readonly GateAnswer[];
export type GateAnswer = 0 | 1 | 2;
/** Append only: stored by number. */
export const answers = { no: 0, yes: 1, notKnown: 2 } as const;

/** Number of an ignored role in `buyingRoles`, then the people who hold it. */
export type RiskRecord = readonly number[];
