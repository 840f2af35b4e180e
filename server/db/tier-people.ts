import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

export interface TierPerson {
  readonly personId: string;
  readonly side: "sales" | "marketing";
  /** How many accounts of each tier the person can work. */
  readonly places: Readonly<Record<string, number>>;
}

export async function readTierPeople(db: Database, portalId: PortalId): Promise<TierPerson[]> {
  return db
    .selectFrom("tier_people")
    .select(["person_id as personId", "side", "places"])
    .where("portal_id", "=", portalId)
    .orderBy("person_id")
    .execute();
}

export async function saveTierPerson(db: Database, portalId: PortalId, person: TierPerson, by: string): Promise<void> {
  const values = { side: person.side, places: JSON.stringify(person.places), edited_by: by };
  await db
    .insertInto("tier_people")
    .values({ portal_id: portalId, person_id: person.personId, ...values })
    .onConflict((c) => c.columns(["portal_id", "person_id"]).doUpdateSet({ ...values, edited_at: sql`now()` }))
    .execute();
}

export async function removeTierPerson(db: Database, portalId: PortalId, personId: string): Promise<void> {
  await db.deleteFrom("tier_people").where("portal_id", "=", portalId).where("person_id", "=", personId).execute();
}
