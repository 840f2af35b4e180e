const SECOND_MS = 1_000;
/** Nobody reads one record longer than this without pressing anything; then the card rests until "Refresh". */
export const IDLE_LIMIT_MS = 10 * 60 * SECOND_MS;
/** A change is normally through in seconds; when it hangs longer, asking faster does not help. */
const PENDING_LIMIT_MS = 60 * SECOND_MS;

/** A record that was just opened, or has just changed, is being looked at. */
const FRESH_LIMIT_MS = 2 * 60 * SECOND_MS;

export type LastAnswer = "pending" | "settled" | "failed";

/**
 * How long to wait before asking again, null to rest. HubSpot allows 20 requests of an app at once per portal
 * (hubspot-project.md §3.4): a card asks one at a time, each in a few milliseconds.
 */
export function pollDelayMs(last: LastAnswer, quietMs: number): number | null {
  if (quietMs >= IDLE_LIMIT_MS) return null;
  if (last === "failed") return 15 * SECOND_MS;
  if (last === "pending" && quietMs < PENDING_LIMIT_MS) return 1.5 * SECOND_MS;
  return (quietMs < FRESH_LIMIT_MS ? 2.5 : 5) * SECOND_MS;
}
