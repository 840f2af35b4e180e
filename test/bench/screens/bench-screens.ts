import { asPortalId, type PortalId } from "@touchstone/shared/ids.ts";
import { playSchema } from "@touchstone/shared/play-shape.ts";
import { playTemplates } from "@touchstone/shared/play-templates.ts";
import { sql } from "kysely";
import { loadModels } from "../../../server/accounts/load-models.ts";
import { scoreBatch } from "../../../server/accounts/score-batch.ts";
import { type Database, openDatabase } from "../../../server/db/database.ts";
import { claimDirty, priorities } from "../../../server/db/dirty-accounts.ts";
import { markAllAccounts } from "../../../server/db/records.ts";
import { addTargets } from "../../../server/db/target-accounts.ts";
import { wantTiersNow } from "../../../server/db/tier-runs.ts";
import { routes } from "../../../server/http/routes.ts";
import { createLogger } from "../../../server/logger.ts";
import { createMetrics } from "../../../server/metrics.ts";
import { drawSpotCheck } from "../../../server/programme/target-list/spot-check.ts";
import { assignTiers } from "../../../server/programme/tiers/assign-tiers.ts";
import { fillPortal } from "../recompute/fill-portals.ts";
import { startBenchDatabase } from "../support/bench-database.ts";
import { percentile, say, verdict } from "../support/figures.ts";
import { askSigned, startWeb, userId, type Web } from "../support/start-web.ts";

/**
 * Everything that a screen asks, of a portal with 100,000 accounts: each GET of the API, one after the other, by the real server.
 * A route that is new is measured by itself.
 */
const portalId = asPortalId(8_201);
const goals = { medianMs: 50, kilobytes: 200 } as const;
const times = 30;
const sizes = { quick: { accounts: 2_000, targets: 500 }, usual: { accounts: 100_000, targets: 5_000 } } as const;
const log = createLogger("error");
const queue = {
  wake: async () => undefined,
  work: () => undefined,
  isReachable: async () => true,
  close: async () => undefined,
};

export async function benchScreens(isQuick: boolean): Promise<void> {
  const size = isQuick ? sizes.quick : sizes.usual;
  const postgres = await startBenchDatabase();
  const databaseUrl = await postgres.create("screens");
  const { db, close } = openDatabase(databaseUrl, log, 6);
  try {
    await fill(db, size);
    const web = await startWeb(databaseUrl);
    try {
      say(`screens: a portal with ${size.accounts} accounts, ${size.targets} of them on the list`);
      const slow: string[] = [];
      for (const path of await listPaths(db)) {
        const { line, isGood } = await measure(web, path);
        say(`  ${line}`);
        if (!isGood) slow.push(path);
      }
      say(
        `  median ≤ ${goals.medianMs} ms and answer ≤ ${goals.kilobytes} kB: ${verdict(slow.length === 0)}${slow.length > 0 ? ` by ${slow.join(", ")}` : ""}`,
      );
    } finally {
      await web.stop();
    }
  } finally {
    await close();
    await postgres.stop();
  }
}

async function measure(web: Web, path: string): Promise<{ line: string; isGood: boolean }> {
  const all: number[] = [];
  let bytes = 0;
  for (let n = 0; n < times; n++) {
    const { ms, text } = await askSigned(web, portalId, path);
    all.push(ms);
    bytes = Math.max(bytes, Buffer.byteLength(text));
  }
  const p50 = percentile(all, 0.5);
  const kilobytes = bytes / 1_000;
  const isGood = p50 <= goals.medianMs && kilobytes <= goals.kilobytes;
  const figures = `p50 ${p50.toFixed(1)} ms, p99 ${percentile(all, 0.99).toFixed(1)} ms, ${kilobytes.toFixed(1)} kB`;
  return { line: `${path}: ${figures}${isGood ? "" : " MISSED"}`, isGood };
}

/** What stands for the fields of a path. */
async function listPaths(db: Database): Promise<string[]> {
  const { rows } = await sql<Record<string, string>>`
    SELECT (SELECT account_id FROM hot_alerts WHERE portal_id = ${portalId} LIMIT 1) AS "companyId",
      (SELECT object_id FROM crm_records WHERE portal_id = ${portalId} AND object_type = 'contacts' LIMIT 1) AS "personId",
      (SELECT object_id FROM crm_records WHERE portal_id = ${portalId} AND object_type = 'deals' LIMIT 1) AS "dealId",
      (SELECT play_id::text FROM plays WHERE portal_id = ${portalId} LIMIT 1) AS "playId", '1' AS version`.execute(db);
  const fields = rows[0] ?? {};
  const gets = routes.filter(({ method, path }) => method === "get" && path.startsWith("/api/"));
  return gets.map(({ path }) =>
    path.replace(/:(\w+)/g, (_, name: string) => {
      const value = name === "key" ? (path.includes("tiers") ? "bands-then-cap" : "playbook-100") : fields[name];
      if (!value) throw new Error(`the bench does not know what stands for ${name} in ${path}`);
      return value;
    }),
  );
}

async function fill(db: Database, { accounts, targets }: { accounts: number; targets: number }): Promise<void> {
  await fillPortal(db, portalId, { accounts, peopleEach: 8, signalsEach: 10 });
  await sql`UPDATE portals SET installed_by = ${userId}, time_zone = 'Europe/Berlin' WHERE portal_id = ${portalId}`.execute(
    db,
  );
  await addDeals(db, accounts);
  await sql`VACUUM ANALYZE`.execute(db);
  await score(db, portalId);
  await wantTiersNow(db, portalId);
  await assignTiers({ db, queue, now: Date.now, log }, portalId);
  const ids = Array.from({ length: targets }, (_, n) => String(100_000_001 + n));
  await addTargets(db, portalId, ids, { source: "sales", by: userId, at: Date.now() });
  await drawSpotCheck({ db, now: Date.now }, portalId, userId, {});
  await addPeopleOfCommittees(db);
  await addAlerts(db);
  await addPlay(db);
  await addTouches(db);
  await addTierDays(db);
  await addHistory(db);
  await sql`VACUUM ANALYZE`.execute(db);
}

async function score(db: Database, portal: PortalId): Promise<void> {
  await markAllAccounts(db, portal, priorities.backfill);
  const models = await loadModels(db, portal);
  const ctx = { db, queue, now: Date.now, log, metrics: createMetrics() };
  const lane = async (): Promise<void> => {
    for (;;) {
      const claims = await claimDirty(db, portal, 100, 60_000);
      if (claims.length === 0) return;
      await scoreBatch(ctx, portal, models, claims);
    }
  };
  await Promise.all([lane(), lane(), lane()]);
}

/** One account in ten has a deal; one in three of these is won and one is lost, over the last 180 days. */
async function addDeals(db: Database, accounts: number): Promise<void> {
  await sql`
    INSERT INTO crm_records (portal_id, object_type, object_id, properties, read_no)
    SELECT ${portalId}::bigint, 'deals', (900000000 + n)::text, jsonb_build_object('dealname', 'Deal ' || n, 'amount', '12000',
      'dealstage', 'qualifiedtobuy', 'createdate', to_char((now() - (1 + n % 170) * interval '1 day') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'closedate', to_char((now() - (n % 170) * interval '12 hours') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'hs_is_closed', (n / 10 % 3 > 0)::text, 'hs_is_closed_won', (n / 10 % 3 = 1)::text), 1 FROM generate_series(10, ${accounts}::int, 10) n`.execute(
    db,
  );
  await sql`
    INSERT INTO crm_links (portal_id, from_type, from_id, to_type, to_id, is_primary)
    SELECT ${portalId}::bigint, 'deals', (900000000 + n)::text, 'companies', (100000000 + n)::text, true
    FROM generate_series(10, ${accounts}::int, 10) n`.execute(db);
}

/** Of every account the scores of six months, one each month. */
async function addHistory(db: Database): Promise<void> {
  const monthMs = 30 * 86_400_000;
  await sql`
    INSERT INTO score_history (portal_id, account_id, snapshot_no, ended_at, moved_at, scored_at, models, score, tier, reasons)
    SELECT portal_id, account_id, -n, ${Date.now()}::bigint - n * ${monthMs}::bigint, ${Date.now()}::bigint - (n + 1) * ${monthMs}::bigint,
      ${Date.now()}::bigint - (n + 1) * ${monthMs}::bigint, models, score, tier, '[]'
    FROM account_scores CROSS JOIN generate_series(0, 5) n WHERE portal_id = ${portalId}`.execute(db);
}

/** One person in a hundred was given a role. */
async function addPeopleOfCommittees(db: Database): Promise<void> {
  await sql`
    INSERT INTO committee_members (portal_id, account_id, person_id, roles, changed_by, changed_at)
    SELECT portal_id, to_id, from_id, '[{"taxonomy":"six-with-blocker","role":"champion"}]', ${userId}, ${Date.now()}
    FROM crm_links WHERE portal_id = ${portalId} AND from_type = 'contacts' AND from_id::bigint % 100 = 11`.execute(db);
}

async function addAlerts(db: Database): Promise<void> {
  const now = Date.now();
  await sql`
    INSERT INTO hot_alerts (portal_id, account_id, crossed_at, due_at, trigger, readiness)
    SELECT ${portalId}::bigint, account_id, ${now - 3_600_000}, ${now + 82_800_000}, 'demo_request', 7
    FROM account_scores WHERE portal_id = ${portalId} ORDER BY score DESC NULLS LAST, account_id LIMIT 200`.execute(db);
}

/** A running play of the 12-week calendar, with 500 accounts. */
async function addPlay(db: Database): Promise<void> {
  const steps = playTemplates.find(({ key }) => key === "12-week")?.steps ?? [];
  const play = playSchema.parse({ name: "The play of the bench", tier: "tier_1", steps, handoff: null });
  const at = Date.now() - 20 * 86_400_000;
  const { rows } = await sql<{ id: string }>`
    INSERT INTO plays (portal_id, play_id, request_id, document, status, made_by, made_at, launched_by, launched_at, launch_month)
    VALUES (${portalId}, gen_random_uuid(), 'bench', ${JSON.stringify(play)}::jsonb, 'running', ${userId}, ${at}, ${userId}, ${at},
      to_char(now(), 'YYYY-MM')) RETURNING play_id::text AS id`.execute(db);
  await sql`
    INSERT INTO play_accounts (portal_id, play_id, account_id, enrolled_by, enrolled_at)
    SELECT ${portalId}::bigint, ${rows[0]?.id ?? ""}::uuid, account_id, ${userId}, ${at} FROM account_scores
    WHERE portal_id = ${portalId} ORDER BY score DESC NULLS LAST, account_id LIMIT 500`.execute(db);
}

/** Forty calls and emails in half a year for each account that holds a place in a tier, half of them with one of its people. */
async function addTouches(db: Database): Promise<void> {
  const made = sql`tier_members m CROSS JOIN generate_series(1, 40) n WHERE m.portal_id = ${portalId} AND m.tier NOT IN ('out', 'excluded')`;
  const type = sql`CASE WHEN n % 4 < 2 THEN 'calls' ELSE 'emails' END`;
  const id = sql`(m.account_id || '00' || n)`;
  await sql`
    INSERT INTO crm_records (portal_id, object_type, object_id, properties, read_no)
    SELECT ${portalId}::bigint, ${type}, ${id}, jsonb_build_object('hs_timestamp',
      to_char((now() - n * interval '4 days 3 hours') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'hs_call_direction', 'OUTBOUND',
      'hs_call_status', 'COMPLETED', 'hs_email_direction', 'EMAIL', 'hs_email_status', 'SENT'), 1 FROM ${made}`.execute(
    db,
  );
  await sql`
    INSERT INTO crm_links (portal_id, from_type, from_id, to_type, to_id)
    SELECT ${portalId}::bigint, ${type}, ${id}, CASE WHEN n % 2 = 0 THEN 'companies' ELSE 'contacts' END,
      CASE WHEN n % 2 = 0 THEN m.account_id ELSE ((m.account_id::bigint + 100000000) * 10 + n % 8)::text END FROM ${made}`.execute(
    db,
  );
}

/** The tiers of today, kept for each of the last 200 days. */
async function addTierDays(db: Database): Promise<void> {
  await sql`
    INSERT INTO tier_days (portal_id, day, tier, accounts)
    SELECT portal_id, to_char(now() - n * interval '1 day', 'YYYY-MM-DD'), tier, array_agg(account_id ORDER BY account_id)
    FROM tier_members CROSS JOIN generate_series(0, 199) n WHERE portal_id = ${portalId} AND tier NOT IN ('out', 'excluded')
    GROUP BY portal_id, tier, n ON CONFLICT DO NOTHING`.execute(db);
}
