import { excludedFromTiers, outOfProgramme, type TierProgramme } from "@touchstone/shared/tier-shape.ts";
import type { Candidate, DemotionReason, Verdict } from "./candidate.ts";
import { compareRank } from "./compare-rank.ts";
import { earnedPlace, meetsEntry } from "./meets-entry.ts";

/** An account at work: places are counted from the highest tier, 0; one past the last is out of the programme. */
interface Seat {
  readonly candidate: Candidate;
  readonly earned: number;
  /** Where it stood before; null when it may not keep that place. */
  readonly kept: number | null;
  place: number;
  readonly fixed: boolean;
  demotion: { place: number; why: DemotionReason } | null;
}

const dayMs = 86_400_000;

/**
 * Who is in which tier (product.md §5): eligible by entry rule, then by rank as far as there are places. Whoever has a place keeps it until
 * a demotion is approved, so no tier takes more than its cap in; those that qualify and find no place wait by name in the
 * best tier that has one. Overrides win. Excluded accounts are never tiered. Pure; the order of the list does not matter.
 */
export function assignPlaces(
  candidates: readonly Candidate[],
  programme: TierProgramme,
  caps: ReadonlyMap<string, { readonly cap: number | null }>,
  now: number,
): Map<string, Verdict> {
  const verdicts = new Map<string, Verdict>();
  const seats: Seat[] = [];
  for (const candidate of candidates) {
    if (candidate.isExcluded) verdicts.set(candidate.accountId, excluded);
    else seats.push(takeSeat(candidate, programme, now));
  }
  const compare = compareRank(programme);
  seats.sort((a, b) => compare(a.candidate, b.candidate));
  const capOf = (place: number) => caps.get(programme.tiers[place]?.key ?? "")?.cap ?? Number.POSITIVE_INFINITY;
  fillPlaces(seats, programme, capOf);
  askForPlaces(seats, programme, capOf);
  for (const seat of seats) verdicts.set(seat.candidate.accountId, toVerdict(seat, programme, now));
  return verdicts;
}

const excluded: Verdict = { tier: excludedFromTiers, byOverride: false, waitingFor: null, demotion: null };

function takeSeat(candidate: Candidate, programme: TierProgramme, now: number): Seat {
  const { tiers, demotion, hysteresis } = programme;
  const { standing, override } = candidate;
  const earned = earnedPlace(programme, candidate);
  const out = tiers.length;
  if (override && override.expiresAt > now) {
    const place = placeOf(override.tier, programme) ?? out;
    return { candidate, earned, kept: place, place, fixed: true, demotion: null };
  }
  // What an override gave ends with it: its expiry was agreed beforehand.
  const stood = standing && !standing.byOverride ? placeOf(standing.tier, programme) : null;
  const current = stood === null ? undefined : tiers[stood];
  if (stood === null || !current || isReleased(candidate, programme)) {
    return { candidate, earned, kept: null, place: out, fixed: false, demotion: null };
  }
  const isHeld = earned <= stood || meetsEntry(current, candidate, hysteresis.points);
  if (!isHeld && demotion.mode === "automatic") {
    return { candidate, earned, kept: null, place: out, fixed: false, demotion: null };
  }
  const asked = isHeld ? null : ({ place: earned, why: "below the line" } as const);
  return { candidate, earned, kept: stood, place: stood, fixed: false, demotion: asked };
}

const isReleased = ({ standing }: Candidate, programme: TierProgramme): boolean =>
  standing?.demotion?.state === "approved" && placeOf(standing.demotion.to, programme) !== null;

/** Null for a tier that the programme does not have (any more). */
function placeOf(key: string, { tiers }: TierProgramme): number | null {
  if (key === outOfProgramme) return tiers.length;
  const place = tiers.findIndex((tier) => tier.key === key);
  return place === -1 ? null : place;
}

/** From the highest tier down, so that a place that somebody leaves by moving up is free for the next. */
function fillPlaces(
  ranked: readonly Seat[],
  { tiers, totalCap }: TierProgramme,
  capOf: (place: number) => number,
): void {
  const out = tiers.length;
  let total = (totalCap ?? Number.POSITIVE_INFINITY) - ranked.filter(({ place }) => place < out).length;
  for (let place = 0; place < out; place++) {
    let free = capOf(place) - ranked.filter((seat) => seat.place === place).length;
    for (const seat of ranked) {
      if (free <= 0) break;
      if (seat.fixed || seat.earned > place || seat.place <= place) continue;
      if (seat.place === out && total <= 0) continue;
      if (seat.place === out) total--;
      seat.place = place;
      seat.demotion = null;
      free--;
    }
  }
}

/** Asks the last in rank of a tier to move when it has too few places, or when somebody who waits ranks clearly higher. */
function askForPlaces(ranked: readonly Seat[], programme: TierProgramme, capOf: (place: number) => number): void {
  for (let place = 0; place < programme.tiers.length; place++) {
    const members = ranked.filter((seat) => seat.place === place);
    const asked = members.filter((seat) => seat.demotion !== null).length;
    const movable = members.filter((seat) => !seat.fixed && seat.demotion === null && seat.kept === place).toReversed();
    let tooMany = members.length - asked - capOf(place);
    const waiting = ranked.filter((seat) => !seat.fixed && seat.earned <= place && seat.place > place).slice(asked);
    for (const seat of movable) {
      if (tooMany > 0) {
        seat.demotion = { place: place + 1, why: "too few places" };
        tooMany--;
        continue;
      }
      const challenger = waiting.shift();
      if (!challenger || !ranksClearlyHigher(challenger.candidate, seat.candidate, programme)) break;
      seat.demotion = { place: place + 1, why: "outranked" };
    }
  }
}

/** By more than the hysteresis, so that two accounts of nearly one score do not change places every day. */
function ranksClearlyHigher(challenger: Candidate, member: Candidate, programme: TierProgramme): boolean {
  if (compareRank(programme)(challenger, member) >= 0) return false;
  if (programme.rankBy.kind === "property") return true;
  return Math.round(((challenger.score ?? 0) - (member.score ?? 0) - programme.hysteresis.points) * 10) > 0;
}

function toVerdict(seat: Seat, programme: TierProgramme, now: number): Verdict {
  const { place, earned, fixed, candidate } = seat;
  const keyOf = (at: number) => programme.tiers[at]?.key ?? outOfProgramme;
  const demotion = seat.demotion && { to: keyOf(seat.demotion.place), why: seat.demotion.why };
  return {
    tier: keyOf(place),
    byOverride: fixed,
    waitingFor: fixed ? null : waitingFor(earned, place, programme),
    demotion: demotion && !isRefused(candidate, demotion, programme, now) ? demotion : null,
  };
}

/**
 * Only a line that was reached is waited for: not where rank alone decides, and of tiers with one and the same entry only the last.
 */
function waitingFor(earned: number, place: number, { tiers }: TierProgramme): string | null {
  const entry = JSON.stringify(tiers[earned]?.entry);
  const last = tiers.findLastIndex((tier, at) => at >= earned && JSON.stringify(tier.entry) === entry);
  const tier = tiers[last];
  return tier && tier.entry.conditions.length > 0 && last < place ? tier.key : null;
}

/** Somebody said no to this: it is not asked again for a while. */
function isRefused(
  { standing }: Candidate,
  demotion: { readonly to: string },
  { demotion: { askAgainDays } }: TierProgramme,
  now: number,
): boolean {
  const last = standing?.demotion;
  return last?.state === "refused" && last.to === demotion.to && now < last.at + askAgainDays * dayMs;
}
