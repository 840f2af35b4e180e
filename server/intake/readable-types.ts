import { emailScope } from "@touchstone/shared/email-scope.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Database } from "../db/database.ts";
import { readGrant } from "../db/readable-types.ts";
import { isNeeded, type MirrorType } from "./record-properties.ts";

/** Scopes of types that a grant may lack; the others come with people (hubspot-api.md §2.6). */
const scopes: Readonly<Partial<Record<MirrorType, string>>> = {
  deals: "crm.objects.deals.read",
  emails: emailScope,
};

/** "refused": the grant names it, and HubSpot said no. */
export type Readability = "readable" | "not granted" | "refused";

/** Whether a portal lets us read a type, by what is stored of its grant: who asks all the same earns a 403 each time. */
export async function readReadability(db: Database, portalId: PortalId): Promise<(type: MirrorType) => Readability> {
  const grant = await readGrant(db, portalId);
  return (type) => {
    // Without these nothing works, and the whole portal waits for its next grant.
    if (isNeeded(type)) return "readable";
    const scope = scopes[type];
    if (scope && grant.scopes.length > 0 && !grant.scopes.includes(scope)) return "not granted";
    return grant.unreadable.includes(type) ? "refused" : "readable";
  };
}
