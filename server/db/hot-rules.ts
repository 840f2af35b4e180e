import type { HotRuleView } from "@touchstone/shared/hot-api.ts";
import { defaultHotRule, type HotRule, hotRuleSchema } from "@touchstone/shared/hot-rule.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** The portal's rule; version 0 is the default that nobody has changed yet. */
export async function readHotRule(db: Database, portalId: PortalId): Promise<HotRuleView> {
  const { rows } = await sql<{ version: number; document: unknown }>`
    SELECT version, document FROM hot_rules WHERE portal_id = ${portalId}`.execute(db);
  const row = rows[0];
  return row ? { version: row.version, rule: hotRuleSchema.parse(row.document) } : { version: 0, rule: defaultHotRule };
}

/** Null when somebody else changed the rule since `version` was read: then nothing is changed. */
export async function saveHotRule(
  db: Database,
  portalId: PortalId,
  change: { readonly rule: HotRule; readonly version: number; readonly by: string },
): Promise<HotRuleView | null> {
  const document = JSON.stringify(change.rule);
  const { rows } = await sql<{ version: number }>`
    INSERT INTO hot_rules AS r (portal_id, version, document, changed_by)
    SELECT ${portalId}::bigint, 1, ${document}::jsonb, ${change.by} WHERE ${change.version} = 0
      OR EXISTS (SELECT FROM hot_rules WHERE portal_id = ${portalId})
    ON CONFLICT (portal_id) DO UPDATE
    SET version = r.version + 1, document = excluded.document, changed_by = excluded.changed_by, changed_at = now()
    WHERE r.version = ${change.version}
    RETURNING version`.execute(db);
  return rows[0] ? { rule: change.rule, version: rows[0].version } : null;
}
