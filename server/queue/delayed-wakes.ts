import type { PortalId } from "@touchstone/shared/ids.ts";
import type { JobName } from "./jobs.ts";

export interface DelayedWakes {
  /** Of several for the same job and portal the earliest holds. */
  add(name: JobName, portalId: PortalId, afterMs: number): void;
  stop(): void;
}

/**
 * Wake-ups for later, held by this process and not by the queue: delayed jobs deadlock on PostgreSQL (performance.md §1.5,
 * P2). One that is lost with its process is made good by the sweeper.
 */
export function createDelayedWakes(wake: (name: JobName, portalId: PortalId) => void): DelayedWakes {
  const waiting = new Map<string, { readonly dueAt: number; readonly timer: NodeJS.Timeout }>();
  let stopped = false;
  return {
    add(name, portalId, afterMs) {
      const key = `${name}-${portalId}`;
      const dueAt = performance.now() + afterMs;
      const earlier = waiting.get(key);
      if (stopped || (earlier && earlier.dueAt <= dueAt)) return;
      if (earlier) clearTimeout(earlier.timer);
      const timer = setTimeout(() => {
        waiting.delete(key);
        wake(name, portalId);
      }, afterMs);
      timer.unref();
      waiting.set(key, { dueAt, timer });
    },
    stop() {
      stopped = true;
      for (const { timer } of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}
