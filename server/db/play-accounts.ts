import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Play } from "@touchstone/shared/play-shape.ts";
import type { EnrolmentStatus } from "@touchstone/shared/plays-api.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/**
 * Returns the accounts that are new in the play; those that HubSpot does not have (any more) are left out. `why`: the reason
 * that somebody gave to take them in all the same (T23).
 */
export async function enrolAccounts(
  db: Database,
  portalId: PortalId,
  playId: string,
  accountIds: readonly string[],
  { by, at, why = null }: { readonly by: string; readonly at: number; readonly why?: string | null },
): Promise<Set<string>> {
  const noted = why === null ? { by: null, at: null } : { by, at };
  const { rows } = await sql<{ accountId: string }>`
    INSERT INTO play_accounts (portal_id, play_id, account_id, enrolled_by, enrolled_at, status_by, status_at, status_why)
    SELECT DISTINCT ${portalId}::bigint, ${playId}::uuid, r.object_id, ${by}, ${at}::bigint, ${noted.by}::text, ${noted.at}::bigint,
      ${why}::text
    FROM unnest(${[...accountIds]}::text[]) AS i(id)
    JOIN crm_records r ON r.portal_id = ${portalId} AND r.object_type = 'companies' AND r.object_id = i.id AND NOT r.archived
    ON CONFLICT DO NOTHING RETURNING account_id AS "accountId"`.execute(db);
  return new Set(rows.map((row) => row.accountId));
}

/** Where those of the accounts stand that ever came into the play. */
export async function readStandings(
  db: Database,
  portalId: PortalId,
  playId: string,
  accountIds: readonly string[],
): Promise<Map<string, EnrolmentStatus>> {
  const { rows } = await sql<{ id: string; status: EnrolmentStatus }>`
    SELECT account_id AS id, status FROM play_accounts WHERE portal_id = ${portalId} AND play_id = ${playId}::uuid
      AND account_id = ANY(${[...accountIds]}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row.status]));
}

export interface PlayCounts {
  readonly playId: string;
  readonly enrolled: number;
  readonly engaged: number;
  readonly handedOver: number;
  readonly done: number;
}

/** For each play its accounts, those of which a person engaged since launch and coming in, and the touches that were dealt with. */
export async function countPlays(
  db: Database,
  portalId: PortalId,
  playIds: readonly string[],
  kinds: readonly string[],
): Promise<PlayCounts[]> {
  if (playIds.length === 0) return [];
  const { rows } = await sql<PlayCounts>`
    SELECT a.play_id AS "playId", count(*)::int AS enrolled,
      (count(*) FILTER (WHERE EXISTS (
        SELECT FROM crm_links l CROSS JOIN LATERAL (
          SELECT FROM signals s WHERE s.portal_id = a.portal_id AND s.person_id = l.from_id AND s.at >= greatest(p.launched_at, a.enrolled_at)
            AND NOT (s.kind = ANY(${[...kinds]}::text[]))
            AND s.source NOT IN (SELECT source FROM muted_sources WHERE portal_id = ${portalId}) LIMIT 1 OFFSET 0) s
        WHERE l.portal_id = a.portal_id AND l.to_type = 'companies' AND l.to_id = a.account_id AND l.from_type = 'contacts')))::int AS engaged,
      count(a.handed_over_at)::int AS "handedOver",
      (SELECT count(*) FROM play_touches t WHERE t.portal_id = a.portal_id AND t.play_id = a.play_id)::int AS done
    FROM play_accounts a JOIN plays p USING (portal_id, play_id)
    WHERE a.portal_id = ${portalId} AND a.play_id = ANY(${[...playIds]}::uuid[]) GROUP BY a.portal_id, a.play_id`.execute(
    db,
  );
  return rows;
}

export interface EnrolledAccount {
  readonly accountId: string;
  readonly name: string | null;
  readonly enrolledAt: number;
  readonly status: EnrolmentStatus;
  readonly statusAt: number | null;
  readonly statusBy: string | null;
  readonly statusWhy: string | null;
  readonly handedOverAt: number | null;
  readonly handoverBy: string | null;
  readonly handoverWhy: string | null;
  /** Numbers of the steps that were dealt with. */
  readonly touches: Readonly<Record<string, "done" | "skipped">>;
}

/** In the order in which they came in; of one account alone when it is given. */
export async function readPlayAccounts(
  db: Database,
  portalId: PortalId,
  playId: string,
  limit: number,
  accountId: string | null = null,
): Promise<EnrolledAccount[]> {
  const { rows } = await sql<EnrolledAccount>`
    SELECT a.account_id AS "accountId", r.properties ->> 'name' AS name, a.enrolled_at AS "enrolledAt",
      a.status, a.status_at AS "statusAt", a.status_by AS "statusBy", a.status_why AS "statusWhy", a.handed_over_at AS "handedOverAt",
      a.handover_by AS "handoverBy", a.handover_why AS "handoverWhy",
      coalesce((SELECT jsonb_object_agg(t.step::text, t.status) FROM play_touches t
        WHERE t.portal_id = a.portal_id AND t.play_id = a.play_id AND t.account_id = a.account_id), '{}') AS touches
    FROM play_accounts a
    LEFT JOIN crm_records r ON r.portal_id = a.portal_id AND r.object_type = 'companies' AND r.object_id = a.account_id AND NOT r.archived
    WHERE a.portal_id = ${portalId} AND a.play_id = ${playId}::uuid
      AND a.account_id = coalesce(${accountId}::text, a.account_id) ORDER BY a.enrolled_at, a.account_id LIMIT ${limit}`.execute(
    db,
  );
  return rows;
}

/** False when the account is not in the play. The same again changes nothing. */
export async function saveTouch(
  db: Database,
  portalId: PortalId,
  playId: string,
  touch: {
    readonly accountId: string;
    readonly step: number;
    readonly status: "done" | "skipped";
    readonly by: string;
    readonly at: number;
  },
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO play_touches AS t (portal_id, play_id, account_id, step, status, done_by, done_at)
    SELECT portal_id, play_id, account_id, ${touch.step}::int, ${touch.status}, ${touch.by}, ${touch.at}::bigint FROM play_accounts
    WHERE portal_id = ${portalId} AND play_id = ${playId}::uuid AND account_id = ${touch.accountId}
    ON CONFLICT (portal_id, play_id, account_id, step) DO UPDATE SET status = excluded.status RETURNING 1`.execute(db);
  return rows.length > 0;
}

/** Of wanted tasks, the markers of those whose step was dealt with, or whose account does not run in the play or is excluded. */
export async function readNeedless(
  db: Database,
  portalId: PortalId,
  wanted: readonly {
    readonly marker: string;
    readonly playId: string;
    readonly accountId: string;
    readonly step: number;
  }[],
): Promise<Set<string>> {
  const { rows } = await sql<{ marker: string }>`
    SELECT w.marker FROM unnest(${wanted.map((w) => w.marker)}::text[], ${wanted.map((w) => w.playId)}::uuid[],
      ${wanted.map((w) => w.accountId)}::text[], ${wanted.map((w) => w.step)}::int[]) AS w(marker, play_id, account_id, step)
    WHERE EXISTS (SELECT FROM play_touches t
      WHERE t.portal_id = ${portalId} AND t.play_id = w.play_id AND t.account_id = w.account_id AND t.step = w.step)
    OR NOT EXISTS (SELECT FROM play_accounts a WHERE a.portal_id = ${portalId} AND a.play_id = w.play_id
      AND a.account_id = w.account_id AND a.status = 'active')
    OR EXISTS (SELECT FROM account_scores s WHERE s.portal_id = ${portalId} AND s.account_id = w.account_id AND s.tier = 'excluded')`.execute(
    db,
  );
  return new Set(rows.map((row) => row.marker));
}

/** Of wanted tasks, by marker, the play that hands over and why. */
export async function readHandovers(
  db: Database,
  portalId: PortalId,
  wanted: readonly { readonly marker: string; readonly playId: string; readonly accountId: string }[],
): Promise<Map<string, { readonly play: Play; readonly why: string }>> {
  const { rows } = await sql<{ marker: string; play: Play; why: string }>`
    SELECT w.marker, p.document AS play, a.handover_why AS why
    FROM unnest(${wanted.map((w) => w.marker)}::text[], ${wanted.map((w) => w.playId)}::uuid[], ${wanted.map((w) => w.accountId)}::text[])
      AS w(marker, play_id, account_id)
    JOIN play_accounts a ON a.portal_id = ${portalId} AND a.play_id = w.play_id AND a.account_id = w.account_id AND a.handed_over_at IS NOT NULL
    JOIN plays p ON p.portal_id = a.portal_id AND p.play_id = a.play_id`.execute(db);
  return new Map(rows.map((row) => [row.marker, row]));
}

/** Names of the running plays of an account; at most 20. */
export async function readPlayNames(db: Database, portalId: PortalId, accountId: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT p.document ->> 'name' AS name FROM play_accounts a
    JOIN plays p ON p.portal_id = a.portal_id AND p.play_id = a.play_id AND p.status = 'running'
    WHERE a.portal_id = ${portalId} AND a.account_id = ${accountId} AND a.status = 'active' ORDER BY p.launched_at LIMIT 20`.execute(
    db,
  );
  return rows.map((row) => row.name);
}
