import { type BulkLine, unknownCompany } from "@touchstone/shared/chosen-companies.ts";
import { excludedFromTiers, outOfProgramme } from "@touchstone/shared/tier-shape.ts";
import type { OverrideFacts } from "../../db/override-facts.ts";
import { mostOverrides } from "./check-override.ts";

export interface TierWish {
  readonly tier: string;
  readonly reason: string;
  readonly expiresAt: number;
  readonly by: string;
  /** What this person set since then was set by this act; null: nothing was. */
  readonly since: number | null;
}

/** What there is to give: places of the tier (null: no bound), and overrides of the portal. */
export interface TierRoom {
  /** "Tier 1" */
  readonly name: string;
  readonly ownerRequired: boolean;
  readonly cap: number | null;
  /** Members, and those whom an override brings in at the next pass. */
  readonly taken: number;
  readonly overrides: number;
}

/**
 * What becomes of each chosen company, in the order in which they were given. Of a tier with fewer places than companies those with the
 * higher score get them (T14). Pure.
 */
export function judgeOverrides(
  ids: readonly string[],
  facts: ReadonlyMap<string, OverrideFacts>,
  wish: TierWish,
  room: TierRoom,
): BulkLine[] {
  const left = { places: room.cap === null ? null : room.cap - room.taken, overrides: mostOverrides - room.overrides };
  const ranked = [...facts.values()].sort(
    (a, b) => (b.score ?? -1) - (a.score ?? -1) || (a.accountId < b.accountId ? -1 : 1),
  );
  const judged = new Map(ranked.map((one) => [one.accountId, judge(one, wish, room, left)]));
  return ids.map((id) => judged.get(id) ?? unknownCompany(id));
}

function judge(
  facts: OverrideFacts,
  wish: TierWish,
  room: TierRoom,
  left: { places: number | null; overrides: number },
): BulkLine {
  const { accountId: companyId, name, tier, override } = facts;
  const line = (status: BulkLine["status"], text: string) => ({ companyId, name, status, text });
  if (tier === null) return line("refused", "Touchstone has not scored it (yet).");
  if (tier === excludedFromTiers) return line("refused", "It is excluded, and excluded companies are in no tier.");
  const note = room.ownerRequired && !facts.hasOwner ? `${room.name} needs an owner, and it has none.` : "";
  if (override !== null && stands(facts, wish)) {
    const isOfThisAct = wish.since !== null && override.by === wish.by && override.setAt >= wish.since;
    return line(isOfThisAct ? "done" : "already", note);
  }
  if (override === null && left.overrides <= 0)
    return line("refused", `${mostOverrides} tiers are set by hand already: end some first.`);
  if (!isThere(facts, wish) && left.places !== null) {
    if (left.places <= 0)
      return line(
        "refused",
        `${room.name} is full: its ${room.cap} ${room.cap === 1 ? "place is" : "places are"} taken.`,
      );
    left.places--;
  }
  if (override === null) left.overrides--;
  return line("done", note);
}

/** It needs no place. Whose move down is approved has given its own away (`countPlanned`). */
const isThere = ({ tier, isLeaving, override }: OverrideFacts, wish: TierWish): boolean =>
  wish.tier === outOfProgramme || (tier === wish.tier && !isLeaving) || override?.tier === wish.tier;

/** The very same was decided before. */
export const stands = (
  { override }: Pick<OverrideFacts, "override">,
  wish: Pick<TierWish, "tier" | "reason" | "expiresAt">,
): boolean => override?.tier === wish.tier && override.reason === wish.reason && override.expiresAt === wish.expiresAt;
