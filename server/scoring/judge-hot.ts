import type { AccountScore, GateResult } from "@touchstone/shared/account-score.ts";
import type { AccountSnapshot, Signal } from "@touchstone/shared/account-snapshot.ts";
import type { HotRule } from "@touchstone/shared/hot-rule.ts";
import { dayMs } from "./day.ts";

/** Whether an account is over the line, and the newest thing somebody did that makes it hot by itself. */
export interface HotVerdict {
  readonly overLine: boolean;
  /** Time and kind of the behaviour; null when there is none that is young enough. */
  readonly behaviour: { readonly at: number; readonly kind: string } | null;
}

type Readiness = Pick<AccountScore, "score"> & { readonly gates: readonly Pick<GateResult, "key" | "state">[] };
type Priority = Pick<AccountScore, "state" | "band">;

export interface HotFacts extends Pick<AccountSnapshot, "properties" | "signals"> {
  /** On the portal's own list, or with a place in a tier: a target account whatever HubSpot's flag and the score's band say. */
  readonly isOurTarget: boolean;
}

/** Row 82 as the portal's rule says it. Pure; an excluded account is never hot, a gate that is not known does not pass. */
export function judgeHot(
  facts: HotFacts,
  scores: { readonly priority: Priority; readonly readiness: Readiness },
  rule: HotRule,
  now: number,
): HotVerdict {
  if (scores.priority.state === "excluded") return { overLine: false, behaviour: null };
  return {
    overLine: isOverLine(scores.readiness, rule),
    behaviour: isTarget(facts, scores.priority, rule) ? newestBehaviour(facts.signals, rule, now) : null,
  };
}

function isOverLine({ score, gates }: Readiness, rule: HotRule): boolean {
  if (score === null || score < rule.readinessFrom) return false;
  return rule.gate === null || gates.some((gate) => gate.key === rule.gate && gate.state === "passed");
}

const isTarget = ({ isOurTarget, properties }: HotFacts, { band }: Priority, rule: HotRule): boolean =>
  isOurTarget || properties.hs_is_target_account === "true" || (band !== null && rule.targetTiers.includes(band.key));

function newestBehaviour(signals: readonly Signal[], rule: HotRule, now: number): HotVerdict["behaviour"] {
  let newest: Signal | null = null;
  for (const signal of signals) {
    const young = signal.at <= now && signal.at > now - rule.behaviourDays * dayMs;
    if (young && rule.behaviours.includes(signal.kind) && (newest === null || signal.at > newest.at)) newest = signal;
  }
  return newest === null ? null : { at: newest.at, kind: newest.kind };
}
