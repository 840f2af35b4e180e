import type { BuyingRole, Seniority } from "@touchstone/shared/account-snapshot.ts";
import type { RoleSuggestion } from "@touchstone/shared/committee-api.ts";
import { roleTaxonomies, type TaxonomyKey } from "@touchstone/shared/role-taxonomies.ts";

interface Rule {
  readonly words: RegExp;
  readonly role: BuyingRole;
  readonly because: string;
}

/** By the words of a job title, the first that fits decides; ours. */
const byTitle: readonly Rule[] = [
  {
    words: /\b(legal|counsel|compliance|privacy|dpo|ciso|information security)\b/,
    role: "blocker",
    because: "people in legal, compliance and security often have to agree",
  },
  {
    words: /\b(procurement|purchasing|sourcing|buyer|einkauf)\b/,
    role: "approver",
    because: "procurement settles contract and terms",
  },
  {
    words: /\b(cfo|finance|financial|controller|treasur\w*)\b/,
    role: "approver",
    because: "finance approves the spending",
  },
  {
    words: /\b(cto|architect|engineer\w*|developer|it|infrastructure|platform|security)\b/,
    role: "technical_evaluator",
    because: "the title is technical",
  },
];

/** What somebody's title and seniority suggest, with the reason: never a fact until a person says so. */
export function suggestRoles(
  title: string | null,
  seniority: Seniority | null,
  taxonomy: TaxonomyKey,
): RoleSuggestion[] {
  const found = guess(title, seniority);
  if (found === null) return [];
  const role = roleTaxonomies[taxonomy].roles.find((one) => one.canonical.includes(found.role));
  return role ? [{ role: role.key, label: role.label, reason: `Suggested by the title: ${found.because}.` }] : [];
}

function guess(title: string | null, seniority: Seniority | null): Pick<Rule, "role" | "because"> | null {
  const text = (title ?? "").slice(0, 200).toLowerCase();
  const rule = byTitle.find(({ words }) => words.test(text));
  if (rule) return rule;
  if (seniority === "c_level")
    return { role: "economic_buyer", because: "somebody at the top usually holds the budget" };
  if (seniority === "vp" || seniority === "director")
    return { role: "champion", because: "heads of a function often drive the purchase" };
  return seniority === "individual" && text !== ""
    ? { role: "end_user", because: "somebody without a team is likely to use it" }
    : null;
}
