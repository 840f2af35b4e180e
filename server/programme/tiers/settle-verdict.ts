import { outOfProgramme } from "@touchstone/shared/tier-shape.ts";
import type { TierFacts, TierMember } from "../../db/tier-members.ts";
import type { TierMove } from "../../db/tier-moves.ts";
import type { Candidate, DemotionReason, Verdict } from "./candidate.ts";
import { isPlace, kindOfMove, sayDemotion, sayMove, type TierMoveKind, type TierWords } from "./say-tiers.ts";

const dayMs = 86_400_000;

/**
 * What is to be saved of an account: null when nothing changed, so that an unchanged one costs no write. Whatever happened is
 * in the history with its sentence; an account that never was in the programme leaves none.
 */
export function settleVerdict(
  facts: TierFacts,
  candidate: Candidate,
  verdict: Verdict,
  words: TierWords,
): { member: TierMember; moves: readonly TierMove[] } | null {
  const kind = kindOfMove(candidate, verdict, words.programme);
  const demotion = settleDemotion(facts, candidate, verdict, words);
  const reassessAt = settleReassessment(facts, verdict, words);
  const isMoved = facts.tier !== verdict.tier || kind !== null;
  const wasShown = isShown(facts.tier, facts.waitingFor);
  const isLost = wasShown && !facts.inOutput;
  if (!isMoved && !isLost && demotion === kept(facts) && reassessAt === facts.reassessAt) return null;
  const reason = isMoved ? sayMove(kind, candidate, verdict, words) : (facts.reason ?? "");
  const isNewTier = facts.tier !== verdict.tier;
  const isWaiting = verdict.waitingFor !== null;
  const member: TierMember = {
    accountId: facts.accountId,
    tier: verdict.tier,
    since: isNewTier ? words.now : (facts.since ?? words.now),
    byOverride: verdict.byOverride,
    reason,
    waitingFor: verdict.waitingFor,
    waitingSince: !isWaiting ? null : verdict.waitingFor === facts.waitingFor ? facts.waitingSince : words.now,
    demotion: demotion === "kept" ? demotionOf(facts) : demotion,
    reassessAt,
    told: !isLost && (!isMoved || !(wasShown || isShown(verdict.tier, verdict.waitingFor))),
  };
  return { member, moves: movesOf(facts, candidate, kind, member, words) };
}

type SettledDemotion = TierMember["demotion"] | "kept";
const kept = (facts: TierFacts): SettledDemotion => (facts.demotionTo === null ? null : "kept");

function settleDemotion(
  facts: TierFacts,
  candidate: Candidate,
  { demotion }: Verdict,
  words: TierWords,
): SettledDemotion {
  if (demotion) {
    const isAsked = facts.demotionState === "asked" && facts.demotionTo === demotion.to;
    if (isAsked) return "kept";
    const reason = sayDemotion(candidate, demotion, words);
    return { ...demotion, state: "asked", at: words.now, reason, by: null };
  }
  const { askAgainDays } = words.programme.demotion;
  const isRefused = facts.demotionState === "refused" && words.now < (facts.demotionAt ?? 0) + askAgainDays * dayMs;
  return isRefused ? "kept" : null;
}

export function demotionOf(facts: TierFacts): TierMember["demotion"] {
  const { demotionTo: to, demotionState: state } = facts;
  if (to === null || state === null) return null;
  return {
    to,
    state,
    why: facts.demotionWhy ?? "",
    at: facts.demotionAt ?? 0,
    reason: facts.demotionReason ?? "",
    by: facts.demotionBy,
  };
}

/** Out of the programme an account is looked at again every so often (row 54); its score is always the present one. */
function settleReassessment(facts: TierFacts, verdict: Verdict, { now, programme }: TierWords): number | null {
  if (verdict.tier !== outOfProgramme) return null;
  const isDue = facts.reassessAt === null || facts.reassessAt <= now;
  return isDue ? now + programme.reassessDays * dayMs : facts.reassessAt;
}

/** HubSpot holds something of it. */
const isShown = (tier: string | null, waitingFor: string | null): boolean =>
  waitingFor !== null || (tier !== null && isPlace(tier));

function movesOf(
  facts: TierFacts,
  candidate: Candidate,
  kind: TierMoveKind | null,
  member: TierMember,
  words: TierWords,
): TierMove[] {
  const base = { accountId: facts.accountId, at: words.now };
  const was = facts.demotionState === "asked" || facts.demotionState === "approved";
  const isAsked = member.demotion?.state === "asked" && !(was && facts.demotionTo === member.demotion.to);
  const approvedBy = facts.demotionState === "approved" ? facts.demotionBy : null;
  const by = kind === "override" ? (candidate.override?.by ?? null) : approvedBy;
  return [
    ...(kind === null ? [] : [{ ...base, kind, from: facts.tier, to: member.tier, reason: member.reason, by }]),
    ...(isAsked && member.demotion
      ? [
          {
            ...base,
            kind: "asks to move down",
            from: facts.tier,
            to: member.demotion.to,
            reason: member.demotion.reason,
            by: null,
          },
        ]
      : []),
    ...(facts.demotionState === "asked" && member.demotion === null && kind === null
      ? [
          {
            ...base,
            kind: "asks no more",
            from: facts.tier,
            to: facts.tier,
            reason: "Its place is no longer at stake.",
            by: null,
          },
        ]
      : []),
  ];
}

const reasons: readonly DemotionReason[] = ["below the line", "too few places", "outranked"];

/** What the rule may know, from what the database holds. */
export function toCandidate(facts: TierFacts, override: Candidate["override"]): Candidate {
  const { accountId, score, band, fit, name } = facts;
  const demotion = demotionOf(facts);
  const why = reasons.find((reason) => reason === demotion?.why);
  return {
    accountId,
    isExcluded: band === "excluded",
    score,
    band,
    fit,
    name,
    facts: facts.facts,
    override,
    standing:
      facts.tier === null
        ? null
        : {
            tier: facts.tier,
            byOverride: facts.byOverride ?? false,
            waitingFor: facts.waitingFor,
            demotion: demotion && why ? { to: demotion.to, why, state: demotion.state, at: demotion.at } : null,
            reassessAt: facts.reassessAt,
          },
  };
}
