import type { Evidence } from "@touchstone/shared/account-score.ts";
import type { Engaged, EngagedPerson } from "./find-engaged.ts";
import { personEvidence, timeOf } from "./list-evidence.ts";
import type { OrderedSnapshot } from "./order-snapshot.ts";
import { evidenceCode, mostEvidence, type Why, whys } from "./why.ts";

/** Engaged people as a line records them, most recent first, then who is worth nothing: pairs of a person's code and a signal. */
export function recordEngaged({ counted, ignored }: Engaged): number[] {
  const pairs: number[] = [];
  const add = (people: readonly EngagedPerson[], why: Why) => {
    for (const { person, newest } of people) {
      if (pairs.length < 2 * mostEvidence) pairs.push(evidenceCode(person, why), newest);
    }
  };
  add(counted, whys.counted);
  add(ignored, whys.role);
  return pairs;
}

export function listEngaged(pairs: readonly number[], ordered: OrderedSnapshot): Evidence[] {
  const evidence: Evidence[] = [];
  for (let index = 0; index < pairs.length; index += 2) {
    evidence.push(...personEvidence(pairs[index] ?? 0, timeOf(pairs[index + 1], ordered), ordered));
  }
  return evidence;
}
