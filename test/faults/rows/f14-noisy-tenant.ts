import { percentile } from "../../bench/support/figures.ts";
import { type WriteWatch, watchWrites } from "../../bench/sync/watch-writes.ts";
import { companyIdAt, plainPortal } from "../../support/plain-portal.ts";
import type { PortalAtWork } from "../../support/portal-at-work.ts";
import { atLeast, count, type Figures, none, worst } from "../figures.ts";
import { settle } from "../parts/settle.ts";
import type { Stage } from "../parts/stage.ts";
import { withStage } from "../parts/with-stage.ts";
import type { Row, Trial } from "../row.ts";
import { backends } from "../size.ts";

const eventsOfNoise = 60_000;
const full = { others: 99, seconds: 60 } as const;
const companiesEach = 3;
const noisyCompanies = 1_000;
/**
 * How often something changes in each of the others: ten a second in all. Twenty are what two cores can do, and quiet must be quiet:
 * else it is the size of the machine that is measured, not who keeps whom waiting.
 */
const everyMs = 10_000;
const installsAtOnce = 4;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** One tenant of a hundred is flooded with events. The others must not feel it from the change to the result in HubSpot. */
export const f14: Row = {
  name: "F14",
  description: "60,000 events of one tenant among a hundred, change to written for the others",
  seeds: 1,
  backends,
  // Events gather as in production: how long is a part of what is measured.
  run: (trial) => withStage(trial, { env: { SETTLE_MS: "500" } }, (stage) => flood(stage, trial)),
};

interface Other {
  readonly portal: PortalAtWork;
  readonly watch: WriteWatch;
}

async function flood(stage: Stage, { size, clean, patienceMs }: Trial): Promise<Figures> {
  const others = Math.ceil(full.others * Math.sqrt(size.faults));
  const seconds = Math.ceil(full.seconds * size.faults);
  const events = Math.ceil(eventsOfNoise * size.faults);
  const add = (portalId: number, companies: number) => {
    stage.standIn.addPortal(plainPortal({ portalId, companies, peopleEach: 1, nowAt: clean.nowAt }));
    return stage.portal(portalId);
  };
  const noisy = add(4_718_000, noisyCompanies);
  const quiet = Array.from({ length: others }, (_, n) => add(4_718_001 + n, companiesEach));
  const waiting = [noisy, ...quiet];
  const install = async () => {
    for (let portal = waiting.shift(); portal; portal = waiting.shift()) await portal.install();
  };
  await Promise.all(Array.from({ length: installsAtOnce }, install));
  const before = await watchOthers(stage, quiet, seconds, async () => undefined, patienceMs);
  const during = await watchOthers(stage, quiet, seconds, () => makeNoise(noisy, events, seconds), patienceMs);
  const [idle, busy] = [percentile(before.delays, 0.99), percentile(during.delays, 0.99)];
  return {
    tenants: count(others + 1),
    "events of the noisy one": count(events),
    "changes of the others": atLeast(during.delays.length, 1),
    "never written": none(before.unwritten + during.unwritten),
    "p99 ms in quiet": { value: Math.round(idle), across: "most" },
    "p99 ms in noise": { value: Math.round(busy), across: "most" },
    "p99 in noise per p99 in quiet": worst(busy / idle, 2),
  };
}

async function makeNoise({ crm }: PortalAtWork, events: number, seconds: number): Promise<void> {
  const slices = seconds * 10;
  let made = 0;
  for (let slice = 1; slice <= slices; slice++) {
    for (const end = (slice * events) / slices; made < end; made++) {
      const employees = String(20 + Math.floor(made / noisyCompanies));
      crm.update("companies", companyIdAt(made % noisyCompanies), { numberofemployees: employees });
    }
    await sleep(100);
  }
}

async function watchOthers(
  stage: Stage,
  portals: readonly PortalAtWork[],
  seconds: number,
  beside: () => Promise<void>,
  patienceMs: number,
): Promise<{ delays: readonly number[]; unwritten: number }> {
  const others: Other[] = portals.map((portal) => ({
    portal,
    watch: watchWrites({ standIn: stage.standIn, portalId: portal.portalId }),
  }));
  const running = beside();
  const endAt = performance.now() + seconds * 1000;
  for (let n = 0; performance.now() < endAt; n++) {
    const other = others[n % others.length];
    if (other) change(other, Math.floor(n / others.length) % companiesEach);
    await sleep(everyMs / others.length);
  }
  await running;
  await settle(stage, patienceMs);
  const outcomes = others.map(({ watch }) => watch.stop());
  return {
    delays: outcomes.flatMap(({ delays }) => delays),
    unwritten: outcomes.reduce((sum, { unwritten }) => sum + unwritten, 0),
  };
}

/** To and fro, so that every change moves the score. */
function change({ portal, watch }: Other, company: number): void {
  const id = companyIdAt(company);
  const grows = portal.crm.get("companies", id)?.properties.numberofemployees !== "700";
  watch.changed(id);
  portal.crm.update("companies", id, {
    numberofemployees: grows ? "700" : "30",
    industry: grows ? "COMPUTER_SOFTWARE" : "",
  });
}
