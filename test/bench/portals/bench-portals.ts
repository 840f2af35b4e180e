import { setTimeout as sleep } from "node:timers/promises";
import { burstChanges } from "../../support/burst.ts";
import { companyIdAt, plainPortal } from "../../support/plain-portal.ts";
import type { PortalAtWork } from "../../support/portal-at-work.ts";
import { percentile, say, verdict } from "../support/figures.ts";
import { answerMs, type BenchWorld, startBenchWorld } from "../sync/start-bench-world.ts";
import { type WriteWatch, watchWrites } from "../sync/watch-writes.ts";

/**
 * Fifty portals on one server, each with a change every five seconds. Then one of them imports: what do the other 49 feel, from
 * the change in HubSpot to the result that stands there?
 */
const goal = 2;
const busyPortalId = 4_712_000;
const companiesEach = 10;
const everyMs = 5_000;

const sizes = {
  quick: { others: 49, seconds: 15, busyCompanies: 200 },
  usual: { others: 49, seconds: 60, busyCompanies: 1_000 },
} as const;

interface Quiet {
  readonly portal: PortalAtWork;
  readonly watch: WriteWatch;
}

export async function benchPortals(isQuick: boolean): Promise<void> {
  const size = isQuick ? sizes.quick : sizes.usual;
  const world = await startBenchWorld({ portalId: busyPortalId, companies: size.busyCompanies, peopleEach: 8 });
  try {
    const portals = await installAll(world, size.others);
    say(
      `portals: ${portals.length + 1} on one server; a change every ${everyMs / 1000} s in each, ${answerMs} ms an answer of HubSpot`,
    );
    await reportRest(world);
    const before = world.processorSeconds();
    const idle = await watchPhase(world, portals, size.seconds, async () => undefined);
    reportCost(before, world.processorSeconds(), idle.length);
    const busy = await watchPhase(world, portals, size.seconds, () => importContacts(world, size));
    report(idle, busy, portals.length);
  } finally {
    await world.stop();
  }
}

function report(idle: readonly number[], busy: readonly number[], others: number): void {
  const line = (delays: readonly number[]) =>
    `p50 ${Math.round(percentile(delays, 0.5))} ms, p99 ${Math.round(percentile(delays, 0.99))} ms (${delays.length} changes)`;
  const ratio = percentile(busy, 0.99) / percentile(idle, 0.99);
  say(`portals: change → written while nobody bursts ${line(idle)}`);
  say(`portals: the other ${others} while one imports ${line(busy)}`);
  say(`portals: p99 while one bursts / idle ${ratio.toFixed(2)}, goal ≤ ${goal}: ${verdict(ratio <= goal)}`);
}

type Cost = ReturnType<BenchWorld["processorSeconds"]>;

/** What fifty portals cost in which nothing happens. */
async function reportRest(world: BenchWorld): Promise<void> {
  const [before, seconds] = [world.processorSeconds(), 5];
  await sleep(seconds * 1000);
  const after = world.processorSeconds();
  const share = (part: keyof Cost) => (((after[part] - before[part]) / seconds) * 100).toFixed(0);
  say(`portals: at rest ${share("server")} + ${share("database")} % of a core (server + database)`);
}

function reportCost(before: Cost, after: Cost, changes: number): void {
  const each = (part: keyof Cost) => (((after[part] - before[part]) / changes) * 1000).toFixed(1);
  say(`portals: processor ${each("server")} + ${each("database")} ms a change (server + database)`);
}

async function installAll(world: BenchWorld, others: number): Promise<PortalAtWork[]> {
  const portals = Array.from({ length: others }, (_, n) =>
    world.addPortal(
      plainPortal({ portalId: busyPortalId + 1 + n, companies: companiesEach, peopleEach: 1, nowAt: Date.now() }),
    ),
  );
  const waiting: PortalAtWork[] = [world, ...portals];
  const install = async () => {
    for (let portal = waiting.shift(); portal; portal = waiting.shift()) await portal.install();
  };
  await Promise.all(Array.from({ length: 5 }, install));
  return portals;
}

/** Changes in the quiet portals, spread evenly; `beside` runs meanwhile. Delays of all of them. */
async function watchPhase(
  world: BenchWorld,
  portals: readonly PortalAtWork[],
  seconds: number,
  beside: () => Promise<void>,
): Promise<number[]> {
  const quiet: Quiet[] = portals.map((portal) => ({ portal, watch: watchWrites({ ...world, ...portal }) }));
  let over = false;
  const running = beside();
  const endAt = performance.now() + seconds * 1000;
  for (let n = 0; performance.now() < endAt && !over; n++) {
    const one = quiet[n % quiet.length];
    if (!one) break;
    change(one, Math.floor(n / quiet.length) % companiesEach);
    await sleep(everyMs / quiet.length);
  }
  over = true;
  await Promise.all(portals.map((portal) => portal.settled()));
  const outcomes = quiet.map(({ watch }) => watch.stop());
  const unwritten = outcomes.reduce((sum, outcome) => sum + outcome.unwritten, 0);
  if (unwritten > 0) throw new Error(`${unwritten} changes were never written`);
  await running;
  await world.settled();
  return outcomes.flatMap((outcome) => outcome.delays);
}

/** Another value each time, so that every change moves the score. */
function change({ portal, watch }: Quiet, company: number): void {
  const id = companyIdAt(company);
  const grows = portal.crm.get("companies", id)?.properties.numberofemployees !== "700";
  watch.changed(id);
  portal.crm.update("companies", id, {
    numberofemployees: grows ? "700" : "30",
    industry: grows ? "COMPUTER_SOFTWARE" : "",
  });
}

/** As many changes as an import makes, over the whole phase. */
async function importContacts(
  world: BenchWorld,
  { seconds, busyCompanies }: { seconds: number; busyCompanies: number },
): Promise<void> {
  const changes = burstChanges(world.crm, { companies: busyCompanies, peopleEach: 8, nowAt: Date.now() });
  const slices = seconds * 10;
  const each = Math.ceil(changes.length / slices);
  for (let from = 0; from < changes.length; from += each) {
    for (const play of changes.slice(from, from + each)) play();
    await sleep(100);
  }
}
