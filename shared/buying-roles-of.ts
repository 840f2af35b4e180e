import type { BuyingRole } from "./account-snapshot.ts";

/** `hs_buying_role` → canonical roles (market.md §1.2, role crosswalk). Values that a portal added are not ours to judge. */
const crosswalk: Readonly<Record<string, BuyingRole>> = {
  BLOCKER: "blocker",
  BUDGET_HOLDER: "economic_buyer",
  CHAMPION: "champion",
  DECISION_MAKER: "economic_buyer",
  END_USER: "end_user",
  EXECUTIVE_SPONSOR: "executive_sponsor",
  INFLUENCER: "influencer",
  LEGAL_AND_COMPLIANCE: "approver",
};

/** The property is a list with semicolons, sometimes with one in front (hubspot-api.md §5.5). Sorted, each role once. */
export function buyingRolesOf(value: string | null | undefined): BuyingRole[] {
  if (!value) return [];
  const roles = value.split(";").flatMap((part) => crosswalk[part.trim().toUpperCase()] ?? []);
  return [...new Set(roles)].sort();
}

/** The reverse: HubSpot has no word for a functional owner or a technical evaluator. */
const optionOf: Readonly<Partial<Record<BuyingRole, string>>> = {
  economic_buyer: "DECISION_MAKER",
  approver: "LEGAL_AND_COMPLIANCE",
  champion: "CHAMPION",
  end_user: "END_USER",
  influencer: "INFLUENCER",
  blocker: "BLOCKER",
  executive_sponsor: "EXECUTIVE_SPONSOR",
};

/** HubSpot's options for roles, each once, sorted. */
export const buyingRoleOptionsFor = (roles: readonly BuyingRole[]): string[] =>
  [...new Set(roles.flatMap((role) => optionOf[role] ?? []))].sort();

export const sharesRole = (option: string, other: string): boolean =>
  crosswalk[option.toUpperCase()] !== undefined && crosswalk[option.toUpperCase()] === crosswalk[other.toUpperCase()];
