import { asPortalId, type PortalId } from "@touchstone/shared/ids.ts";
import { readStoreConfig } from "./config.ts";
import { type Database, openDatabase } from "./db/database.ts";
import { countKeptScores } from "./db/kept-scores.ts";
import { BadRequest } from "./errors.ts";
import { findDatabase } from "./find-database.ts";
import { createLogger } from "./logger.ts";
import { type Replay, replayScore, replayScores } from "./models/replay-scores.ts";
import { readArguments, runTool } from "./run-tool.ts";

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
  const { portal, account, at, all } = readWishes();
  const { db, close } = openDatabase(await findReadOnly(), createLogger("error"), 2);
  try {
    return all ? await replayAll(db, portal) : await replayOne(db, portal, account, at);
  } finally {
    await close();
  }
}

type Wishes =
  | { portal: PortalId; all: true; account?: undefined; at?: undefined }
  | { portal: PortalId; all: false; account: string; at: number | "latest" };

function readWishes(): Wishes {
  const text = { type: "string" } as const;
  const options = { portal: text, account: text, at: text, all: { type: "boolean" } } as const;
  const { values: given, positionals } = readArguments(options, usage);
  if (positionals.length > 0) throw new BadRequest(`"${positionals[0]}" is not understood.\n${usage}`);
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

/** The session cannot write, whatever the account of the database may do. */
async function findReadOnly(): Promise<string> {
  const url = new URL(await findDatabase(readStoreConfig()));
  url.searchParams.set("options", "-c default_transaction_read_only=on");
  return url.href;
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

await runTool(usage, main);
