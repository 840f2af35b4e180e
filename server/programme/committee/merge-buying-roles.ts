import { sharesRole } from "@touchstone/shared/buying-roles-of.ts";

export interface BuyingRoleWrite {
  /** Options that were wanted when we last wrote. */
  readonly done: readonly string[];
  /** Of those that a person has in HubSpot, the ones that we put there. */
  readonly ours: readonly string[];
}

export interface MergedBuyingRoles extends BuyingRoleWrite {
  /** What the property should hold; null: it holds it. */
  readonly value: string | null;
  readonly added: readonly string[];
}

/**
 * Joins what is wanted to what other people set in HubSpot (decision 0024): only what we put there is taken away, and what somebody
 * took away by hand comes back only when it is wanted anew. A role that HubSpot has already under another word is not added.
 */
export function mergeBuyingRoles(
  current: string | null,
  wanted: readonly string[],
  { done, ours }: BuyingRoleWrite,
): MergedBuyingRoles {
  const held = (current ?? "").split(";").flatMap((part) => part.trim() || []);
  const kept = held.filter((option) => !ours.includes(option) || wanted.includes(option));
  const added = wanted.filter(
    (option) => !done.includes(option) && !kept.some((one) => one === option || sharesRole(one, option)),
  );
  const changed = added.length > 0 || kept.length < held.length;
  return {
    value: changed ? [...kept, ...added].join(";") : null,
    added,
    done: [...wanted],
    ours: [...ours.filter((option) => kept.includes(option)), ...added],
  };
}
