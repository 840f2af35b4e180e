import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs, promisify } from "node:util";
import { asAccountId, asPortalId } from "@touchstone/shared/ids.ts";
import type { PreviewView } from "@touchstone/shared/models-api.ts";
import { sql } from "kysely";
import { type Database, openDatabase } from "../../server/db/database.ts";
import { startEmbeddedPostgres } from "../../server/db/embedded-postgres.ts";
import { migrate } from "../../server/db/migrate.ts";
import { addStarterModels } from "../../server/db/portal-models.ts";
import { createLogger } from "../../server/logger.ts";
import { previewModel } from "../../server/models/preview-model.ts";
import { defaultTiers } from "../../server/programme/tiers/load-tier-template.ts";
import { type CompiledModel, compileModel } from "../../server/scoring/compile-model.ts";
import { loadTemplate } from "../../server/scoring/load-template.ts";
import { orderSnapshot } from "../../server/scoring/order-snapshot.ts";
import { packProof } from "../../server/scoring/pack-proof.ts";
import { recordScore } from "../../server/scoring/record-score.ts";
import { benchNow, buildAccounts } from "./scoring/build-accounts.ts";

/**
 * What-if over a whole portal: `previewModel` on stored snapshots of 50 signals and 8 people each, on a PostgreSQL of its own.
 * The preview runs in a process of its own, so that its peak of memory is its own too.
 */
const portal = asPortalId(4_242);
const distinct = 2_000;
const signalsEach = 50;
const memoryLimitMb = 512;
const log = createLogger("error");
const run = promisify(execFile);

export interface WhatIfFigures {
  readonly accounts: number;
  readonly seconds: number;
  readonly accountsPerSecond: number;
  /** Of the process that scores, without the database's. */
  readonly processorSeconds: number;
  readonly peakMb: number;
  readonly moved: number;
  readonly progressLines: number;
  readonly answerKb: number;
}

/** Throws when not every account was scored, or more than 512 MB were needed. */
export async function runWhatIf(options: { accounts: number }): Promise<WhatIfFigures> {
  const folder = await mkdtemp(path.join(tmpdir(), "touchstone-what-if-"));
  const postgres = await startEmbeddedPostgres(folder, log);
  try {
    const { db, close } = openDatabase(postgres.url, log, 2);
    await migrate(db);
    await fillPortal(db, options.accounts);
    await close();
    const { stdout } = await run(process.execPath, ["--no-warnings", import.meta.filename, "--database", postgres.url]);
    const figures: WhatIfFigures = JSON.parse(stdout);
    if (figures.accounts !== options.accounts) throw new Error(`only ${figures.accounts} accounts were scored`);
    if (figures.peakMb > memoryLimitMb) throw new Error(`what-if needed ${figures.peakMb} MB`);
    return figures;
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

export const describeWhatIf = (figures: WhatIfFigures): string =>
  `what-if: ${figures.accounts} stored accounts in ${figures.seconds} s = ${figures.accountsPerSecond} accounts/s ` +
  `(${figures.processorSeconds} s of processor time), ` +
  `peak ${figures.peakMb} MB (limit ${memoryLimitMb}), ${figures.moved} change tier, ` +
  `${figures.progressLines} reports of progress, answer ${figures.answerKb} kB`;

/** Some accounts are scored here and multiplied by the database, each a row of its own. */
async function fillPortal(db: Database, accounts: number): Promise<void> {
  const models = [starter("playbook-100"), starter("readiness-10")];
  await addStarterModels(db, portal, models);
  const [priority, readiness] = models.map(({ document }) => compileModel(document));
  if (!priority || !readiness) throw new Error("a model is missing");
  const proofs = buildAccounts(Math.min(distinct, accounts), signalsEach).map((snapshot) => {
    const ordered = orderSnapshot(snapshot);
    const score = (model: CompiledModel) => recordScore(ordered, model, benchNow);
    return packProof({
      snapshot: { ...snapshot, accountId: accountMark },
      priority: score(priority),
      readiness: score(readiness),
    });
  });
  await sql`CREATE TABLE made (n serial PRIMARY KEY, proof text NOT NULL)`.execute(db);
  for (let at = 0; at < proofs.length; at += 200) {
    await sql`INSERT INTO made (proof) SELECT unnest(${proofs.slice(at, at + 200)}::text[])`.execute(db);
  }
  for (let at = 0; at < accounts; at += proofs.length) {
    await sql`
      INSERT INTO account_scores (portal_id, account_id, snapshot_no, proof, models, scored_at, output, written)
      SELECT ${portal}::bigint, (${at}::int + n)::text, 1, replace(proof, ${accountMark}, (${at}::int + n)::text),
        'playbook-100 v1, readiness-10 v1', ${benchNow}::bigint, '{}', '{}'
      FROM made WHERE ${at}::int + n <= ${accounts}`.execute(db);
  }
  await sql`
    INSERT INTO crm_records (portal_id, object_type, object_id, properties, read_no)
    SELECT ${portal}::bigint, 'companies', n::text, jsonb_build_object('name', 'Company ' || n), 1
    FROM generate_series(1, ${accounts}::int) AS n`.execute(db);
  await sql`ANALYZE`.execute(db);
}

/** Stands for the account's id until the database puts it in. */
const accountMark = asAccountId("account-id");

function starter(key: string) {
  const document = loadTemplate(key);
  if (!document) throw new Error(`the template ${key} is missing`);
  return { key, version: document.version, purpose: document.purpose, document };
}

/** The draft pays less for visits and more for size, and begins its tiers lower. */
function draft(): object {
  const model = structuredClone(starter("playbook-100").document);
  const from: Readonly<Record<string, number>> = { tier_3: 15, tier_2: 25, tier_1: 35 };
  for (const band of model.bands) band.from = from[band.key] ?? band.from;
  for (const criterion of model.criteria) if ("windowDays" in criterion) criterion.windowDays = 60;
  return model;
}

async function previewHere(url: string): Promise<WhatIfFigures> {
  const { db, close } = openDatabase(url, log, 2);
  let progressLines = 0;
  const [startedAt, used] = [performance.now(), process.cpuUsage()];
  const view: PreviewView = await previewModel(
    { db, now: () => benchNow },
    portal,
    { model: draft() },
    {
      tierCaps: defaultTiers.tiers.map(({ key, cap }) => ({ tier: key, cap })),
      timeLimitMs: 10 * 60_000,
      onProgress: () => {
        progressLines += 1;
      },
    },
  );
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(used);
  await close();
  return {
    accounts: view.complete ? view.scored : 0,
    seconds: Math.round(seconds * 10) / 10,
    accountsPerSecond: Math.round(view.scored / seconds),
    processorSeconds: Math.round((user + system) / 1e5) / 10,
    // In kilobytes on Linux: the most that this process ever held.
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
    moved: view.moved,
    progressLines,
    answerKb: Math.round(JSON.stringify(view).length / 1024),
  };
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { accounts: { type: "string" }, database: { type: "string" } } });
  if (values.database) process.stdout.write(JSON.stringify(await previewHere(values.database)));
  else {
    const figures = await runWhatIf({ accounts: Number(values.accounts ?? 100_000) });
    process.stdout.write(`${describeWhatIf(figures)}\n`);
  }
}
