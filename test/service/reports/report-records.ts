import { randomUUID } from "node:crypto";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { type PlayStep, playSchema } from "@touchstone/shared/play-shape.ts";
import { sql } from "kysely";
import type { Database } from "../../../server/db/database.ts";

/** What a report is about, one record at a time. */
export function reportRecords(db: Database, portalId: PortalId) {
  const record = async (type: string, id: string, properties: Record<string, string> = {}) => {
    await sql`
      INSERT INTO crm_records (portal_id, object_type, object_id, properties, read_no)
      VALUES (${portalId}, ${type}, ${id}, ${JSON.stringify(properties)}::jsonb, 1)`.execute(db);
  };
  const link = async (type: string, id: string, account: string) => {
    await sql`
      INSERT INTO crm_links (portal_id, from_type, from_id, to_type, to_id)
      VALUES (${portalId}, ${type}, ${id}, 'companies', ${account})`.execute(db);
  };
  return {
    async company(id: string, tier: string): Promise<void> {
      await record("companies", id);
      await sql`
        INSERT INTO tier_members (portal_id, account_id, tier, since, by_override, reason, told)
        VALUES (${portalId}, ${id}, ${tier}, 0, false, '', true)`.execute(db);
    },
    async linked(type: string, id: string, account: string, properties: Record<string, string> = {}): Promise<void> {
      await record(type, id, properties);
      await link(type, id, account);
    },
    async record(type: string, id: string, properties: Record<string, string> = {}): Promise<void> {
      await record(type, id, properties);
    },
    /** A score that stood from one moment to another; without an end it stands now. */
    async score(account: string, score: number, band: string, since: number, until: number | null): Promise<void> {
      const table = until === null ? sql`account_scores` : sql`score_history`;
      const [column, value] = until === null ? [sql`output`, sql`'{}'::jsonb`] : [sql`ended_at`, sql`${until}::bigint`];
      await sql`
        INSERT INTO ${table} (portal_id, account_id, snapshot_no, models, score, tier, scored_at, moved_at, reasons, ${column})
        VALUES (${portalId}, ${account}, ${Math.floor(since / 1_000)}, 'm v1', ${score}, ${band}, ${since}, ${since}, '[]', ${value})`.execute(
        db,
      );
    },
    async alert(account: string, crossedAt: number): Promise<void> {
      await sql`
        INSERT INTO hot_alerts (portal_id, account_id, crossed_at, due_at, state, trigger)
        VALUES (${portalId}, ${account}, ${crossedAt}, ${crossedAt + 86_400_000}, 'missed', 'readiness')`.execute(db);
    },
    async verdict(account: string, band: string, isRight: boolean, at: number): Promise<void> {
      await sql`
        INSERT INTO account_verdicts (portal_id, account_id, snapshot_no, judged_by, is_right, tier, models, judged_at)
        VALUES (${portalId}, ${account}, ${at}, '77', ${isRight}, ${band}, 'm v1', ${at})`.execute(db);
    },
    async tierDay(day: string, tier: string, accounts: readonly string[]): Promise<void> {
      await sql`
        INSERT INTO tier_days (portal_id, day, tier, accounts)
        VALUES (${portalId}, ${day}, ${tier}, ${[...accounts]}::text[])`.execute(db);
    },
    /** A running play with accounts, each in since so long. */
    async play(name: string, launchedAt: number, accounts: Readonly<Record<string, number>>): Promise<void> {
      const playId = randomUUID();
      const play = playSchema.parse({ name, tier: "tier_1", steps: [], handoff: null });
      await sql`
        INSERT INTO plays (portal_id, play_id, request_id, document, status, made_by, made_at, launched_at)
        VALUES (${portalId}, ${playId}, ${playId}, ${JSON.stringify(play)}::jsonb, 'running', '1', ${launchedAt}, ${launchedAt})`.execute(
        db,
      );
      await sql`
        INSERT INTO play_accounts (portal_id, play_id, account_id, enrolled_by, enrolled_at)
        SELECT ${portalId}::bigint, ${playId}::uuid, id, '1', at
        FROM unnest(${Object.keys(accounts)}::text[], ${Object.values(accounts)}::bigint[]) AS t(id, at)`.execute(db);
    },
    /** A play of which an account has dealt with one step. */
    async doneStep(account: string, side: PlayStep["side"], at: number): Promise<void> {
      const step = { day: 0, channel: "email", side, role: null, what: "Write", personalisation: "surface" };
      const play = playSchema.parse({ name: `By ${side}`, tier: "tier_1", steps: [step], handoff: null });
      const playId = randomUUID();
      await sql`
        INSERT INTO plays (portal_id, play_id, request_id, document, status, made_by, made_at, launched_at)
        VALUES (${portalId}, ${playId}, ${playId}, ${JSON.stringify(play)}::jsonb, 'running', '1', ${at}, ${at})`.execute(
        db,
      );
      await sql`
        INSERT INTO play_accounts (portal_id, play_id, account_id, enrolled_by, enrolled_at)
        VALUES (${portalId}, ${playId}, ${account}, '1', ${at})`.execute(db);
      await sql`
        INSERT INTO play_touches (portal_id, play_id, account_id, step, status, done_by, done_at)
        VALUES (${portalId}, ${playId}, ${account}, 0, 'done', '1', ${at})`.execute(db);
    },
    async signal(of: { person: string } | { account: string }, kind: string, at: number): Promise<void> {
      const [person, account] = "person" in of ? [of.person, null] : [null, of.account];
      const key = `${person ?? account} ${kind} ${at}`;
      await sql`
        INSERT INTO signals (portal_id, signal_key, kind, person_id, account_id, at, source, origin)
        VALUES (${portalId}, ${key}, ${kind}, ${person}, ${account}, ${at}, 'email', ${key})`.execute(db);
    },
  };
}
