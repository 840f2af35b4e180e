import type { BuyingRole } from "./account-snapshot.ts";

/** A role as one of the guides names it, and the canonical roles that it stands for (market.md §1.2). */
export interface TaxonomyRole {
  readonly key: string;
  readonly label: string;
  readonly canonical: readonly BuyingRole[];
  /** Counts for coverage; a blocker is known and not looked for. */
  readonly required: boolean;
  /** What this person worries about: the start of every message (row 76; null where the guide says nothing). */
  readonly caresAbout: string | null;
}

export interface RoleTaxonomy {
  readonly key: TaxonomyKey;
  readonly label: string;
  readonly source: string;
  readonly roles: readonly TaxonomyRole[];
}

export const taxonomyKeys = ["four-classic", "six-with-blocker", "four-functional", "eight-enterprise"] as const;
export type TaxonomyKey = (typeof taxonomyKeys)[number];

const role = (
  key: string,
  label: string,
  canonical: readonly BuyingRole[],
  more: Partial<Pick<TaxonomyRole, "required" | "caresAbout">> = {},
): TaxonomyRole => ({ key, label, canonical, required: true, caresAbout: null, ...more });

/** The four taxonomies of the guides. Keys are for ever: assignments are kept under them. */
export const roleTaxonomies: Readonly<Record<TaxonomyKey, RoleTaxonomy>> = {
  "four-classic": {
    key: "four-classic",
    label: "Four roles: buyer, evaluator, champion, influencer",
    source: "row 73",
    roles: [
      role("economic_buyer", "Economic buyer", ["economic_buyer"]),
      role("technical_evaluator", "Technical evaluator", ["technical_evaluator"]),
      role("user_champion", "User or champion", ["champion", "end_user"]),
      role("influencer", "Influencer", ["influencer"]),
    ],
  },
  "six-with-blocker": {
    key: "six-with-blocker",
    label: "Six roles with the blocker",
    source: "rows 72 and 76",
    roles: [
      role("economic_buyer", "Economic buyer", ["economic_buyer"], {
        caresAbout: "Return, cost of ownership, a vendor that stays",
      }),
      role("champion", "Champion", ["champion"], { caresAbout: "Efficiency and proof" }),
      role("end_user", "End user", ["end_user"], { caresAbout: "Ease and integration" }),
      role("blocker", "Blocker", ["blocker"], { required: false, caresAbout: "Security, compliance, privacy" }),
      role("influencer", "Influencer", ["influencer"], { caresAbout: "Productivity; is trusted by the others" }),
      role("approver", "Approver", ["approver"], { caresAbout: "Contract and service levels" }),
    ],
  },
  "four-functional": {
    key: "four-functional",
    label: "Four roles by function",
    source: "row 71",
    roles: [
      role("executive_stakeholder", "Executive stakeholder", ["economic_buyer", "executive_sponsor"]),
      role("functional_champion", "Functional champion", ["champion", "functional_owner"]),
      role("technical_buyer", "Technical buyer", ["technical_evaluator"]),
      role("influencer", "Influencer", ["influencer"]),
    ],
  },
  "eight-enterprise": {
    key: "eight-enterprise",
    label: "Eight groups of an enterprise",
    source: "row 74",
    roles: [
      role("economic_decision_maker", "Economic decision-maker", ["economic_buyer"]),
      role("functional_owner", "Functional owner", ["functional_owner"]),
      role("technical_evaluator", "Technical evaluator", ["technical_evaluator"]),
      role("finance", "Finance", ["approver"]),
      role("procurement", "Procurement", ["approver"]),
      role("user", "User", ["end_user"]),
      role("influencer", "Influencer", ["influencer"]),
      role("champion", "Champion", ["champion"]),
    ],
  },
};

export const findTaxonomyRole = (taxonomy: TaxonomyKey, key: string): TaxonomyRole | undefined =>
  roleTaxonomies[taxonomy].roles.find((one) => one.key === key);

/** A role as it was given to somebody: under the taxonomy of that day, so that going back to it loses nothing (T28). */
export interface AssignedRole {
  readonly taxonomy: TaxonomyKey;
  readonly role: string;
}

/** What an assignment stands for, whatever taxonomy the portal uses now. */
export const canonicalOf = ({ taxonomy, role: key }: AssignedRole): readonly BuyingRole[] =>
  findTaxonomyRole(taxonomy, key)?.canonical ?? [];

/**
 * The roles of a taxonomy that somebody holds. Assigned under this taxonomy: exactly those. Assigned under another: the roles
 * that share a canonical role with it. Roles of the CRM's own property are canonical already.
 */
export function rolesUnder(
  taxonomy: TaxonomyKey,
  assigned: readonly AssignedRole[],
  canonical: readonly BuyingRole[],
): TaxonomyRole[] {
  const own = new Set(assigned.flatMap((one) => (one.taxonomy === taxonomy ? [one.role] : [])));
  const others = new Set([
    ...canonical,
    ...assigned.flatMap((one) => (one.taxonomy === taxonomy ? [] : canonicalOf(one))),
  ]);
  return roleTaxonomies[taxonomy].roles.filter(
    (one) => own.has(one.key) || one.canonical.some((key) => others.has(key)),
  );
}
