import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { appFromProject } from "./app-from-project.ts";
import { findPort, newTokenKeys, startAppProcess } from "./demo/app-process.ts";
import { createAppAsker } from "./demo/ask-app.ts";
import { buildExtensions } from "./demo/build-extensions.ts";
import { chooseSeed } from "./demo/choose-seed.ts";
import { type DemoOptions, DemoUsageError, demoUsage, readDemoOptions } from "./demo/demo-options.ts";
import { eventsHeader, formatEvent } from "./demo/format-events.ts";
import { installApp } from "./demo/install-app.ts";
import { judgeShowcase } from "./demo/judge-showcase.ts";
import { mountPages } from "./demo/mount-pages.ts";
import { nameOnlooker } from "./demo/name-onlooker.ts";
import { playEvents } from "./demo/play-events.ts";
import { progressBar, waitForScores } from "./demo/wait-for-scores.ts";
import { ImportLimitError } from "./seed/csv/import-limit-error.ts";
import { showcase } from "./seed/showcase.ts";
import { createStandIn, type StandIn } from "./stand-in.ts";

const root = path.resolve(import.meta.dirname, "..");
const projectDir = path.join(root, "hubspot-project");
/** `--once` has a folder of its own, so that it never takes the database from under a demo that is running. */
const folderOf = (options: DemoOptions) => path.join(root, ".demo", options.once ? `once-${process.pid}` : "kept");
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Everything on this machine: a HubSpot stand-in with a portal, the app as its own process, installed and scored. */
async function demo(options: DemoOptions): Promise<number> {
  const dataDir = folderOf(options);
  if (options.fresh) await rm(path.join(dataDir, "app"), { recursive: true, force: true });
  await mkdir(path.join(dataDir, "app"), { recursive: true });
  const seed = await chooseSeed(options, dataDir, say);
  const { portalId } = seed.portal;
  const appPort = await findPort(options.once ? 0 : options.port + 1);
  const appUrl = `http://127.0.0.1:${appPort}`;
  const app = await appFromProject(projectDir, { apiOrigin: appUrl, publishActions: true }, credentials);
  const standIn = await createStandIn({ port: await findPort(options.once ? 0 : options.port), app });
  say("Building the cards and pages with HubSpot's bundler …");
  await mountPages(standIn, await buildExtensions(projectDir, path.join(dataDir, "extensions")), appUrl);
  say(`Filling the portal "${seed.portal.name}" …`);
  standIn.addPortal(seed);
  say("Starting the app: its own process, its own PostgreSQL …");
  const process_ = await startAppProcess({
    port: appPort,
    standInUrl: standIn.url,
    app,
    logFile: path.join(dataDir, "app.log"),
    env: { DATA_DIR: path.join(dataDir, "app"), TOKEN_KEYS: await keepTokenKeys(dataDir), ...queueFromEnvironment() },
  });
  try {
    await installAndScore(standIn, appUrl, portalId, options);
    if (options.once) return await playOnce(standIn, appUrl, portalId, path.join(dataDir, "app.log"));
    printLinks(standIn, appUrl, portalId);
    await untilInterrupted();
    return 0;
  } finally {
    say("Stopping …");
    await process_.stop();
    await standIn.stop();
    if (options.once) await rm(path.join(dataDir, "app"), { recursive: true, force: true });
  }
}

const credentials = { appId: 7_000_001, clientId: "touchstone-demo", clientSecret: "demo-secret-of-the-stand-in" };

/** Tokens in the kept database need the key of the run that made them. */
async function keepTokenKeys(dataDir: string): Promise<string> {
  const file = path.join(dataDir, "app", "token-keys");
  const kept = await readFile(file, "utf8").catch(() => null);
  if (kept) return kept;
  const keys = newTokenKeys();
  await writeFile(file, keys, { mode: 0o600 });
  return keys;
}

const queueFromEnvironment = (): Record<string, string> =>
  process.env.REDIS_URL ? { REDIS_URL: process.env.REDIS_URL } : {};

async function installAndScore(
  standIn: StandIn,
  appUrl: string,
  portalId: number,
  options: DemoOptions,
): Promise<void> {
  say("Installing the app by OAuth …");
  await installApp(appUrl, portalId);
  const asker = createAppAsker(standIn, appUrl, portalId);
  const startedAt = Date.now();
  let last = "";
  const status = await waitForScores(asker, options.size ? 4 * 3_600_000 : 600_000, (progress) => {
    const bar = progressBar(progress);
    if (bar !== last) process.stdout.write(process.stdout.isTTY ? `\r${bar.padEnd(110)}` : `${bar}\n`);
    last = bar;
  });
  if (process.stdout.isTTY) say("");
  await judgeShowcase(standIn, appUrl, portalId);
  await nameOnlooker(standIn, appUrl, portalId);
  await waitForScores(asker, 60_000, () => undefined);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  say(`${status.scored} accounts scored in ${seconds} s with ${standIn.requestLog.total(portalId)} HubSpot requests.`);
}

async function playOnce(standIn: StandIn, appUrl: string, portalId: number, logFile: string): Promise<number> {
  const companyIds = standIn
    .crm(portalId)
    .find("companies", {})
    .map((company) => company.id);
  say("");
  for (const line of eventsHeader()) say(line);
  const asker = createAppAsker(standIn, appUrl, portalId);
  const played = await playEvents(standIn, portalId, asker, companyIds, (event) => say(formatEvent(event)));
  const missing = played.filter((event) => event.seconds === null);
  say("");
  if (missing.length > 0)
    say(
      `Not visible within 30 s: ${missing.map((event) => event.label).join(", ")}. See ${path.relative(process.cwd(), logFile)}.`,
    );
  else
    say(
      `${played.length} kinds of event, every result seen on the card and in the portal. Figures are from a simulated portal.`,
    );
  return missing.length > 0 ? 1 : 0;
}

function printLinks(standIn: StandIn, appUrl: string, portalId: number): void {
  const record = (id: string) => `${standIn.url}/contacts/${portalId}/record/0-2/${id}`;
  const companies = standIn.crm(portalId).find("companies", {});
  const named = companies.some((company) => company.id === showcase.justUnderTier2.id);
  say("");
  say("Open in a browser (a stand-in for HubSpot on this machine, not HubSpot):");
  say(`  All companies    ${standIn.url}/`);
  say(`  The home page    ${standIn.url}/app/${portalId}/pages   who to call today, the week, the list, plays`);
  say(`  Settings         ${standIn.url}/app/${portalId}/settings   change the model: "Edit priority model"`);
  if (named) {
    say(`  Start here       ${record(showcase.justUnderTier2.id)}   press "A CTO books a demo"`);
    say(`  A sales-ready one ${record(showcase.hot.id)}`);
    say(`  An empty one     ${record(showcase.empty.id)}`);
  } else if (companies[0]) {
    say(`  A company        ${record(companies[0].id)}`);
  }
  say("  As somebody else at the top of each page: the admin, a rep, or somebody who may only look");
  say(`  Install page     ${appUrl}/oauth/install`);
  say(`  Health           ${appUrl}/readyz   metrics ${appUrl}/metrics   log .demo/kept/app.log`);
  say("");
  say("Ctrl-C stops everything. The database is kept in .demo; --fresh forgets it.");
}

function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

/** What a person can repair is said in a sentence; anything else with its stack. */
function plainMessageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof DemoUsageError || error instanceof ImportLimitError) return error.message;
  const { code, path: file } = error as NodeJS.ErrnoException;
  if (file && (code === "ENOENT" || code === "EACCES" || code === "EISDIR")) {
    return `${file} cannot be read (${code}). Nothing was started. Give the path of a CSV file, or see --help.`;
  }
  return error.stack ?? error.message;
}

try {
  const options = readDemoOptions(process.argv.slice(2));
  if (options === "help") say(demoUsage);
  else process.exitCode = await demo(options);
} catch (error) {
  process.stderr.write(`${plainMessageOf(error)}\n`);
  process.exitCode = 1;
}
process.exit();
