import type { Signal } from "@touchstone/shared/account-snapshot.ts";

export interface SeenSignal {
  readonly signal: Signal;
  /** Why the signal adds nothing whatever the criterion; null when it may count. */
  readonly ignored: "role" | "scanner" | null;
}
