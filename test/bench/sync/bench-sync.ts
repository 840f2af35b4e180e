import { setTimeout as sleep } from "node:timers/promises";
import { installApp } from "../../../hubspot-stand-in/demo/install-app.ts";
import { askDatabase } from "../../support/ask-database.ts";
import { companyIdAt } from "../../support/plain-portal.ts";
import type { World } from "../../support/world.ts";
import { percentile, say, verdict } from "../support/figures.ts";
import { answerMs, readMetric, startBenchWorld } from "./start-bench-world.ts";
import { watchWrites } from "./watch-writes.ts";

interface Size {
  readonly companies: number;
  readonly trickleSeconds: number;
  readonly importSeconds: number;
}
const usual: Size = { companies: 3_000, trickleSeconds: 40, importSeconds: 60 };
const quick: Size = { companies: 1_500, trickleSeconds: 8, importSeconds: 12 };
const peopleEach = 8;
/** 10,000 contacts of 2,500 accounts in 60 s (performance.md §4.2). */
const contactsPerSecond = 10_000 / 60;
const contactsEach = 4;
const goals = { p50Ms: 2_000, p99Ms: 3_000, backfillP99Ms: 30_000, requestsPer1000: 20 } as const;

/** What a change costs in requests and time until its result stands in HubSpot: while the portal is read, at rest, during an import. */
export async function benchSync(isQuick: boolean): Promise<void> {
  const size = isQuick ? quick : usual;
  const world = await startBenchWorld({ portalId: 4_711_901, companies: size.companies, peopleEach });
  try {
    say(`sync: ${size.companies} companies, ${size.companies * peopleEach} people, ${answerMs} ms an answer`);
    await duringBackfill(world, size);
    await world.settled();
    await atRest(world, size);
    await duringImport(world, size);
  } finally {
    await world.stop();
  }
}

/** Another value each time, so that every change moves the score. */
function resize(world: World, index: number): void {
  const id = companyIdAt(index);
  const employees = world.crm.get("companies", id)?.properties.numberofemployees === "700" ? "30" : "700";
  world.crm.update("companies", id, {
    numberofemployees: employees,
    industry: employees === "700" ? "COMPUTER_SOFTWARE" : "",
  });
}

async function duringBackfill(world: World, { companies }: Size): Promise<void> {
  const watch = watchWrites(world);
  await installApp(world.appUrl, world.portalId);
  await world.until("the first pages are read", async () => ((await world.app.status()).backfill?.done ?? 0) > 500);
  // Spread over the portal: some are read already, some not.
  const step = Math.floor(companies / 40);
  for (let n = 0; n < 40 && (await isAtWork(world)); n++) {
    watch.changed(companyIdAt(n * step));
    resize(world, n * step);
    await sleep(500);
  }
  await untilWritten(world);
  report("while the portal is read", watch.stop(), null, goals.backfillP99Ms);
}

const isAtWork = async (world: World): Promise<boolean> => {
  const { status, scored, written, accounts } = await world.app.status();
  return status !== "ready" || scored < accounts || written < scored;
};

async function untilWritten(world: World): Promise<void> {
  await world.standIn.webhooks.settled();
  for (let waits = true; waits; ) {
    await sleep(500);
    const { waitingAccounts, waitingRecords } = await world.app.status();
    waits = waitingAccounts + waitingRecords > 0 || (await isAtWork(world));
  }
}

async function atRest(world: World, { trickleSeconds }: Size): Promise<void> {
  const watch = watchWrites(world);
  for (let n = 0; n < trickleSeconds * 2; n++) {
    watch.changed(companyIdAt(n));
    resize(world, n);
    await sleep(500);
  }
  await untilWritten(world);
  report("2 changes a second at rest", watch.stop(), goals.p50Ms, goals.p99Ms);
}

async function duringImport(world: World, { companies, importSeconds }: Size): Promise<void> {
  const before = { events: await countEvents(world), scored: await readMetric(world, "touchstone_scores_total") };
  world.standIn.requestLog.reset();
  const watch = watchWrites(world);
  const contacts = Math.round(contactsPerSecond * importSeconds);
  const startedAt = performance.now();
  for (let n = 0; n < contacts; n++) {
    const due = startedAt + (n / contactsPerSecond) * 1000;
    if (due > performance.now()) await sleep(due - performance.now());
    importContact(world, n, companies, watch.changed);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  await untilWritten(world);
  const events = (await countEvents(world)) - before.events;
  const rescored = (await readMetric(world, "touchstone_scores_total")) - before.scored;
  const requests = world.standIn.requestLog.total(world.portalId);
  const refused = world.standIn.requestLog.entries().filter(({ status }) => status === 429).length;
  report(
    `import of ${contacts} contacts, ${events} events in ${seconds.toFixed(0)} s`,
    watch.stop(),
    goals.p50Ms,
    goals.p99Ms,
  );
  const per1000 = (requests / events) * 1000;
  say(
    `    requests per 1,000 events: ${per1000.toFixed(1)} (${requests}, ${refused} × 429; goal ${goals.requestsPer1000}): ${verdict(per1000 <= goals.requestsPer1000)}`,
  );
  say(
    `    accounts rescored: ${rescored} for ${events} events of ${contacts} contacts: ${verdict(rescored < contacts)}`,
  );
}

/** People of one account follow each other, as in a file that was exported from somewhere. Each sends about six events. */
function importContact(world: World, n: number, companies: number, changed: (accountId: string) => void): void {
  const company = companyIdAt(Math.floor(n / contactsEach) % companies);
  const at = new Date(Date.now() - ((n % contactsEach) + 1) * 3_600_000).toISOString();
  changed(company);
  world.crm.create(
    "contacts",
    {
      jobtitle: "Chief Technology Officer",
      hs_buying_role: n % 2 === 0 ? "CHAMPION" : "DECISION_MAKER",
      hs_email_last_open_date: at,
    },
    [{ type: "companies", id: company, primary: true }],
  );
}

async function countEvents(world: World): Promise<number> {
  const [row] = await askDatabase<{ n: string }>(world.databaseUrl, "SELECT count(*) AS n FROM inbox_events");
  return Number(row?.n ?? 0);
}

function report(
  what: string,
  { delays, unwritten }: { readonly delays: readonly number[]; readonly unwritten: number },
  p50Goal: number | null,
  p99Goal: number,
): void {
  const [p50, p99] = [percentile(delays, 0.5), percentile(delays, 0.99)];
  const holds = (p50Goal === null || p50 <= p50Goal) && p99 <= p99Goal && delays.length > 0;
  const goal = `${p50Goal === null ? "" : `p50 ${p50Goal / 1000} s, `}p99 ${p99Goal / 1000} s`;
  say(
    `  ${what}: change → written p50 ${(p50 / 1000).toFixed(2)} s, p99 ${(p99 / 1000).toFixed(2)} s of ${delays.length} accounts (goal ${goal}): ${verdict(holds)}; ${unwritten} without a new result`,
  );
}
