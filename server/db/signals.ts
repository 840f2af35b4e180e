import type { Signal } from "@touchstone/shared/account-snapshot.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Schema } from "./schema.ts";

/** A signal as it is kept: it belongs to a person or, without one, to an account. */
export interface StoredSignal extends Signal {
  readonly accountId: string | null;
  /** The CRM record that it was made from, as "type:id". */
  readonly origin: string;
}

/**
 * Adds signals. Of one that is there already the later time, the greater strength and the later subject stay, so that
 * neither the order nor the number of readings matters (T31). For the origins in `replaced` the given signals are all
 * there are: others of theirs are taken away (a meeting that was deleted or moved).
 */
export async function saveSignals(
  trx: Transaction<Schema>,
  portalId: PortalId,
  signals: readonly StoredSignal[],
  replaced: readonly string[] = [],
): Promise<void> {
  const keys = signals.map((s) => s.key);
  if (replaced.length > 0) {
    await sql`
      DELETE FROM signals WHERE portal_id = ${portalId} AND origin = ANY(${[...replaced]}::text[])
        AND signal_key <> ALL(${keys}::text[])`.execute(trx);
  }
  if (signals.length === 0) return;
  await sql`
    INSERT INTO signals (portal_id, signal_key, kind, person_id, account_id, at, source, strength, subject, expires_at, origin)
    SELECT DISTINCT ON (key) ${portalId}::bigint, t.* FROM unnest(
      ${keys}::text[], ${signals.map((s) => s.kind)}::text[], ${signals.map((s) => s.personId)}::text[],
      ${signals.map((s) => s.accountId)}::text[], ${signals.map((s) => s.at)}::bigint[], ${signals.map((s) => s.source)}::text[],
      ${signals.map((s) => s.strength)}::float8[], ${signals.map(subjectOf)}::text[], ${signals.map((s) => s.expiresAt)}::bigint[],
      ${signals.map((s) => s.origin)}::text[]
    ) AS t(key, kind, person_id, account_id, at, source, strength, subject, expires_at, origin)
    ORDER BY key, at DESC
    ON CONFLICT (portal_id, signal_key) DO UPDATE
    SET at = CASE WHEN excluded.origin = ANY(${[...replaced]}::text[]) THEN excluded.at ELSE greatest(signals.at, excluded.at) END,
      strength = greatest(signals.strength, excluded.strength),
      subject = CASE WHEN excluded.at >= signals.at THEN excluded.subject ELSE signals.subject END`.execute(trx);
}

/** Control characters separate signals where they are read (`parseSignalLines`). */
const subjectOf = ({ subject }: StoredSignal): string | null => subject?.replace(/\p{Cc}/gu, " ") ?? null;
