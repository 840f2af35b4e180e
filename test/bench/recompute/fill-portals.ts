import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "../../../server/db/database.ts";
import { addStarterModels, type StoredModel } from "../../../server/db/portal-models.ts";
import { loadTemplate } from "../../../server/scoring/load-template.ts";
import { benchNow } from "../scoring/build-accounts.ts";

export interface PortalSize {
  readonly accounts: number;
  readonly peopleEach: number;
  readonly signalsEach: number;
}

/**
 * A portal's mirror, made by the database itself. Rows are written in the order in which they would arrive: the signals of an
 * account lie as far apart on the disk as their times do.
 */
export async function fillPortal(db: Database, portalId: PortalId, size: PortalSize): Promise<void> {
  const { accounts, peopleEach, signalsEach } = size;
  await addStarterModels(db, portalId, [starter("playbook-100"), starter("readiness-10")]);
  await sql`
    INSERT INTO portals (portal_id, status) VALUES (${portalId}, 'ready') ON CONFLICT DO NOTHING`.execute(db);
  await sql`
    INSERT INTO crm_records (portal_id, object_type, object_id, properties, read_no)
    SELECT ${portalId}::bigint, 'companies', (100000000 + n)::text, jsonb_build_object('name', 'Company ' || n, 'domain', 'c' || n || '.example',
      'industry', (ARRAY['COMPUTER_SOFTWARE', 'INTERNET', 'BANKING', 'RETAIL', null])[1 + n % 5], 'numberofemployees', (10 + n % 3000)::text,
      'annualrevenue', (n * 10000)::text, 'country', (ARRAY['United States', 'Germany', 'India'])[1 + n % 3], 'type', 'PROSPECT',
      'lifecyclestage', 'lead', 'hs_is_target_account', null), 1
    FROM generate_series(1, ${accounts}::int) n`.execute(db);
  await sql`
    INSERT INTO crm_records (portal_id, object_type, object_id, properties, read_no)
    SELECT ${portalId}::bigint, 'contacts', ((200000000 + n) * 10::bigint + p)::text, jsonb_build_object('firstname', 'F' || n, 'lastname', 'L' || p,
      'jobtitle', (ARRAY['CTO', 'VP Sales', 'Director of IT', 'Analyst', 'Head of Data'])[1 + (n + p) % 5], 'email', 'p' || n || '@example.com',
      'hs_buying_role', (ARRAY['CHAMPION', 'DECISION_MAKER', null])[1 + p % 3], 'hs_seniority', null), 1
    FROM generate_series(1, ${accounts}::int) n, generate_series(0, ${peopleEach - 1}::int) p`.execute(db);
  await sql`
    INSERT INTO crm_links (portal_id, from_type, from_id, to_type, to_id, is_primary)
    SELECT ${portalId}::bigint, 'contacts', ((200000000 + n) * 10::bigint + p)::text, 'companies', (100000000 + n)::text, true
    FROM generate_series(1, ${accounts}::int) n, generate_series(0, ${peopleEach - 1}::int) p`.execute(db);
  await sql`
    INSERT INTO signals (portal_id, signal_key, kind, person_id, at, source, strength, subject, origin)
    SELECT ${portalId}::bigint, kind || ':' || person || ':' || at / 86400000 || '-' || s, kind, person, at, 'website',
      CASE WHEN s % 2 = 0 THEN s % 10 END, CASE WHEN s % 3 = 0 THEN 'Book a demo' END, 'contacts:' || person
    FROM (
      SELECT s, (ARRAY['page_visit', 'email_open', 'email_click', 'content_download', 'email_reply', 'pricing_page_visit', 'form_submission',
        'meeting_booked', 'event_attended'])[1 + (s * 7 + n) % 9] AS kind, ((200000000 + n) * 10::bigint + (s * 3 + n) % ${peopleEach}::int)::text AS person,
        ${benchNow}::bigint - (s * 130.0 / ${signalsEach}::int * 86400000)::bigint - n % 1000 * 60000 AS at
      FROM generate_series(${signalsEach}::int, 1, -1) s, generate_series(1, ${accounts}::int) n) made`.execute(db);
}

function starter(key: string): StoredModel {
  const document = loadTemplate(key);
  if (!document) throw new Error(`the template ${key} is missing`);
  return { key, version: document.version, purpose: document.purpose, document };
}
