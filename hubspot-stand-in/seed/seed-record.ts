import type { ObjectType, SeedRecord } from "../seed-data.ts";

type Links = NonNullable<SeedRecord["links"]>;

export interface SeedDraft {
  type: ObjectType;
  id: string;
  properties: Record<string, string | null>;
  links?: Links;
  createdAt: number;
  updatedAt: number;
}

export const isoTime = (at: number): string => new Date(at).toISOString();

/** Adds what HubSpot keeps on every record; contacts have a watermark name of their own (hubspot-api.md §5.2). */
export function makeSeedRecord(draft: SeedDraft): SeedRecord {
  const updatedAt = Math.max(draft.createdAt, draft.updatedAt);
  const watermark = draft.type === "contacts" ? "lastmodifieddate" : "hs_lastmodifieddate";
  const created =
    draft.type === "companies" || draft.type === "contacts" || draft.type === "deals" ? "createdate" : "hs_createdate";
  return {
    type: draft.type,
    id: draft.id,
    properties: {
      ...draft.properties,
      hs_object_id: draft.id,
      [created]: isoTime(draft.createdAt),
      [watermark]: isoTime(updatedAt),
    },
    ...(draft.links && draft.links.length > 0 ? { links: draft.links } : {}),
    createdAt: draft.createdAt,
    updatedAt,
  };
}
