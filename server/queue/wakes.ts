import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Logger } from "../logger.ts";
import { createDelayedWakes } from "./delayed-wakes.ts";
import { inTime, StoreAway } from "./in-time.ts";
import type { JobName } from "./jobs.ts";

export interface Wakes {
  wake(name: JobName, portalId: PortalId, afterMs?: number): Promise<void>;
  stop(): void;
}

/** Wake-ups that wait for the store to come back; more are refused at once, so that they never fill the memory. */
const maxWaiting = 1_000;
/**
 * Of one job and portal a process wakes once in this time: a thousand deliveries a second would cost the database more in
 * wakes than in events. Changes gather for ten times as long anyway.
 */
const pauseMs = 50;

/** Every wake is followed by an `add`, its own or one that it shares. One that fails is logged, never thrown. */
export function createWakes(add: (name: JobName, portalId: PortalId) => Promise<unknown>, log: Logger): Wakes {
  let waiting = 0;
  const addInTime = async (name: JobName, portalId: PortalId) => {
    if (waiting >= maxWaiting) throw new StoreAway();
    waiting += 1;
    const added = add(name, portalId).finally(() => {
      waiting -= 1;
    });
    await inTime(added);
  };
  const wakeNow = async (name: JobName, portalId: PortalId) => {
    try {
      await addInTime(name, portalId);
    } catch (error) {
      const reason = error instanceof Error ? error.message : "unknown";
      log.warn({ job: name, portalId, reason }, "the queue did not take a wake-up");
    }
  };
  const justWoken = new Set<string>();
  const wake = async (name: JobName, portalId: PortalId, afterMs = 0): Promise<void> => {
    const key = `${name}-${portalId}`;
    const waitMs = justWoken.has(key) ? Math.max(afterMs, pauseMs) : afterMs;
    if (waitMs > 0) return later.add(name, portalId, waitMs);
    justWoken.add(key);
    await wakeNow(name, portalId);
    setTimeout(() => justWoken.delete(key), pauseMs).unref();
  };
  const later = createDelayedWakes((name, portalId) => void wake(name, portalId));
  return { wake, stop: later.stop };
}
