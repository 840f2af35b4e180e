import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import { moveFormerTargets } from "./former-targets.ts";
import { moveTier } from "./move-tier.ts";
import { dropPersonOutputs } from "./person-outputs.ts";
import type { Schema } from "./schema.ts";

type Trx = Transaction<Schema>;

/**
 * Hands what people said and did about an account to the account that it was merged into. Where both have something, what the
 * winner has stands; on the target list it has been since the first of them was. A clock that runs for both goes on for the winner alone.
 */
export async function moveProgramme(trx: Trx, portalId: PortalId, fromId: string, toId: string): Promise<void> {
  const old = (table: string) =>
    sql`WITH old AS (DELETE FROM ${sql.table(table)} WHERE portal_id = ${portalId} AND account_id = ${fromId} RETURNING *)`;
  await sql`${old("target_accounts")}
    INSERT INTO target_accounts SELECT portal_id, ${toId}, sources, added_by, added_at, verdict, verdict_reason, verdict_note,
      verdict_by, verdict_at FROM old
    ON CONFLICT (portal_id, account_id) DO UPDATE SET added_at = least(target_accounts.added_at, excluded.added_at)`.execute(
    trx,
  );
  await moveFormerTargets(trx, portalId, fromId, toId);
  await moveTier(trx, portalId, fromId, toId);
  await sql`${old("committee_members")}
    INSERT INTO committee_members SELECT portal_id, ${toId}, person_id, roles, influence, sentiment, level_judged, departed,
      changed_by, changed_at FROM old ON CONFLICT DO NOTHING`.execute(trx);
  await sql`${old("committee_places")}
    INSERT INTO committee_places SELECT portal_id, ${toId}, taxonomy, role, depth, named, changed_by, changed_at
    FROM old ON CONFLICT DO NOTHING`.execute(trx);
  await sql`${old("play_accounts")}
    INSERT INTO play_accounts SELECT portal_id, play_id, ${toId}, enrolled_by, enrolled_at, status, status_at, status_by, status_why,
      handed_over_at, handover_by, handover_why, judged_at FROM old ON CONFLICT DO NOTHING`.execute(trx);
  await sql`${old("play_touches")}
    INSERT INTO play_touches SELECT portal_id, play_id, ${toId}, step, status, done_by, done_at
    FROM old ON CONFLICT DO NOTHING`.execute(trx);
  await sql`${old("cold_standing")}
    INSERT INTO cold_standing SELECT portal_id, ${toId}, fell_at FROM old ON CONFLICT DO NOTHING`.execute(trx);
  await sql`${old("cold_answers")}
    INSERT INTO cold_answers SELECT portal_id, ${toId}, answered_at, answer, note, answered_by FROM old ON CONFLICT DO NOTHING`.execute(
    trx,
  );
  await sql`
    UPDATE hot_alerts a SET account_id = ${toId} WHERE portal_id = ${portalId} AND account_id = ${fromId}
      AND NOT EXISTS (SELECT FROM hot_alerts o WHERE o.portal_id = a.portal_id AND o.account_id = ${toId}
        AND (o.crossed_at = a.crossed_at OR (o.state = 'open' AND a.state = 'open')))`.execute(trx);
  await sql`
    UPDATE tasks t SET account_id = ${toId} WHERE portal_id = ${portalId} AND account_id = ${fromId}
      AND (kind <> 'hot' OR EXISTS (SELECT FROM hot_alerts a
        WHERE a.portal_id = t.portal_id AND a.account_id = ${toId} AND a.crossed_at = t.crossed_at))
      AND NOT EXISTS (SELECT FROM tasks o WHERE o.portal_id = t.portal_id AND o.account_id = ${toId} AND o.kind = t.kind
        AND (o.crossed_at, o.play_id, o.step) IS NOT DISTINCT FROM (t.crossed_at, t.play_id, t.step))`.execute(trx);
  for (const table of ["hot_alerts", "hot_standing", "tasks"])
    await sql`DELETE FROM ${sql.table(table)} WHERE portal_id = ${portalId} AND account_id = ${fromId}`.execute(trx);
}

/** Hands the part that somebody plays to the person they were merged into; what is said of that one stands. */
export async function moveMember(trx: Trx, portalId: PortalId, fromId: string, toId: string): Promise<void> {
  await sql`
    WITH old AS (DELETE FROM committee_members WHERE portal_id = ${portalId} AND person_id = ${fromId} RETURNING *)
    INSERT INTO committee_members SELECT portal_id, account_id, ${toId}, roles, influence, sentiment, level_judged, departed,
      changed_by, changed_at FROM old ON CONFLICT DO NOTHING`.execute(trx);
  // HubSpot's merged record holds what we put into either of them.
  await sql`
    WITH old AS (DELETE FROM buying_role_writes WHERE portal_id = ${portalId} AND person_id = ${fromId} RETURNING *)
    INSERT INTO buying_role_writes AS w (portal_id, person_id, done, ours)
    SELECT portal_id, ${toId}, done, ours FROM old
    ON CONFLICT (portal_id, person_id) DO UPDATE SET
      done = ARRAY(SELECT DISTINCT o FROM unnest(w.done || excluded.done) AS o ORDER BY o),
      ours = ARRAY(SELECT DISTINCT o FROM unnest(w.ours || excluded.ours) AS o ORDER BY o)`.execute(trx);
  // Nothing can be written to the one any more; the other is told of with their account.
  await dropPersonOutputs(trx, portalId, [fromId]);
}
