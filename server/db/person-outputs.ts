import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import { lockScores } from "./account-scores.ts";
import type { Schema } from "./schema.ts";

interface Output {
  readonly id: string;
  readonly output: Readonly<Record<string, string>>;
}

const inOrder = (rows: readonly Output[]) => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));

/** Adds to what HubSpot should hold of accounts. An account without a score has no such row yet: it is told when it has one. */
export async function saveStages(
  trx: Transaction<Schema>,
  portalId: PortalId,
  stages: readonly Output[],
): Promise<number> {
  const rows = inOrder(stages);
  const ids = rows.map(({ id }) => id);
  await lockScores(trx, portalId, ids);
  const { numAffectedRows } = await sql`
    UPDATE account_scores s SET output = s.output || t.output::jsonb
    FROM unnest(${ids}::text[], ${rows.map(({ output }) => JSON.stringify(output))}::text[]) AS t(id, output)
    WHERE s.portal_id = ${portalId} AND s.account_id = t.id AND NOT s.output @> t.output::jsonb`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

/** People of whom there is nothing to say, and never was, get no row. */
export async function savePersonOutputs(
  trx: Transaction<Schema>,
  portalId: PortalId,
  people: readonly Output[],
): Promise<number> {
  if (people.length === 0) return 0;
  const rows = inOrder(people);
  const ids = rows.map(({ id }) => id);
  await sql`
    SELECT FROM person_outputs WHERE portal_id = ${portalId} AND person_id = ANY(${ids}::text[])
    ORDER BY person_id FOR UPDATE`.execute(trx);
  const { numAffectedRows } = await sql`
    INSERT INTO person_outputs AS p (portal_id, person_id, output)
    SELECT ${portalId}::bigint, t.id, t.output::jsonb
    FROM unnest(${ids}::text[], ${rows.map(({ output }) => JSON.stringify(output))}::text[],
      ${rows.map(({ output }) => Object.values(output).every((value) => value === ""))}::boolean[]) AS t(id, output, is_empty)
    WHERE NOT t.is_empty OR EXISTS (SELECT FROM person_outputs o WHERE o.portal_id = ${portalId} AND o.person_id = t.id)
    ORDER BY t.id
    ON CONFLICT (portal_id, person_id) DO UPDATE SET output = excluded.output WHERE p.output <> excluded.output`.execute(
    trx,
  );
  return Number(numAffectedRows ?? 0);
}

export async function dropPersonOutputs(
  trx: Transaction<Schema>,
  portalId: PortalId,
  personIds: readonly string[],
): Promise<void> {
  if (personIds.length === 0) return;
  const ids = [...personIds];
  await sql`DELETE FROM person_outputs WHERE portal_id = ${portalId} AND person_id = ANY(${ids}::text[])`.execute(trx);
  await sql`
    DELETE FROM write_failures
    WHERE portal_id = ${portalId} AND object_type = 'contacts' AND object_id = ANY(${ids}::text[])`.execute(trx);
}
