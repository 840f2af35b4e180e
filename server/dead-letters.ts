import { asPortalId, type PortalId } from "@touchstone/shared/ids.ts";
import { readStoreConfig } from "./config.ts";
import { type Database, openDatabase } from "./db/database.ts";
import { countLetters, type DeadLetter, discardLetters, type LetterChoice, listLetters } from "./db/dead-letters.ts";
import { BadRequest, PortalDisconnected } from "./errors.ts";
import { findDatabase } from "./find-database.ts";
import { replayDeadLetters } from "./intake/replay-dead-letters.ts";
import { createLogger } from "./logger.ts";
import { openQueue } from "./queue/queue.ts";
import { readArguments, runTool } from "./run-tool.ts";

/** `npm run dead-letters`: what was laid aside after all its attempts, to be looked at, done again or forgotten. */
const usage = `Work that failed again and again is laid aside as a dead letter: a record that could not be read, an account that
could not be scored.

Use: npm run dead-letters -- list    [--portal ID] [--kind record|account] [--limit N]
     npm run dead-letters -- show    --portal ID [--kind record|account] [--subject TYPE:ID|ID]
     npm run dead-letters -- replay  [--portal ID] [--kind record|account] [--subject TYPE:ID|ID]
     npm run dead-letters -- discard --portal ID|--all [--kind record|account] [--subject TYPE:ID|ID]

replay marks the work again and wakes it; the letter goes, and comes back if the work fails again. Doing it twice does no harm.
The database is DATABASE_URL, or the one of a running Touchstone in DATA_DIR; the queue is REDIS_URL, or in the database.
Exit: 0 done; 1 not done, or nothing found to show or replay where a subject was named.`;
const mostListed = 1_000;

const say = (text: string) => void process.stdout.write(`${text}\n`);

interface Wish {
  readonly action: "list" | "show" | "replay" | "discard";
  readonly portal: PortalId | null;
  readonly choice: LetterChoice;
  readonly limit: number;
}

async function main(): Promise<number> {
  const wish = readWish();
  if (wish === "help") {
    say(usage);
    return 0;
  }
  const stores = readStoreConfig();
  const databaseUrl = await findDatabase(stores);
  const { db, close } = openDatabase(databaseUrl, createLogger("error"), 2);
  try {
    if (wish.action === "replay") return await replay(db, { ...stores, databaseUrl }, wish);
    if (wish.action === "discard") return await discard(db, wish);
    return wish.action === "show" ? await show(db, wish) : await list(db, wish);
  } finally {
    await close();
  }
}

function readWish(): Wish | "help" {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const options = { portal: text, kind: text, subject: text, limit: text, all: flag, help: flag } as const;
  const { values: given, positionals } = readArguments(options, usage);
  if (given.help || positionals.length === 0) return "help";
  const refuse = (why: string) => new BadRequest(`${why}\n${usage}`);
  const action = (["list", "show", "replay", "discard"] as const).find((one) => one === positionals[0]);
  if (!action || positionals.length > 1) throw refuse(`"${positionals.join(" ")}" is not understood.`);
  const kind = (["record", "account"] as const).find((one) => one === given.kind);
  if (given.kind !== undefined && !kind) throw refuse(`--kind is record or account, not "${given.kind}".`);
  if (given.portal !== undefined && !/^\d{1,15}$/.test(given.portal))
    throw refuse("--portal needs the id of a portal.");
  if (given.limit !== undefined && !/^[1-9]\d{0,3}$/.test(given.limit)) throw refuse("--limit is 1 to 9999.");
  const portal = given.portal === undefined ? null : asPortalId(Number(given.portal));
  if (action === "show" && portal === null) throw refuse("show needs a --portal.");
  if (action === "discard" && (portal === null) !== (given.all === true))
    throw refuse("discard forgets work for good: name a --portal, or say --all for every portal.");
  return { action, portal, choice: { kind, subject: given.subject }, limit: Number(given.limit ?? 100) };
}

async function list(db: Database, { portal, choice, limit }: Wish): Promise<number> {
  const letters = await listLetters(db, portal, choice, limit);
  for (const letter of letters) say(line(letter));
  const counts = await countLetters(db, portal, choice);
  const total = counts.reduce((sum, one) => sum + one.letters, 0);
  if (total > letters.length) say(`… and ${total - letters.length} more`);
  for (const { portalId, kind, letters: n } of counts) say(`portal ${portalId}: ${n} ${plural(kind, n)}`);
  if (total === 0) say("There are no dead letters.");
  return 0;
}

async function show(db: Database, { portal, choice }: Wish): Promise<number> {
  const letters = await listLetters(db, portal, choice, mostListed);
  for (const { portalId, kind, subject, attempts, diedAt, reason } of letters)
    say(
      `portal    ${portalId}\nkind      ${kind}\nsubject   ${subject}\nattempts  ${attempts}\n` +
        `laid aside ${diedAt.toISOString()}\nreason    ${reason}\n`,
    );
  if (letters.length === 0) say("There is no such dead letter.");
  return letters.length === 0 ? 1 : 0;
}

async function replay(
  db: Database,
  stores: { databaseUrl: string; redisUrl: string | null; leaseMs: number },
  { portal, choice }: Wish,
): Promise<number> {
  const counts = await countLetters(db, portal, choice);
  const portals = [...new Set(counts.map((one) => one.portalId))];
  if (portals.length === 0) {
    say("There are no such dead letters.");
    return choice.subject === undefined ? 0 : 1;
  }
  const queue = await openQueue(stores, createLogger("error"));
  let refused = 0;
  try {
    for (const portalId of portals) {
      const total = counts.filter((one) => one.portalId === portalId).reduce((sum, one) => sum + one.letters, 0);
      try {
        const replayed = await replayDeadLetters({ db, queue }, portalId, choice, (done) => {
          if (total > 1_000) process.stderr.write(`portal ${portalId}: ${done} of ${total}\n`);
        });
        say(`portal ${portalId}: ${replayed} marked again`);
      } catch (error) {
        if (!(error instanceof PortalDisconnected)) throw error;
        refused += 1;
        say(`portal ${portalId}: not connected, its ${total} stay`);
      }
    }
  } finally {
    await queue.close();
  }
  return refused > 0 ? 1 : 0;
}

async function discard(db: Database, { portal, choice }: Wish): Promise<number> {
  const portals =
    portal === null ? new Set((await countLetters(db, null, choice)).map((one) => one.portalId)) : [portal];
  for (const portalId of portals)
    say(`portal ${portalId}: ${await discardLetters(db, portalId, choice)} discarded, without their work being done`);
  return 0;
}

const line = ({ portalId, kind, subject, attempts, diedAt, reason }: DeadLetter) =>
  `${diedAt.toISOString()}  portal ${portalId}  ${kind} ${subject}  after ${attempts}: ${reason}`;
const plural = (kind: DeadLetter["kind"], count: number) => (count === 1 ? kind : `${kind}s`);

await runTool(usage, main);
