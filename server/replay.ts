import { parseArgs } from "node:util";
import { asPortalId, type PortalId } from "@touchstone/shared/ids.ts";
import { InvalidConfig, readDatabaseConfig } from "./config.ts";
import { type Database, openDatabase } from "./db/database.ts";
import { findEmbeddedDatabase } from "./db/find-embedded-database.ts";
import { countKeptScores } from "./db/kept-scores.ts";
import { AppError, BadRequest } from "./errors.ts";
import { createLogger } from "./logger.ts";
import { type Replay, replayScore, replayScores } from "./models/replay-scores.ts";

/**
 * `npm run replay`: makes kept scores again from their own snapshots and model versions, and says "identical" or shows the
 * first line that differs. Reads only. Exit 1 on any difference.
 */
const usage = `Use: npm run replay -- --portal ID --account ID [--at SNAPSHOT|latest]
     npm run replay -- --portal ID --all
The database is DATABASE_URL, or the one of a running Touchstone in DATA_DIR.`;
const mostShown = 20;
const progressEveryMs = 2_000;

const say = (text: string) => void process.stdout.write(`${text}\n`);

async function main(): Promise<number> {
  const { portal, account, at, all } = readArguments();
  const { db, close } = openDatabase(await findDatabase(), createLogger("error"), 2);
  try {
    return all ? await replayAll(db, portal) : await replayOne(db, portal, account, at);
  } finally {
    await close();
  }
}

type Arguments =
  | { portal: PortalId; all: true; account?: undefined; at?: undefined }
  | { portal: PortalId; all: false; account: string; at: number | "latest" };

function readArguments(): Arguments {
  const text = { type: "string" } as const;
  const given = parse({ portal: text, account: text, at: text, all: { type: "boolean" } });
  if (!/^\d{1,15}$/.test(given.portal ?? "")) throw new BadRequest(`--portal needs the id of a portal.\n${usage}`);
  const portal = asPortalId(Number(given.portal));
  if (given.all && given.account === undefined && given.at === undefined) return { portal, all: true };
  if (given.all || !/^\d{1,20}$/.test(given.account ?? "")) {
    throw new BadRequest(`Name an --account by its company id, or ask for --all.\n${usage}`);
  }
  const at = given.at ?? "latest";
  if (at !== "latest" && !/^\d{1,15}$/.test(at)) {
    throw new BadRequest(`--at ${at} is no snapshot number: give one, or "latest".\n${usage}`);
  }
  return { portal, all: false, account: given.account ?? "", at: at === "latest" ? at : Number(at) };
}

function parse<Options extends NonNullable<Parameters<typeof parseArgs>[0]>["options"]>(options: Options) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new BadRequest(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

/** The session cannot write, whatever the account of the database may do. */
async function findDatabase(): Promise<string> {
  const { databaseUrl, dataDir } = readDatabaseConfig();
  const readOnly = (address: string) => {
    const url = new URL(address);
    url.searchParams.set("options", "-c default_transaction_read_only=on");
    return url.href;
  };
  if (databaseUrl) return readOnly(databaseUrl);
  const embedded = await findEmbeddedDatabase(dataDir);
  if (embedded.state === "running") return readOnly(embedded.url);
  throw new BadRequest(
    embedded.state === "stopped"
      ? `The database in ${dataDir} is not running. Start Touchstone ("npm start") and ask again, or set DATABASE_URL.`
      : `There is no database in ${dataDir}. Set DATABASE_URL, or DATA_DIR to the folder that Touchstone uses.`,
  );
}

async function replayOne(db: Database, portal: PortalId, account: string, at: number | "latest"): Promise<number> {
  const replay = await replayScore(db, portal, account, at);
  for (const line of describe(replay)) say(line);
  return replay.outcome === "different" ? 1 : 0;
}

async function replayAll(db: Database, portal: PortalId): Promise<number> {
  const total = await countKeptScores(db, portal);
  const counts = { identical: 0, different: 0, erased: 0 };
  let done = 0;
  let saidAt = performance.now();
  for await (const replay of replayScores(db, portal)) {
    counts[replay.outcome] += 1;
    done += 1;
    if (replay.outcome === "different" && counts.different <= mostShown) for (const line of describe(replay)) say(line);
    if (performance.now() - saidAt < progressEveryMs) continue;
    saidAt = performance.now();
    process.stderr.write(`${done} of ${total} scores\n`);
  }
  if (counts.different > mostShown) say(`… and ${counts.different - mostShown} more that differ`);
  say(
    `${done} scores: ${counts.identical} identical, ${counts.different} different, ${counts.erased} erased with a person`,
  );
  return counts.different > 0 ? 1 : 0;
}

function describe({ accountId, snapshotNo, outcome, models, differences }: Replay): string[] {
  const head = `account ${accountId}, snapshot ${snapshotNo}`;
  if (outcome === "identical") return [`${head}: identical (${models.join(", ")})`];
  if (outcome === "erased") return [`${head}: its snapshot named a person who was erased, so it cannot be made again`];
  return differences.map((difference) => `${head}: ${difference}`);
}

/** Faults that the operator can repair. None names the address, which holds a password. */
function plainWords(error: unknown): string | null {
  if (error instanceof AppError) return error.publicMessage;
  if (error instanceof InvalidConfig) return error.message;
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ECONNREFUSED" || code === "ENOTFOUND") return "The database does not answer at its address.";
  if (code === "28P01" || code === "3D000") return "The database refuses the user, the password or the name.";
  if (code === "42P01") return "The database has no tables of this version: start Touchstone on it once.";
  return null;
}

try {
  process.exitCode = await main();
} catch (error) {
  const plain = plainWords(error);
  if (plain === null) throw error;
  process.stderr.write(`${plain}\n`);
  process.exitCode = 1;
}
