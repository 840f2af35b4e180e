import type { AppObjectKey } from "@touchstone/shared/app-objects.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

/** Something of a portal's property definitions, or of what HubSpot holds of the programme, that a person must look at. */
export interface DefinitionFault {
  /** "output:touchstone_reason", "input:industry", "option:industry", "mirror:play". */
  readonly subject: string;
  readonly message: string;
}

export async function readDefinitionFaults(db: Database, portalId: PortalId): Promise<DefinitionFault[]> {
  return db
    .selectFrom("definition_faults")
    .select(["subject", "message"])
    .where("portal_id", "=", portalId)
    .orderBy("subject")
    .execute();
}

/** These are all that definitions have now; one that stays keeps the time at which it was found. */
export async function replaceDefinitionFaults(
  trx: Transaction<Schema>,
  portalId: PortalId,
  faults: readonly DefinitionFault[],
): Promise<void> {
  await replaceFaults(trx, portalId, sql`subject NOT LIKE 'mirror:%'`, faults);
}

/** Null: nothing is wrong with the mirror of this object any more. */
export async function replaceMirrorFault(
  trx: Transaction<Schema>,
  portalId: PortalId,
  object: AppObjectKey,
  message: string | null,
): Promise<void> {
  const subject = `mirror:${object}`;
  await replaceFaults(trx, portalId, sql`subject = ${subject}`, message === null ? [] : [{ subject, message }]);
}

async function replaceFaults(
  trx: Transaction<Schema>,
  portalId: PortalId,
  own: RawBuilder<boolean>,
  faults: readonly DefinitionFault[],
): Promise<void> {
  const subjects = faults.map(({ subject }) => subject);
  await sql`
    DELETE FROM definition_faults
    WHERE portal_id = ${portalId} AND ${own} AND subject <> ALL(${subjects}::text[])`.execute(trx);
  await sql`
    INSERT INTO definition_faults (portal_id, subject, message)
    SELECT ${portalId}::bigint, subject, message FROM unnest(${subjects}::text[], ${faults.map((f) => f.message)}::text[])
      AS t(subject, message)
    ORDER BY subject ON CONFLICT (portal_id, subject) DO UPDATE SET message = excluded.message`.execute(trx);
}

/** Every option that the portal's properties ever had, as far as a model reads them. */
export async function readSeenOptions(db: Database, portalId: PortalId): Promise<Map<string, readonly string[]>> {
  const rows = await db
    .selectFrom("seen_options")
    .select(["property", "options"])
    .where("portal_id", "=", portalId)
    .execute();
  return new Map(rows.map((row) => [row.property, row.options]));
}

export async function replaceSeenOptions(
  trx: Transaction<Schema>,
  portalId: PortalId,
  seen: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  await trx.deleteFrom("seen_options").where("portal_id", "=", portalId).execute();
  const rows = [...seen].map(([property, options]) => ({
    portal_id: portalId,
    property,
    options: JSON.stringify(options),
  }));
  if (rows.length > 0) await trx.insertInto("seen_options").values(rows).execute();
}

/** Properties of ours that are there with another type: no value of ours fits them. */
export async function readBarredOutputs(db: Database, portalId: PortalId): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`
    SELECT substr(subject, 8) AS name FROM definition_faults
    WHERE portal_id = ${portalId} AND subject LIKE 'output:%'`.execute(db);
  return new Set(rows.map(({ name }) => name));
}

/** Replaces what is known of these properties of ours alone; what somebody else finds of others at the same time stays. */
export async function replaceOutputFaults(
  trx: Transaction<Schema>,
  portalId: PortalId,
  names: readonly string[],
  failed: readonly { readonly name: string; readonly reason: string }[],
): Promise<void> {
  const subjects = names.map((name) => `output:${name}`);
  await replaceFaults(trx, portalId, sql`subject = ANY(${subjects}::text[])`, failed.map(toOutputFault));
}

export const toOutputFault = ({ name, reason }: { name: string; reason: string }): DefinitionFault => ({
  subject: `output:${name}`,
  message: `Results for "${name}" cannot be written: the property ${reason}. Delete it in HubSpot's settings, and it is made anew.`,
});
