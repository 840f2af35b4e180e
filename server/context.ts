import type { Config } from "./config.ts";
import type { Database } from "./db/database.ts";
import type { HubSpot } from "./hubspot/hubspot.ts";
import type { Logger } from "./logger.ts";
import type { Metrics } from "./metrics.ts";
import type { JobQueue } from "./queue/queue.ts";

/** Everything that a feature may use. A function names the parts that it takes: `Pick<Context, "db" | "now">`. */
export interface Context {
  readonly config: Config;
  readonly db: Database;
  readonly hubspot: HubSpot;
  readonly queue: JobQueue;
  /** Milliseconds since 1970: the only business clock. Tests step it. */
  readonly now: () => number;
  readonly log: Logger;
  readonly metrics: Metrics;
}
