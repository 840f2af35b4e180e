import { readCrmTime } from "@touchstone/shared/crm-time.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { outreachTypes } from "@touchstone/shared/outreach-of.ts";
import { type RawBuilder, sql } from "kysely";
import type { Database } from "./database.ts";

export interface LastTouch {
  readonly accountId: string;
  /** The newest touch of the account as the CRM has it, a machine's email included; null: none. */
  readonly touchedAt: string | null;
  /** The newest one by a person, and in which type of record it is. */
  readonly humanAt: string | null;
  readonly humanType: (typeof outreachTypes)[number] | null;
  /** When a step of a play was last done, and when one that is not marketing's. */
  readonly stepAt: number | null;
  readonly salesStepAt: number | null;
}

interface Span {
  readonly since: number;
  readonly now: number;
}

/** The newest touch of each account, on itself or on one of its people, within a span. An account without one is there too. */
export async function readLastTouches(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
  { since, now }: Span,
): Promise<LastTouch[]> {
  if (accountIds.length === 0) return [];
  const account = sql.ref("i.id");
  const { rows } = await sql<LastTouch>`
    SELECT i.id AS "accountId", t."touchedAt", t.human[1] AS "humanAt", t.human[2] AS "humanType", s.at AS "stepAt", s.sales_at AS "salesStepAt"
    FROM unnest(${[...accountIds]}::text[]) AS i(id)
    CROSS JOIN LATERAL (
      SELECT max(a.at) AS "touchedAt", max(ARRAY[a.at, a.type]) FILTER (WHERE a.human) AS human FROM (${loggedTouches(portalId, account)}) a
      WHERE a.at >= ${new Date(since).toISOString()} AND a.at <= ${new Date(now).toISOString()}) t
    CROSS JOIN LATERAL (
      SELECT max(d.at) AS at, max(d.at) FILTER (WHERE d.human) AS sales_at FROM (${doneSteps(portalId, account)}) d
      WHERE d.at >= ${since}::bigint AND d.at <= ${now}::bigint) s`.execute(db);
  return rows;
}

export interface PersonsTouch {
  readonly at: number;
  /** "steps": a step of a play that was done, and that the CRM may know nothing of. */
  readonly type: (typeof outreachTypes)[number] | "steps";
}

/** The newest touch by a person, wherever it was noted; null: none in the span. */
export function lastByPerson({ humanAt, humanType, salesStepAt }: LastTouch): PersonsTouch | null {
  const inCrm = readCrmTime(humanAt);
  if (inCrm !== null && humanType !== null && inCrm >= (salesStepAt ?? 0)) return { at: inCrm, type: humanType };
  return salesStepAt === null ? null : { at: salesStepAt, type: "steps" };
}

/** Whether a person touched an account within a span: what `humanAt` and `salesStepAt` say, for a query about accounts. */
export const isTouchedByPerson = (
  portalId: PortalId,
  account: RawBuilder<unknown>,
  { since, now }: Span,
) => sql<boolean>`(
  EXISTS (SELECT FROM (${loggedTouches(portalId, account)}) a
    WHERE a.human AND a.at >= ${new Date(since).toISOString()} AND a.at <= ${new Date(now).toISOString()})
  OR EXISTS (SELECT FROM (${doneSteps(portalId, account)}) d
    WHERE d.human AND d.at >= ${since}::bigint AND d.at <= ${now}::bigint))`;

/** The first touch of an account before a moment in milliseconds (`touched_at`, as text), and the first step of a play (`step_at`). */
export const firstTouch = (portalId: PortalId, account: RawBuilder<unknown>, before: RawBuilder<unknown>) => sql`
  SELECT (SELECT min(a.at) FROM (${loggedTouches(portalId, account)}) a
      WHERE a.at < to_char(to_timestamp(${before} / 1000.0) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS touched_at,
    (SELECT min(d.at) FROM (${doneSteps(portalId, account)}) d WHERE d.at < ${before}) AS step_at`;

/**
 * Every touch of an account that the CRM has, on itself or on one of its people. From the id outwards, row by row, as in
 * `readCompanies`. An activity of both the account and a person is read twice: that costs less than finding out.
 */
function loggedTouches(portalId: PortalId, account: RawBuilder<unknown>) {
  const types = [...outreachTypes];
  return sql`
    SELECT a.at, a.human, l.from_type AS type FROM (
      SELECT from_type, from_id FROM crm_links
      WHERE portal_id = ${portalId} AND to_type = 'companies' AND to_id = ${account} AND from_type = ANY(${types}::text[])
      UNION ALL
      SELECT a.from_type, a.from_id FROM crm_links p CROSS JOIN LATERAL (
        SELECT from_type, from_id FROM crm_links
        WHERE portal_id = ${portalId} AND to_type = 'contacts' AND to_id = p.from_id AND from_type = ANY(${types}::text[]) OFFSET 0) a
      WHERE p.portal_id = ${portalId} AND p.to_type = 'companies' AND p.to_id = ${account} AND p.from_type = 'contacts'
    ) l CROSS JOIN LATERAL (
      SELECT ${isoText(sql`time`)} AS at, ${isByPerson} AS human FROM (
        SELECT object_type, properties, ${timeOf} AS time FROM crm_records
        WHERE portal_id = ${portalId} AND object_type = l.from_type AND object_id = l.from_id AND NOT archived OFFSET 0) r
      WHERE ${isTouch} OFFSET 0) a`;
}

/** Every step of a play that was done for an account; what is marketing's is by no person. */
const doneSteps = (portalId: PortalId, account: RawBuilder<unknown>) => sql`
  SELECT d.done_at AS at, p.document -> 'steps' -> d.step ->> 'side' IS DISTINCT FROM 'marketing' AS human
  FROM play_accounts e JOIN play_touches d
    ON d.portal_id = e.portal_id AND d.play_id = e.play_id AND d.account_id = e.account_id AND d.status = 'done'
  JOIN plays p ON p.portal_id = e.portal_id AND p.play_id = e.play_id
  WHERE e.portal_id = ${portalId} AND e.account_id = ${account}`;

export interface MeetingCounts {
  /** Null: of all tiers together. */
  readonly tier: string | null;
  readonly booked: number;
  /** Of these, meetings whose time has come, and those that were held. */
  readonly due: number;
  readonly held: number;
}

/** Meetings with accounts or their people that were booked in a span, each once in a tier and once in all. */
export async function countMeetings(
  db: Database,
  portalId: PortalId,
  members: readonly { readonly accountId: string; readonly tier: string }[],
  { since, now }: Span,
): Promise<MeetingCounts[]> {
  const nowText = new Date(now).toISOString();
  const { rows } = await sql<MeetingCounts>`
    SELECT k.tier, count(DISTINCT k.id)::int AS booked, (count(DISTINCT k.id) FILTER (WHERE m.starts <= ${nowText}))::int AS due,
      (count(DISTINCT k.id) FILTER (WHERE m.starts <= ${nowText} AND m.held))::int AS held
    FROM (
      SELECT DISTINCT l.from_id AS id, i.tier
      FROM unnest(${members.map(({ accountId }) => accountId)}::text[], ${members.map(({ tier }) => tier)}::text[]) AS i(id, tier)
      CROSS JOIN LATERAL (
        SELECT from_id FROM crm_links
        WHERE portal_id = ${portalId} AND to_type = 'companies' AND to_id = i.id AND from_type = 'meetings'
        UNION ALL
        SELECT a.from_id FROM crm_links p CROSS JOIN LATERAL (
          SELECT from_id FROM crm_links
          WHERE portal_id = ${portalId} AND to_type = 'contacts' AND to_id = p.from_id AND from_type = 'meetings' OFFSET 0) a
        WHERE p.portal_id = ${portalId} AND p.to_type = 'companies' AND p.to_id = i.id AND p.from_type = 'contacts') l) k
    CROSS JOIN LATERAL (
      SELECT ${isoText(timeOf)} AS starts, ${isoText(sql`(properties ->> 'hs_createdate')`)} AS booked, ${isTouch} AS held FROM crm_records
      WHERE portal_id = ${portalId} AND object_type = 'meetings' AND object_id = k.id AND NOT archived OFFSET 0) m
    WHERE m.booked >= ${new Date(since).toISOString()} AND m.booked <= ${nowText}
    GROUP BY GROUPING SETS ((), (k.tier))`.execute(db);
  return rows;
}

const text = (name: string) => sql`(properties ->> ${sql.lit(name)})`;

/** A meeting touches when it begins, everything else when it was logged. */
const timeOf = sql`CASE WHEN object_type = 'meetings' THEN coalesce(nullif(${text("hs_meeting_start_time")}, ''), ${text("hs_timestamp")})
  ELSE ${text("hs_timestamp")} END`;

/** A time may be ISO text or milliseconds (hubspot-api.md §5.5). Anything else falls out of every span. */
export const isoText = (
  time: RawBuilder<unknown>,
) => sql`CASE WHEN ${time} LIKE '____-__-__%' THEN ${time} WHEN ${time} ~ '^[0-9]{12,14}$'
  THEN to_char(to_timestamp((${time})::float8 / 1000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') END`;

/**
 * What `outreachOf` decides of one activity, for many at once: a list of a few hundred accounts has tens of thousands. A test holds
 * the two against each other.
 */
export const isTouch = sql`CASE object_type
  WHEN 'calls' THEN coalesce(${text("hs_call_direction")}, '') <> 'INBOUND'
    AND upper(coalesce(${text("hs_call_status")}, '')) NOT IN ('FAILED', 'CANCELED', 'QUEUED', 'MISSED')
  WHEN 'emails' THEN coalesce(${text("hs_email_direction")}, 'EMAIL') = 'EMAIL' AND coalesce(${text("hs_email_status")}, '') IN ('', 'SENT')
  WHEN 'meetings' THEN regexp_replace(lower(coalesce(${text("hs_meeting_outcome")}, '')), '[[:space:]_-]', '', 'g') = 'completed'
  ELSE object_type = 'communications' END`;

/** Which property marks an email of a sequence is not documented, see `outreachOf`. */
export const isByPerson = sql`coalesce(${text("hs_sequence_id")}, '') = ''`;
