import type { Signal } from "@touchstone/shared/account-snapshot.ts";
import { asPersonId, type PersonId, type PortalId } from "@touchstone/shared/ids.ts";
import { type RawBuilder, sql } from "kysely";
import type { Database } from "./database.ts";
import { parseSignalLines, signalLines } from "./signal-lines.ts";

type Properties = Readonly<Record<string, string | null>>;

/** What the mirror holds of a company itself. */
export interface CompanyFacts {
  readonly accountId: string;
  readonly properties: Properties;
  readonly signals: readonly Signal[];
}

export interface MemberFacts {
  readonly accountId: string;
  readonly personId: PersonId;
  /** Only what scoring reads of a person. */
  readonly properties: Properties;
  readonly signals: readonly Signal[];
}

/** How many signals of one kind scoring takes of an account, the newest; and how many of all kinds. */
export const mostSignals = { ofKind: 500, inAll: 20_000 } as const;

/**
 * Every query goes from the ids outwards, row by row: without statistics (a fresh database) the planner would join whole
 * tables of a portal with each other. OFFSET 0 keeps it from doing so.
 */
export async function readCompanies(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
  since: number,
): Promise<CompanyFacts[]> {
  const own = sql`person_id IS NULL AND account_id = i.id`;
  const { rows } = await sql<LinesRow & { accountId: string; properties: Properties }>`
    SELECT i.id AS "accountId", r.properties, s.lines, s.found FROM unnest(${[...accountIds]}::text[]) AS i(id)
    CROSS JOIN LATERAL (
      SELECT properties FROM crm_records
      WHERE portal_id = ${portalId} AND object_type = 'companies' AND object_id = i.id AND NOT archived OFFSET 0) r
    CROSS JOIN LATERAL (${linesOf(portalId, own, since)}) s`.execute(db);
  const many = await readNewest(db, portalId, "account", overfull(rows, "accountId"), since);
  return rows.map(({ accountId, properties, lines }) => ({
    accountId,
    properties,
    signals: many.get(accountId) ?? parseSignalLines(lines, null),
  }));
}

/** The people of accounts, each once for every account that they belong to, with their signals. */
export async function readMembers(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
  since: number,
): Promise<MemberFacts[]> {
  const own = sql`person_id = l.from_id`;
  const { rows } = await sql<LinesRow & PersonRow & { accountId: string; personId: string }>`
    SELECT i.id AS "accountId", l.from_id AS "personId", r.*, s.lines, s.found
    FROM unnest(${[...accountIds]}::text[]) AS i(id)
    CROSS JOIN LATERAL (
      SELECT from_id FROM crm_links
      WHERE portal_id = ${portalId} AND to_type = 'companies' AND to_id = i.id AND from_type = 'contacts' OFFSET 0) l
    CROSS JOIN LATERAL (
      SELECT properties ->> 'jobtitle' AS jobtitle, properties ->> 'hs_seniority' AS hs_seniority,
        properties ->> 'hs_buying_role' AS hs_buying_role FROM crm_records
      WHERE portal_id = ${portalId} AND object_type = 'contacts' AND object_id = l.from_id AND NOT archived OFFSET 0) r
    CROSS JOIN LATERAL (${linesOf(portalId, own, since)}) s`.execute(db);
  const many = await readNewest(db, portalId, "person", overfull(rows, "personId"), since);
  return rows.map(({ accountId, personId: id, lines, jobtitle, hs_seniority, hs_buying_role }) => {
    const personId = asPersonId(id);
    const properties = { jobtitle, hs_seniority, hs_buying_role };
    return { accountId, personId, properties, signals: many.get(id) ?? parseSignalLines(lines, personId) };
  });
}

export async function readDeals(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
): Promise<{ accountId: string; dealId: string; properties: Properties }[]> {
  const { rows } = await sql<{ accountId: string; dealId: string; properties: Properties }>`
    SELECT i.id AS "accountId", l.from_id AS "dealId", r.properties FROM unnest(${[...accountIds]}::text[]) AS i(id)
    CROSS JOIN LATERAL (
      SELECT from_id FROM crm_links
      WHERE portal_id = ${portalId} AND to_type = 'companies' AND to_id = i.id AND from_type = 'deals' OFFSET 0) l
    CROSS JOIN LATERAL (
      SELECT properties FROM crm_records
      WHERE portal_id = ${portalId} AND object_type = 'deals' AND object_id = l.from_id AND NOT archived OFFSET 0) r`.execute(
    db,
  );
  return rows;
}

type PersonRow = Readonly<Record<"jobtitle" | "hs_seniority" | "hs_buying_role", string | null>>;

interface LinesRow {
  readonly lines: string | null;
  readonly found: number;
}

/** More of one owner are fetched by `readNewest`: few have so many, and sorting costs. */
const mostUnsorted = 1_000;

/** Signals since a time, but for those of muted sources (row 43). */
const wanted = (portalId: PortalId, own: RawBuilder<unknown>, since: number) =>
  sql`portal_id = ${portalId} AND ${own} AND at >= ${since}::bigint
    AND source <> ALL (ARRAY(SELECT source FROM muted_sources WHERE portal_id = ${portalId}))`;

const linesOf = (portalId: PortalId, own: RawBuilder<unknown>, since: number) => sql`
  SELECT ${signalLines} AS lines, count(*)::int AS found FROM (
    SELECT * FROM signals WHERE ${wanted(portalId, own, since)} LIMIT ${mostUnsorted + 1}) counted`;

function overfull<Key extends string>(rows: readonly (LinesRow & Record<Key, string>)[], key: Key): string[] {
  return [...new Set(rows.filter(({ found }) => found > mostUnsorted).map((row) => row[key]))];
}

/** One more than `mostSignals` of each kind, so that whoever takes that many sees that there are more. */
async function readNewest(
  db: Database,
  portalId: PortalId,
  owner: "account" | "person",
  ids: readonly string[],
  since: number,
): Promise<Map<string, Signal[]>> {
  if (ids.length === 0) return new Map();
  const own = owner === "person" ? sql`person_id = i.id` : sql`person_id IS NULL AND account_id = i.id`;
  const { rows } = await sql<LinesRow & { id: string }>`
    SELECT i.id, s.lines FROM unnest(${[...ids]}::text[]) AS i(id) CROSS JOIN LATERAL (
      SELECT ${signalLines} AS lines FROM (
        SELECT * FROM (
          SELECT *, row_number() OVER (PARTITION BY kind ORDER BY at DESC, signal_key COLLATE "C" DESC) AS place
          FROM signals WHERE ${wanted(portalId, own, since)}) placed
        WHERE place <= ${mostSignals.ofKind + 1}
        ORDER BY at DESC, signal_key COLLATE "C" DESC LIMIT ${mostSignals.inAll + 1}) newest) s`.execute(db);
  return new Map(
    rows.map(({ id, lines }) => [id, parseSignalLines(lines, owner === "person" ? asPersonId(id) : null)]),
  );
}
