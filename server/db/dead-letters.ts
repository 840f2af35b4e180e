import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { markDirty, priorities } from "./dirty-accounts.ts";
import { holdPortal } from "./portals.ts";
import { markStale } from "./stale-records.ts";

/** What could not be done after all its attempts: a record that was to be read, or an account that was to be scored. */
export interface DeadLetter {
  readonly portalId: PortalId;
  readonly kind: "record" | "account";
  /** "type:id" of a record, or the id of an account. */
  readonly subject: string;
  readonly reason: string;
  readonly attempts: number;
  readonly diedAt: Date;
}

/** Letters of one portal: all of them, those of a kind, or one. */
export interface LetterChoice {
  readonly kind?: DeadLetter["kind"] | undefined;
  readonly subject?: string | undefined;
}

/** Keeps what could not be done, with the reason, so that it can be looked at and done again. */
export async function buryWork(
  db: Database,
  portalId: PortalId,
  letters: readonly (Omit<DeadLetter, "portalId" | "diedAt"> & { readonly needs: number | null })[],
): Promise<void> {
  if (letters.length === 0) return;
  await sql`
    INSERT INTO dead_letters (portal_id, kind, subject, reason, attempts, needs)
    SELECT DISTINCT ON (kind, subject) ${portalId}::bigint, kind, subject, reason, attempts, needs FROM unnest(
      ${letters.map((l) => l.kind)}::text[], ${letters.map((l) => l.subject)}::text[],
      ${letters.map((l) => l.reason.replaceAll("\0", "").slice(0, 500))}::text[],
      ${letters.map((l) => l.attempts)}::int[], ${letters.map((l) => l.needs)}::int[]
    ) AS t(kind, subject, reason, attempts, needs) ORDER BY kind, subject
    ON CONFLICT (portal_id, kind, subject) DO UPDATE
    SET reason = excluded.reason, attempts = excluded.attempts, died_at = now(),
      needs = dead_letters.needs | excluded.needs`.execute(db);
}

/** What was done after all, by a later change or another version of the program, needs no letter any more. */
export async function forgetLetters(
  db: Database,
  portalId: PortalId,
  kind: DeadLetter["kind"],
  subjects: readonly string[],
): Promise<void> {
  if (subjects.length === 0) return;
  await sql`
    DELETE FROM dead_letters
    WHERE portal_id = ${portalId} AND kind = ${kind} AND subject = ANY(${[...subjects]}::text[])`.execute(db);
}

/** The newest first; of all portals without a portal. */
export async function listLetters(
  db: Database,
  portalId: PortalId | null,
  choice: LetterChoice,
  limit: number,
): Promise<DeadLetter[]> {
  const { rows } = await sql<DeadLetter>`
    SELECT portal_id AS "portalId", kind, subject, reason, attempts, died_at AS "diedAt" FROM dead_letters
    WHERE ${chosen(portalId, choice)} ORDER BY died_at DESC, portal_id, kind, subject LIMIT ${limit}`.execute(db);
  return rows;
}

export async function countLetters(
  db: Database,
  portalId: PortalId | null,
  choice: LetterChoice = {},
): Promise<{ portalId: PortalId; kind: DeadLetter["kind"]; letters: number }[]> {
  const { rows } = await sql<{ portalId: PortalId; kind: DeadLetter["kind"]; letters: number }>`
    SELECT portal_id AS "portalId", kind, count(*)::int AS letters FROM dead_letters
    WHERE ${chosen(portalId, choice)} GROUP BY 1, 2 ORDER BY 1, 2`.execute(db);
  return rows;
}

/**
 * Marks the work of up to `limit` letters again and takes the letters away, both or neither. Returns how many there were:
 * whoever comes second finds none. Throws when the portal is not connected.
 */
export async function replayLetters(
  db: Database,
  portalId: PortalId,
  choice: LetterChoice,
  limit: number,
): Promise<{ records: number; accounts: number }> {
  return db.transaction().execute(async (trx) => {
    await holdPortal(trx, portalId);
    const { rows } = await sql<{ kind: DeadLetter["kind"]; subject: string; needs: number | null }>`
      DELETE FROM dead_letters WHERE (portal_id, kind, subject) IN (
        SELECT portal_id, kind, subject FROM dead_letters WHERE ${chosen(portalId, choice)}
        ORDER BY kind, subject LIMIT ${limit} FOR UPDATE)
      RETURNING kind, subject, needs`.execute(trx);
    const records = rows.filter((row) => row.kind === "record").map(toRecord);
    const accounts = rows.filter((row) => row.kind === "account").map((row) => row.subject);
    await markStale(trx, portalId, records);
    await markDirty(trx, portalId, accounts, priorities.due);
    return { records: records.length, accounts: accounts.length };
  });
}

/** Forgets letters without doing their work. Returns how many. */
export async function discardLetters(db: Database, portalId: PortalId, choice: LetterChoice): Promise<number> {
  const { numAffectedRows } = await sql`DELETE FROM dead_letters WHERE ${chosen(portalId, choice)}`.execute(db);
  return Number(numAffectedRows ?? 0);
}

const chosen = (portalId: PortalId | null, { kind, subject }: LetterChoice) =>
  sql`(${portalId}::bigint IS NULL OR portal_id = ${portalId}) AND (${kind ?? null}::text IS NULL OR kind = ${kind ?? null})
    AND (${subject ?? null}::text IS NULL OR subject = ${subject ?? null})`;

/** Letters from before `needs` was kept have everything read again. */
function toRecord({ subject, needs }: { subject: string; needs: number | null }) {
  const colon = subject.indexOf(":");
  return { objectType: subject.slice(0, colon), objectId: subject.slice(colon + 1), needs: needs ?? 3 };
}
