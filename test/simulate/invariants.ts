import { clocksStopAtOutreach, noHotAccountWithoutClock } from "./invariants/clocks-run.ts";
import { coverageIsCounted } from "./invariants/coverage-counts.ts";
import type { Invariant } from "./invariants/invariant.ts";
import { noPlayAgainstTheGuard } from "./invariants/plays-keep-guard.ts";
import { hubSpotHoldsWhatIsStored, ledgersAddUp } from "./invariants/results-stand.ts";
import { noTaskTwice } from "./invariants/tasks-come-once.ts";
import { noTierOverItsCap, oneTierEach } from "./invariants/tiers-hold.ts";

/** What is checked after every step, the cheapest first. */
export const invariants: readonly Invariant[] = [
  noTierOverItsCap,
  oneTierEach,
  noTaskTwice,
  noHotAccountWithoutClock,
  clocksStopAtOutreach,
  noPlayAgainstTheGuard,
  hubSpotHoldsWhatIsStored,
  ledgersAddUp,
  coverageIsCounted,
];
