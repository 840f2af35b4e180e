import type { Judgement } from "@touchstone/shared/account-snapshot.ts";
import { compareText } from "./order-signals.ts";

export interface StandingJudgement {
  readonly judgement: Judgement | null;
  /** When a later answer takes over; Infinity: never. */
  readonly nextAt: number;
}

const nobodyAnswered: ReadonlyMap<string, StandingJudgement> = new Map();

/** By criterion: the newest answer stands, even when it has expired, so that an older one never comes back. */
export function findStanding(judgements: readonly Judgement[], now: number): ReadonlyMap<string, StandingJudgement> {
  if (judgements.length === 0) return nobodyAnswered;
  const standing = new Map<string, StandingJudgement>();
  for (const judgement of judgements) {
    const known = standing.get(judgement.criterion) ?? { judgement: null, nextAt: Number.POSITIVE_INFINITY };
    standing.set(
      judgement.criterion,
      judgement.at > now
        ? { judgement: known.judgement, nextAt: Math.min(known.nextAt, judgement.at) }
        : { judgement: newer(known.judgement, judgement), nextAt: known.nextAt },
    );
  }
  return standing;
}

function newer(a: Judgement | null, b: Judgement): Judgement {
  if (a === null) return b;
  const order =
    b.at - a.at ||
    compareText(a.rung, b.rung) ||
    compareText(a.by, b.by) ||
    (b.expiresAt ?? Number.MAX_SAFE_INTEGER) - (a.expiresAt ?? Number.MAX_SAFE_INTEGER);
  return order > 0 ? b : a;
}
