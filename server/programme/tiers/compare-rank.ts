import type { TierProgramme } from "@touchstone/shared/tier-shape.ts";
import type { Candidate } from "./candidate.ts";
import { numberOf } from "./meets-entry.ts";

/** Who goes first when places are few: rank value, score, fit, name, id (T14). The same for every order of the list. */
export function compareRank({ rankBy }: TierProgramme): (a: Candidate, b: Candidate) => number {
  const rankOf = rankBy.kind === "score" ? scoreOf : (one: Candidate) => numberOf(one, rankBy.property);
  return (a, b) =>
    down(rankOf(a), rankOf(b)) ||
    down(a.score, b.score) ||
    down(a.fit, b.fit) ||
    up(a.name ?? "", b.name ?? "") ||
    up(a.accountId, b.accountId);
}

const scoreOf = ({ score }: Candidate) => score;

const down = (a: number | null, b: number | null): number =>
  (b ?? Number.NEGATIVE_INFINITY) === (a ?? Number.NEGATIVE_INFINITY)
    ? 0
    : (b ?? Number.NEGATIVE_INFINITY) > (a ?? Number.NEGATIVE_INFINITY)
      ? 1
      : -1;

/** By code, not by language: the same on every machine. */
const up = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
