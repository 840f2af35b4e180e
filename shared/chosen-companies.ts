import { z } from "zod";
import { mostBulk } from "./bulk-api.ts";

/** More than HubSpot lets one request carry comes from nobody who chose companies in a list. */
const mostSent = 20_000;

const isCompanyId = (id: string): boolean => /^\d{1,20}$/.test(id);

/** Ids of chosen companies, each once; of more than one act takes, the first, and how many were left out. */
export const chosenCompanies = z
  .array(z.string().trim().min(1).max(64))
  .min(1)
  .max(mostSent)
  .transform((sent) => {
    const different = [...new Set(sent)];
    const ids = different.slice(0, mostBulk);
    return { ids, possible: ids.filter(isCompanyId), leftOut: different.length - ids.length };
  });

export type ChosenCompanies = z.infer<typeof chosenCompanies>;

/** What became of one company, before it is worded. */
export interface BulkLine {
  readonly companyId: string;
  readonly name: string | null;
  readonly status: "done" | "already" | "refused";
  readonly text: string;
  /** A reason would help. */
  readonly overridable?: boolean;
}

export interface BulkOutcome {
  readonly at: number;
  /** "Autumn wave", "Tier 1" */
  readonly goal: string;
  readonly notes: readonly string[];
  readonly leftOut: number;
  readonly lines: readonly BulkLine[];
}

/** Why there is nothing to be said of an id that the mirror does not have. */
export const unknownCompany = (companyId: string): BulkLine => ({
  companyId,
  name: null,
  status: "refused",
  text: isCompanyId(companyId) ? "No such company is known here (yet)." : "This is not the id of a company.",
});
