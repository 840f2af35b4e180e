import { coldRuleSchema, defaultColdRule } from "@touchstone/shared/cold-rule.ts";
import { defaultHotRule, hotRuleSchema } from "@touchstone/shared/hot-rule.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { messageMatrices, messageMatrixSchema } from "@touchstone/shared/message-matrix.ts";
import { handSteps } from "@touchstone/shared/onboarding-steps.ts";
import { taxonomyKeys } from "@touchstone/shared/role-taxonomies.ts";
import { sql } from "kysely";
import { z } from "zod";
import type { Database } from "./database.ts";

/** Something that a portal's admins may change as a whole. */
export interface PortalSetting<T> {
  readonly name: string;
  readonly schema: z.ZodType<T>;
  /** What holds until somebody changes it. */
  readonly initial: T;
}

const setting = <T>(name: string, schema: z.ZodType<T>, initial: T): PortalSetting<T> => ({ name, schema, initial });

export const hotRuleSetting = setting("hot-rule", hotRuleSchema, defaultHotRule);
export const coldRuleSetting = setting("cold-rule", coldRuleSchema, defaultColdRule);
export const messagesSetting = setting("messages", messageMatrixSchema, messageMatrices["four-by-four"]);
export const taxonomySetting = setting("role-taxonomy", z.enum(taxonomyKeys), "six-with-blocker");
/** Whether HubSpot's own buying role follows the roles that people are given here. */
export const writeRolesSetting = setting("write-buying-roles", z.boolean(), false);
/** The steps that people said are done. */
export const onboardingSetting = setting("onboarding", z.array(z.enum(handSteps)), []);

/** HubSpot user ids of people who may only look (decision 0029). */
export const viewOnlySetting = setting("view-only", z.array(z.string().regex(/^[1-9]\d{0,14}$/)).max(200), []);

/** Version 0: nobody has changed it yet. */
export interface StoredSetting<T> {
  readonly value: T;
  readonly version: number;
}

export async function readSetting<T>(
  db: Database,
  portalId: PortalId,
  { name, schema, initial }: PortalSetting<T>,
): Promise<StoredSetting<T>> {
  const { rows } = await sql<{ version: number; document: unknown }>`
    SELECT version, document FROM portal_settings WHERE portal_id = ${portalId} AND name = ${name}`.execute(db);
  const row = rows[0];
  return row ? { value: schema.parse(row.document), version: row.version } : { value: initial, version: 0 };
}

export interface SettingChange<T> {
  readonly value: T;
  /** The version that the person had before them; null: whichever stands. */
  readonly version: number | null;
  readonly by: string;
}

/**
 * What stands afterwards, or null when somebody else changed it since `version` was read: then theirs stands. What is there
 * already is no change, so a request that is sent twice gets the same answer.
 */
export async function saveSetting<T>(
  db: Database,
  portalId: PortalId,
  { name, schema }: PortalSetting<T>,
  change: SettingChange<T>,
): Promise<StoredSetting<T> | null> {
  const document = JSON.stringify(change.value);
  await sql`
    INSERT INTO portal_settings AS s (portal_id, name, version, document, changed_by)
    SELECT ${portalId}::bigint, ${name}, 1, ${document}::jsonb, ${change.by} WHERE coalesce(${change.version}::int, 0) = 0
      OR EXISTS (SELECT FROM portal_settings WHERE portal_id = ${portalId} AND name = ${name})
    ON CONFLICT (portal_id, name) DO UPDATE
    SET version = s.version + 1, document = excluded.document, changed_by = excluded.changed_by, changed_at = now()
    WHERE s.version = coalesce(${change.version}::int, s.version) AND s.document <> excluded.document`.execute(db);
  const { rows } = await sql<{ version: number; document: unknown }>`
    SELECT version, document FROM portal_settings
    WHERE portal_id = ${portalId} AND name = ${name} AND document = ${document}::jsonb`.execute(db);
  return rows[0] ? { value: schema.parse(rows[0].document), version: rows[0].version } : null;
}
