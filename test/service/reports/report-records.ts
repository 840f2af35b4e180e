import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "../../../server/db/database.ts";

/** What a report is about, one record at a time. */
export function reportRecords(db: Database, portalId: PortalId) {
  const record = async (type: string, id: string, properties: Record<string, string> = {}) => {
    await sql`
      INSERT INTO crm_records (portal_id, object_type, object_id, properties, read_no)
      VALUES (${portalId}, ${type}, ${id}, ${JSON.stringify(properties)}::jsonb, 1)`.execute(db);
  };
  const link = async (type: string, id: string, account: string) => {
    await sql`
      INSERT INTO crm_links (portal_id, from_type, from_id, to_type, to_id)
      VALUES (${portalId}, ${type}, ${id}, 'companies', ${account})`.execute(db);
  };
  return {
    async company(id: string, tier: string): Promise<void> {
      await record("companies", id);
      await sql`
        INSERT INTO tier_members (portal_id, account_id, tier, since, by_override, reason, told)
        VALUES (${portalId}, ${id}, ${tier}, 0, false, '', true)`.execute(db);
    },
    async linked(type: string, id: string, account: string, properties: Record<string, string> = {}): Promise<void> {
      await record(type, id, properties);
      await link(type, id, account);
    },
    async tierDay(day: string, tier: string, accounts: readonly string[]): Promise<void> {
      await sql`
        INSERT INTO tier_days (portal_id, day, tier, accounts)
        VALUES (${portalId}, ${day}, ${tier}, ${[...accounts]}::text[])`.execute(db);
    },
    async signal(of: { person: string } | { account: string }, kind: string, at: number): Promise<void> {
      const [person, account] = "person" in of ? [of.person, null] : [null, of.account];
      const key = `${person ?? account} ${kind} ${at}`;
      await sql`
        INSERT INTO signals (portal_id, signal_key, kind, person_id, account_id, at, source, origin)
        VALUES (${portalId}, ${key}, ${kind}, ${person}, ${account}, ${at}, 'email', ${key})`.execute(db);
    },
  };
}
