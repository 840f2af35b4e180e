/**
 * The stand-in's clock. It runs with `base` and can be stepped forward, so that a test need not wait for a token to
 * expire. A timer fires when its real delay has passed or when the clock is stepped beyond it, whichever comes first:
 * with a frozen `base` short delays still pass.
 */
export interface Clock {
  now(): number;
  /**
   * The time without the steps. Signatures carry it: the program under test keeps its own clock and refuses a
   * signature from the future.
   */
  unsteppedNow(): number;
  step(ms: number): void;
  /** Returns a function that cancels the timer. */
  after(delayMs: number, run: () => void): () => void;
  stop(): void;
}

interface Timer {
  readonly dueAt: number;
  readonly fire: () => void;
  readonly handle: NodeJS.Timeout;
}

/** Node fires a longer timeout at once. */
const longestTimeoutMs = 2_147_483_647;

export function createClock(base: () => number = Date.now): Clock {
  let offsetMs = 0;
  const timers = new Set<Timer>();
  const now = () => base() + offsetMs;
  const remove = (timer: Timer) => {
    clearTimeout(timer.handle);
    timers.delete(timer);
  };
  return {
    now,
    unsteppedNow: base,
    step(ms) {
      offsetMs += ms;
      const due = [...timers].filter((timer) => timer.dueAt <= now()).sort((a, b) => a.dueAt - b.dueAt);
      for (const timer of due) timer.fire();
    },
    after(delayMs, run) {
      const timer: Timer = {
        dueAt: now() + delayMs,
        fire: () => {
          remove(timer);
          run();
        },
        handle: setTimeout(() => timer.fire(), Math.min(delayMs, longestTimeoutMs)),
      };
      timers.add(timer);
      return () => remove(timer);
    },
    stop() {
      for (const timer of timers) remove(timer);
    },
  };
}
