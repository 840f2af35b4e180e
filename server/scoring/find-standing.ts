import type { Judgement } from "@touchstone/shared/account-snapshot.ts";
import { compareText } from "./order-signals.ts";
import { none } from "./score-record.ts";

export interface StandingJudgement {
  /** Number in the snapshot's list, or `none`. */
  readonly number: number;
  readonly judgement: Judgement | null;
  /** When a later answer takes over; Infinity: never. */
  readonly nextAt: number;
}

const noAnswer: StandingJudgement = { number: none, judgement: null, nextAt: Number.POSITIVE_INFINITY };
const nobodyAnswered: ReadonlyMap<string, StandingJudgement> = new Map();

/** By criterion: the newest answer stands, even when it has expired, so that an older one never comes back. */
export function findStanding(judgements: readonly Judgement[], now: number): ReadonlyMap<string, StandingJudgement> {
  if (judgements.length === 0) return nobodyAnswered;
  const standing = new Map<string, StandingJudgement>();
  judgements.forEach((judgement, number) => {
    const known = standing.get(judgement.criterion) ?? noAnswer;
    if (judgement.at > now) {
      standing.set(judgement.criterion, { ...known, nextAt: Math.min(known.nextAt, judgement.at) });
    } else if (known.judgement === null || isNewer(judgement, known.judgement)) {
      standing.set(judgement.criterion, { number, judgement, nextAt: known.nextAt });
    }
  });
  return standing;
}

function isNewer(b: Judgement, a: Judgement): boolean {
  const order =
    b.at - a.at ||
    compareText(a.rung, b.rung) ||
    compareText(a.by, b.by) ||
    (b.expiresAt ?? Number.MAX_SAFE_INTEGER) - (a.expiresAt ?? Number.MAX_SAFE_INTEGER);
  return order > 0;
}
