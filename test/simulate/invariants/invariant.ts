import type { SimulatedWorld } from "../simulated-world.ts";
import type { TeamAtWork } from "../team-at-work.ts";

/** What a check may look at. It reads raw records and asks the product; it shares no rule with it. */
export interface Scene {
  readonly world: SimulatedWorld;
  readonly team: Pick<TeamAtWork, "plays">;
  /** Hours since the start. */
  readonly hour: number;
  /** When the app was installed: what came before raised no alert. */
  readonly startAt: number;
  /** Companies that were there at the start. */
  readonly firstCompanies: ReadonlySet<string>;
}

/** Holds after every step; names what breaks it. */
export interface Invariant {
  readonly name: string;
  check(scene: Scene): Promise<readonly string[]>;
}
