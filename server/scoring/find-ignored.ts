import type { ScoringModel } from "@touchstone/shared/model-shape.ts";
import { findScannerBursts } from "./find-scanner-bursts.ts";
import type { OrderedSnapshot } from "./order-snapshot.ts";
import { type PeopleColumns, roleBits } from "./people-columns.ts";
import { type Why, whys } from "./why.ts";

/** By number of the signal: why it adds nothing whatever the criterion, or `whys.counted`. Null when all may add. */
export type Ignored = readonly Why[] | null;

/** Signals of blockers and of mail scanners. Nearly no account has any, and that is known without looking at a signal. */
export function compileIgnoring(
  engagement: ScoringModel["engagement"],
): (snapshot: OrderedSnapshot, now: number) => Ignored {
  const { scanner, ignoredRoles } = engagement;
  const ignoredBits = roleBits(ignoredRoles);
  return ({ signals, people }, now) => {
    const isCalm = signals.leastGapMs > scanner.withinSeconds * 1000;
    const bursts = isCalm ? null : findScannerBursts(signals, scanner, now);
    const holders = findHolders(people, ignoredBits);
    if (holders === null && (bursts === null || bursts.size === 0)) return null;
    return signals.list.map(({ personId }, number) => {
      if (personId !== null && holders?.has(personId) === true) return whys.role;
      return bursts?.has(number) === true ? whys.scanner : whys.counted;
    });
  };
}

function findHolders({ list, roles }: PeopleColumns, wanted: number): ReadonlySet<string> | null {
  let holders: Set<string> | null = null;
  for (let number = 0; number < roles.length; number++) {
    if (((roles[number] ?? 0) & wanted) === 0) continue;
    holders ??= new Set();
    holders.add(list[number]?.id ?? "");
  }
  return holders;
}
