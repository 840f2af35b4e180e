import { asPortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { type Database, openDatabase } from "../../../server/db/database.ts";
import { wantTiersNow } from "../../../server/db/tier-runs.ts";
import { createLogger } from "../../../server/logger.ts";
import { assignTiers } from "../../../server/programme/tiers/assign-tiers.ts";
import { startBenchDatabase } from "../support/bench-database.ts";
import { say } from "../support/figures.ts";
import { processorSeconds } from "../support/processor-seconds.ts";

const portal = asPortalId(8_101);
const now = Date.UTC(2026, 10, 22, 12);

/**
 * Tiers: one pass over a whole portal, on a PostgreSQL of its own: the first one, one in which nothing changed, and one after every
 * hundredth score moved. Rows are as wide as scored ones; the pass never reads the wide part.
 */
export async function benchTiers(isQuick: boolean): Promise<void> {
  const accounts = isQuick ? 10_000 : 100_000;
  const postgres = await startBenchDatabase();
  const { db, close } = openDatabase(await postgres.create("tiers"), createLogger("error"), 4);
  try {
    await fill(db, accounts);
    say(`tiers: one pass over ${accounts} accounts`);
    const pass = async (what: string) => {
      const [from, own] = [performance.now(), process.cpuUsage()];
      const database = processorSeconds(postgres.pid);
      await wantTiersNow(db, portal);
      await assignTiers({ db, queue: idle, now: () => now, log: createLogger("error") }, portal);
      const seconds = (performance.now() - from) / 1_000;
      const { user, system } = process.cpuUsage(own);
      say(
        `  ${what}: ${seconds.toFixed(1)} s (processor: ours ${((user + system) / 1e6).toFixed(1)} s, PostgreSQL ${(processorSeconds(postgres.pid) - database).toFixed(1)} s), memory ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
      );
    };
    await pass("first places");
    await pass("nothing changed");
    await sql`UPDATE account_scores SET score = score + 12 WHERE portal_id = ${portal} AND account_id::bigint % 100 = 0`.execute(
      db,
    );
    await pass("every hundredth score moved");
  } finally {
    await close();
    await postgres.stop();
  }
}

const idle = {
  wake: async () => undefined,
  work: () => undefined,
  isReachable: async () => true,
  close: async () => undefined,
};

/** Scores spread over all bands, with a proof of two thousand characters each. */
async function fill(db: Database, accounts: number): Promise<void> {
  await sql`INSERT INTO portals (portal_id, status, time_zone) VALUES (${portal}, 'ready', 'Europe/Berlin')`.execute(
    db,
  );
  await sql`
    INSERT INTO crm_records (portal_id, object_type, object_id, properties, read_no)
    SELECT ${portal}, 'companies', n::text, jsonb_build_object('name', 'Company ' || n, 'hubspot_owner_id', '1', 'industry',
      'COMPUTER_SOFTWARE', 'numberofemployees', '640', 'domain', 'c' || n || '.example'), 1 FROM generate_series(1, ${accounts}::int) n`.execute(
    db,
  );
  await sql`
    INSERT INTO account_scores (portal_id, account_id, snapshot_no, models, score, tier, scored_at, output, proof)
    SELECT ${portal}, n::text, 1, 'playbook-100 v1, readiness-10 v1', (n * 7919 % 1000) / 10.0, 'tier_4', ${now},
      jsonb_build_object('touchstone_score', n % 100, 'touchstone_fit', n % 40, 'touchstone_reason', repeat('x', 200)), repeat('p', 2000)
    FROM generate_series(1, ${accounts}::int) n`.execute(db);
  await sql`VACUUM ANALYZE`.execute(db);
}
