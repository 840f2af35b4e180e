import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import { lockScores } from "./account-scores.ts";
import { awaitsScore } from "./awaits-score.ts";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

/** What stands of an account before a pass, and what the pass reads of it: no snapshot and no ledger. */
export interface TierFacts {
  readonly accountId: string;
  readonly score: number | null;
  /** Band of the priority model, or "excluded". */
  readonly band: string | null;
  readonly fit: number | null;
  readonly name: string | null;
  readonly facts: Readonly<Record<string, string | null>>;
  readonly tier: string | null;
  readonly since: number | null;
  readonly byOverride: boolean | null;
  readonly reason: string | null;
  readonly waitingFor: string | null;
  readonly waitingSince: number | null;
  readonly demotionTo: string | null;
  readonly demotionWhy: string | null;
  readonly demotionState: "asked" | "approved" | "refused" | null;
  readonly demotionAt: number | null;
  readonly demotionReason: string | null;
  readonly demotionBy: string | null;
  readonly reassessAt: number | null;
  /** Its output says something of tiers. One that is new, after the company was gone, does not, whatever was told before. */
  readonly inOutput: boolean;
}

/** Every scored account of a portal in one statement, with the given company properties. */
export async function readTierFacts(
  db: Database,
  portalId: PortalId,
  properties: readonly string[],
): Promise<TierFacts[]> {
  const names = [...properties];
  const facts =
    names.length === 0
      ? sql`'{}'::jsonb`
      : sql`(SELECT jsonb_object_agg(name, r.properties ->> name) FROM unnest(${names}::text[]) AS name)`;
  const { rows } = await sql<TierFacts>`
    SELECT s.account_id AS "accountId", s.score, s.tier AS band, nullif(s.output ->> 'touchstone_fit', '')::float8 AS fit,
      r.properties ->> 'name' AS name, ${facts} AS facts, m.tier, m.since, m.by_override AS "byOverride", m.reason,
      m.waiting_for AS "waitingFor", m.waiting_since AS "waitingSince", m.demotion_to AS "demotionTo",
      m.demotion_why AS "demotionWhy", m.demotion_state AS "demotionState", m.demotion_at AS "demotionAt",
      m.demotion_reason AS "demotionReason", m.demotion_by AS "demotionBy", m.reassess_at AS "reassessAt",
      s.output ? 'touchstone_programme_tier' AS "inOutput"
    FROM account_scores s
    LEFT JOIN crm_records r ON r.portal_id = s.portal_id AND r.object_type = 'companies' AND r.object_id = s.account_id
    LEFT JOIN tier_members m ON m.portal_id = s.portal_id AND m.account_id = s.account_id
    WHERE s.portal_id = ${portalId}`.execute(db);
  return rows;
}

export interface TierMember {
  readonly accountId: string;
  readonly tier: string;
  readonly since: number;
  readonly byOverride: boolean;
  readonly reason: string;
  readonly waitingFor: string | null;
  readonly waitingSince: number | null;
  readonly demotion: {
    readonly to: string;
    readonly why: string;
    readonly state: "asked" | "approved" | "refused";
    readonly at: number;
    readonly reason: string;
    readonly by: string | null;
  } | null;
  readonly reassessAt: number | null;
  /** False: the account's output does not say so yet. */
  readonly told: boolean;
}

const pageSize = 5_000;

/** Rows by account id, so that two who save never wait for each other crosswise. */
export async function saveMembers(
  trx: Transaction<Schema>,
  portalId: PortalId,
  members: readonly TierMember[],
): Promise<void> {
  const ordered = [...members].sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
  for (let from = 0; from < ordered.length; from += pageSize) {
    await savePage(trx, portalId, ordered.slice(from, from + pageSize));
  }
}

async function savePage(trx: Transaction<Schema>, portalId: PortalId, page: readonly TierMember[]): Promise<void> {
  const column = <T>(of: (member: TierMember) => T) => page.map(of);
  await sql`
    INSERT INTO tier_members AS m (portal_id, account_id, tier, since, by_override, reason, waiting_for, waiting_since, demotion_to,
      demotion_why, demotion_state, demotion_at, demotion_reason, demotion_by, reassess_at, told)
    SELECT ${portalId}::bigint, t.* FROM unnest(${column((one) => one.accountId)}::text[], ${column((one) => one.tier)}::text[],
      ${column((one) => one.since)}::bigint[], ${column((one) => one.byOverride)}::boolean[],
      ${column((one) => one.reason)}::text[], ${column((one) => one.waitingFor)}::text[],
      ${column((one) => one.waitingSince)}::bigint[], ${column((one) => one.demotion?.to ?? null)}::text[],
      ${column((one) => one.demotion?.why ?? null)}::text[], ${column((one) => one.demotion?.state ?? null)}::text[],
      ${column((one) => one.demotion?.at ?? null)}::bigint[], ${column((one) => one.demotion?.reason ?? null)}::text[],
      ${column((one) => one.demotion?.by ?? null)}::text[], ${column((one) => one.reassessAt)}::bigint[],
      ${column((one) => one.told)}::boolean[]) AS t
    ON CONFLICT (portal_id, account_id) DO UPDATE
    SET tier = excluded.tier, since = excluded.since, by_override = excluded.by_override, reason = excluded.reason,
      waiting_for = excluded.waiting_for, waiting_since = excluded.waiting_since, demotion_to = excluded.demotion_to,
      demotion_why = excluded.demotion_why, demotion_state = excluded.demotion_state, demotion_at = excluded.demotion_at,
      demotion_reason = excluded.demotion_reason, demotion_by = excluded.demotion_by, reassess_at = excluded.reassess_at,
      told = m.told AND excluded.told`.execute(trx);
}

/** Rows of accounts that have no score any more. */
export async function removeGoneMembers(trx: Transaction<Schema>, portalId: PortalId): Promise<void> {
  await sql`
    DELETE FROM tier_members m WHERE m.portal_id = ${portalId} AND NOT EXISTS (
      SELECT FROM account_scores s WHERE s.portal_id = m.portal_id AND s.account_id = m.account_id)`.execute(trx);
}

/**
 * Brings what changed into the accounts' outputs, at most `limit` accounts, and returns how many. An account that is worked on by
 * somebody else at the moment is waited for: rows are taken by account id, as saving scores does.
 */
export async function tellMembers(
  db: Database,
  portalId: PortalId,
  limit: number,
  outputOf: (member: {
    tier: string;
    since: number;
    reason: string;
    waitingFor: string | null;
  }) => Record<string, string>,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{
      accountId: string;
      tier: string;
      since: number;
      reason: string;
      waitingFor: string | null;
    }>`
      SELECT account_id AS "accountId", tier, since, reason, waiting_for AS "waitingFor" FROM tier_members m
      WHERE portal_id = ${portalId} AND NOT told AND NOT ${awaitsScore} ORDER BY account_id LIMIT ${limit} FOR UPDATE`.execute(
      trx,
    );
    if (rows.length === 0) return 0;
    const ids = rows.map((row) => row.accountId);
    await lockScores(trx, portalId, ids);
    await sql`
      UPDATE account_scores s SET output = s.output || t.output::jsonb
      FROM unnest(${ids}::text[], ${rows.map((row) => JSON.stringify(outputOf(row)))}::text[]) AS t(account_id, output)
      WHERE s.portal_id = ${portalId} AND s.account_id = t.account_id AND NOT s.output @> t.output::jsonb`.execute(trx);
    await sql`
      UPDATE tier_members SET told = true WHERE portal_id = ${portalId} AND account_id = ANY(${ids}::text[])`.execute(
      trx,
    );
    return rows.length;
  });
}

export async function readTierMember(db: Database, portalId: PortalId, accountId: string) {
  return db
    .selectFrom("tier_members")
    .selectAll()
    .where("portal_id", "=", portalId)
    .where("account_id", "=", accountId)
    .executeTakeFirst();
}

/** A person's answer to a demotion that is asked for; false when none is. */
export async function answerAskedDemotion(
  db: Database,
  portalId: PortalId,
  accountId: string,
  answer: { state: "approved" | "refused"; by: string; at: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("tier_members")
    .set({ demotion_state: answer.state, demotion_by: answer.by, demotion_at: answer.at })
    .where("portal_id", "=", portalId)
    .where("account_id", "=", accountId)
    .where("demotion_state", "=", "asked")
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** A person lets an account move down without its being asked for. */
export async function releaseMember(
  db: Database,
  portalId: PortalId,
  accountId: string,
  release: { to: string; by: string; at: number; reason: string },
): Promise<void> {
  await db
    .updateTable("tier_members")
    .set({
      demotion_to: release.to,
      demotion_why: "outranked",
      demotion_state: "approved",
      demotion_at: release.at,
      demotion_by: release.by,
      demotion_reason: release.reason,
    })
    .where("portal_id", "=", portalId)
    .where("account_id", "=", accountId)
    .execute();
}
