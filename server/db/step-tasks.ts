import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

/**
 * Wants a task for every step of a running play that a person does and nobody has dealt with, from the day that it is due.
 * What was wanted before stays as it is. The marker holds 12 of the 32 digits of the play's random id.
 */
export async function wantStepTasks(
  trx: Transaction<Schema>,
  portalId: PortalId,
  playId: string,
  accountIds: readonly string[] | "all",
): Promise<void> {
  const which = accountIds === "all" ? sql`true` : sql`a.account_id = ANY(${[...accountIds]}::text[])`;
  await sql`
    INSERT INTO tasks (portal_id, marker, kind, account_id, play_id, step, from_at)
    SELECT a.portal_id, concat_ws('-', 'TS', a.account_id, left(replace(a.play_id::text, '-', ''), 12), s.n), 'step', a.account_id,
      a.play_id, s.n - 1, greatest(p.launched_at, a.enrolled_at) + (s.step ->> 'day')::bigint * 86400000
    FROM plays p JOIN play_accounts a USING (portal_id, play_id)
    CROSS JOIN LATERAL jsonb_array_elements(p.document -> 'steps') WITH ORDINALITY AS s(step, n)
    WHERE p.portal_id = ${portalId} AND p.play_id = ${playId}::uuid AND p.status = 'running' AND a.status = 'active' AND ${which}
      AND s.step ->> 'side' <> 'marketing' AND NOT EXISTS (SELECT FROM play_touches t
        WHERE t.portal_id = a.portal_id AND t.play_id = a.play_id AND t.account_id = a.account_id AND t.step = s.n - 1)
    ON CONFLICT DO NOTHING`.execute(trx);
}

/** Takes back what was not sent yet: of the play, or of one account in it, or of one step of that. */
export async function unwantStepTasks(
  db: Database,
  portalId: PortalId,
  playId: string,
  only: { readonly accountId?: string; readonly step?: number } = {},
): Promise<void> {
  await sql`
    DELETE FROM tasks WHERE portal_id = ${portalId} AND play_id = ${playId}::uuid AND kind = 'step' AND state = 'wanted'
      AND account_id = coalesce(${only.accountId ?? null}::text, account_id)
      AND step = coalesce(${only.step ?? null}::int, step)`.execute(db);
}
