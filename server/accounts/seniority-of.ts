import type { Seniority } from "@touchstone/shared/account-snapshot.ts";

/** HubSpot's own seniority values as far as they are known (hubspot-api.md §5.2: the full list is unverified). */
const byProperty: Readonly<Record<string, Seniority>> = {
  owner: "c_level",
  partner: "c_level",
  executive: "c_level",
  cxo: "c_level",
  c_level: "c_level",
  vp: "vp",
  director: "director",
  manager: "manager",
  senior: "individual",
  entry: "individual",
  employee: "individual",
  individual: "individual",
};

/** Words of a job title, the highest rank first. "Vice President" must be found before "President". */
const byTitle: readonly (readonly [RegExp, Seniority])[] = [
  [/\b(assistant|assistenz|intern|trainee|student)\b/i, "individual"],
  [/\b(s?vp|evp|avp|vice[ -]president)\b/i, "vp"],
  [/\b(c[a-z]o|ceo|cto|cfo|coo|cio|ciso|cmo|cro|cpo)\b/, "c_level"],
  [
    /\b(C[A-Z]{1,2}O|chief|founder|co-?founder|owner|president|managing director|geschäftsführer(in)?|partner)\b/,
    "c_level",
  ],
  [/\b(chief|founder|co-?founder|owner|president|managing director|geschäftsführer(in)?)\b/i, "c_level"],
  [/\b(director|head of|head)\b/i, "director"],
  [/\b(manager|lead|team leader|supervisor)\b/i, "manager"],
  [/\S/, "individual"],
];

/** The CRM's own seniority where it says one, else the job title; null when neither says anything. */
export function seniorityOf(properties: Readonly<Record<string, string | null>>): Seniority | null {
  const given =
    byProperty[
      (properties.hs_seniority ?? "")
        .trim()
        .toLowerCase()
        .replaceAll(/[\s-]+/g, "_")
    ];
  if (given) return given;
  const title = properties.jobtitle ?? "";
  return byTitle.find(([pattern]) => pattern.test(title))?.[1] ?? null;
}
