import type { RecordAnswer } from "./answers.ts";

/** One record of HubSpot's CRM. Property values are text or null, also numbers, times and yes/no (§5.5). */
export interface CrmRecord {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly archived: boolean;
  /** ISO 8601. */
  readonly updatedAt: string | null;
  /** By object type as it was asked for; only when associations were asked for. */
  readonly associations?: Readonly<Record<string, readonly string[]>>;
}

export function toCrmRecord({ id, properties, archived, updatedAt }: RecordAnswer): CrmRecord {
  return { id, properties, archived, updatedAt };
}

/** The property that says when a record changed; contacts have a name of their own for it (§5.2). */
export function watermarkProperty(objectType: string): "lastmodifieddate" | "hs_lastmodifieddate" {
  return objectType === "contacts" || objectType === "0-1" ? "lastmodifieddate" : "hs_lastmodifieddate";
}
