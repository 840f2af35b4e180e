import type { Seniority } from "./account-snapshot.ts";

/** HubSpot's own seniority values as far as they are known (hubspot-api.md §5.2: the full list is unverified). */
const byProperty: ReadonlyMap<string, Seniority> = new Map<string, Seniority>(
  Object.entries({
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
  } as const),
);

/**
 * Words of a job title in small letters without accents, the first that fits decides: "Vice President" must be found
 * before "President", "Assistant to the CEO" before "CEO". English, German, French, Spanish, Italian, Portuguese and Dutch.
 */
const byTitle: readonly (readonly [RegExp, Seniority])[] = [
  [
    /\b(assistant(e|s)?(?! vice president)|assisten\w*|asistente|intern|trainee|praktikant(in)?|student(in)?)\b/,
    "individual",
  ],
  [/\b(product|process|business) (owner|partner)\b/, "individual"],
  [/\b([ase]?vp|vice[ -]?(president[ea]?|prasident(in)?))\b/, "vp"],
  [/\b(c[a-z]o|chro|ciso|chief|(co-?)?founder|owner|pdg|president[ea]?|prasident(in)?)\b/, "c_level"],
  [/\bmanaging (director|partner)\b|\b(founding|senior|general) partner\b|^partner$/, "c_level"],
  [/\b(geschaftsfuhr(er|erin|ung)|vorstand|vorstandin|inhaber(in)?|gerant|amministratore delegato)\b/, "c_level"],
  [/\b(dire[ck]?t+\w+|gerente) (general|generale|geral)\b|\balgemeen directeur\b/, "c_level"],
  [/\bteam ?leit(er|erin|ung)\b/, "manager"],
  [/\b(head|hoofd|director[a]?|directeur|directrice|direttore|direttrice|diretora?|direktor(in)?)\b/, "director"],
  [/leit(er|erin|ung)\b/, "director"],
  [/\b(manager(in)?|lead|leader|supervisor|gerente|jef[ae]|responsab(le|ile))\b/, "manager"],
  [/\S/, "individual"],
];

/** No title is longer; what people paste into the field may be. */
const longestTitle = 200;

/** The CRM's own seniority where it says one, else the job title; null when neither says anything. */
export function seniorityOf(properties: Readonly<Record<string, string | null>>): Seniority | null {
  const given = (properties.hs_seniority ?? "")
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");
  const known = byProperty.get(given);
  if (known) return known;
  const title = plain((properties.jobtitle ?? "").slice(0, longestTitle));
  return byTitle.find(([pattern]) => pattern.test(title))?.[1] ?? null;
}

/** "Président" → "president" */
const plain = (text: string) =>
  (isAscii.test(text) ? text : text.normalize("NFD").replaceAll(/\p{M}/gu, "")).trim().toLowerCase();

/** Most titles, and to take accents away costs as much as to find what they say. */
const isAscii = /^[ -~]*$/;
