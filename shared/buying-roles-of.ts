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
  const roles = (value ?? "").split(";").flatMap((part) => crosswalk[part.trim().toUpperCase()] ?? []);
  return [...new Set(roles)].sort();
}
