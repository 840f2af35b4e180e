export const backends = ["postgres", "redis"] as const;
export type Backend = (typeof backends)[number];

/** How much happens in one trial. */
export interface Size {
  /** Each has a budget of HubSpot's of its own; together they have `accounts`. */
  readonly portals: number;
  readonly accounts: number;
  /** Changes that users make; each is one event or a few. */
  readonly changes: number;
  /** Share of a row's faults (kills, stops, swaps) that are made: 1 in a full run. */
  readonly faults: number;
}
