import type { Signal } from "@touchstone/shared/account-snapshot.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { type RawBuilder, sql } from "kysely";
import type { Database } from "./database.ts";
import { parsePeopleLines, peopleLines } from "./people-lines.ts";
import { parseSignalLines, signalLines } from "./signal-lines.ts";

type Properties = Readonly<Record<string, string | null>>;

/**
 * What the mirror holds of an account. Its parts are read from their texts when they are asked for: what is made of hundreds of
 * accounts before the first is scored has to be kept by the garbage collector, which costs more than making it.
 */
export interface MirrorAccount {
  readonly accountId: string;
  readonly company: Properties;
  /** By id, only what scoring reads of a person. */
  people(): ReadonlyMap<string, Properties>;
  /** Of the company and of these people. */
  signals(people: ReadonlyMap<string, Properties>): Signal[];
}

/** How many signals of one kind scoring takes of an account, the newest; and how many of all kinds. */
export const mostSignals = { ofKind: 500, inAll: 20_000 } as const;

interface FactsRow {
  readonly id: string;
  readonly properties: Properties;
  readonly people: string | null;
  readonly lines: string | null;
  readonly found: number;
  readonly ownLines: string | null;
  readonly ownFound: number;
}

/**
 * Companies with their people and all signals since a time, in one row each. The query goes from the ids outwards, row by row:
 * without statistics (a fresh database) the planner would join whole tables of a portal with each other. OFFSET 0 keeps it from
 * doing so; an array of an account's people is looked up in one walk through an index.
 */
export async function readAccounts(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
  since: number,
): Promise<MirrorAccount[]> {
  const wanted = { portalId, since, muted: await readMuted(db, portalId) };
  const { rows } = await sql<FactsRow>`
    SELECT i.id, r.properties, p.people, s.lines, s.found, o.lines AS "ownLines", o.found AS "ownFound"
    FROM unnest(${[...accountIds]}::text[]) AS i(id)
    CROSS JOIN LATERAL (
      SELECT properties FROM crm_records
      WHERE portal_id = ${portalId} AND object_type = 'companies' AND object_id = i.id AND NOT archived OFFSET 0) r
    CROSS JOIN LATERAL (
      SELECT ARRAY(SELECT from_id FROM crm_links
        WHERE portal_id = ${portalId} AND to_type = 'companies' AND to_id = i.id AND from_type = 'contacts') AS ids OFFSET 0) m
    CROSS JOIN LATERAL (
      SELECT ${peopleLines} AS people FROM crm_records
      WHERE portal_id = ${portalId} AND object_type = 'contacts' AND object_id = ANY(m.ids) AND NOT archived) p
    CROSS JOIN LATERAL (${linesOf(wanted, sql`person_id = ANY(m.ids)`)}) s
    CROSS JOIN LATERAL (${linesOf(wanted, sql`person_id IS NULL AND account_id = i.id`)}) o`.execute(db);
  const newest = await readNewest(db, wanted, rows);
  return rows.map(({ id, properties, people, lines, ownLines, found, ownFound }) => ({
    accountId: id,
    company: properties,
    people: () => parsePeopleLines(people),
    signals: (known) => {
      const own = ownFound > mostUnsorted ? newest.ofAccounts.get(id) : ownLines;
      const theirs = found > mostUnsorted ? [...known.keys()].map((person) => newest.ofPeople.get(person)) : [lines];
      return [own, ...theirs].flatMap((text) => parseSignalLines(text ?? null, known));
    },
  }));
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

/** Signals since a time, but for those of muted sources (row 43). */
interface Wanted {
  readonly portalId: PortalId;
  readonly since: number;
  readonly muted: readonly string[];
}

/** Few portals mute any, and comparing the source of every signal was a tenth of reading it. */
async function readMuted(db: Database, portalId: PortalId): Promise<string[]> {
  const { rows } = await sql<{ source: string }>`
    SELECT source FROM muted_sources WHERE portal_id = ${portalId}`.execute(db);
  return rows.map(({ source }) => source);
}

const matching = ({ portalId, since, muted }: Wanted, own: RawBuilder<unknown>) => {
  const loud = muted.length === 0 ? sql`` : sql`AND source <> ALL(${[...muted]}::text[])`;
  return sql`portal_id = ${portalId} AND ${own} AND at >= ${since}::bigint ${loud}`;
};

/** More of one account are fetched by `readNewest`: few have so many, and sorting costs. */
const mostUnsorted = 2_000;

const linesOf = (wanted: Wanted, own: RawBuilder<unknown>) => sql`
  SELECT ${signalLines} AS lines, count(*)::int AS found FROM (
    SELECT person_id, signal_key, kind, at, source, strength, subject, expires_at FROM signals
    WHERE ${matching(wanted, own)} LIMIT ${mostUnsorted + 1}) counted`;

/** One more than `mostSignals` of each kind of each owner, so that whoever takes that many sees that there are more. */
async function readNewest(db: Database, wanted: Wanted, rows: readonly FactsRow[]) {
  const accounts = rows.filter(({ ownFound }) => ownFound > mostUnsorted).map(({ id }) => id);
  const overfull = rows.filter(({ found }) => found > mostUnsorted);
  const people = new Set(overfull.flatMap((row) => [...parsePeopleLines(row.people).keys()]));
  return {
    ofAccounts: await readNewestOf(db, wanted, sql`person_id IS NULL AND account_id = i.id`, accounts),
    ofPeople: await readNewestOf(db, wanted, sql`person_id = i.id`, [...people]),
  };
}

async function readNewestOf(
  db: Database,
  wanted: Wanted,
  own: RawBuilder<unknown>,
  ids: readonly string[],
): Promise<Map<string, string | null>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; lines: string | null }>`
    SELECT i.id, s.lines FROM unnest(${[...ids]}::text[]) AS i(id) CROSS JOIN LATERAL (
      SELECT ${signalLines} AS lines FROM (
        SELECT * FROM (
          SELECT *, row_number() OVER (PARTITION BY kind ORDER BY at DESC, signal_key COLLATE "C" DESC) AS place
          FROM signals WHERE ${matching(wanted, own)}) placed
        WHERE place <= ${mostSignals.ofKind + 1}
        ORDER BY at DESC, signal_key COLLATE "C" DESC LIMIT ${mostSignals.inAll + 1}) newest) s`.execute(db);
  return new Map(rows.map(({ id, lines }) => [id, lines]));
}
