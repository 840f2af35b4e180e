import { askDatabase } from "../../support/ask-database.ts";
import { companyIdAt, personIdAt, plainPortal } from "../../support/plain-portal.ts";
import type { PortalAtWork } from "../../support/portal-at-work.ts";
import { atLeast, count, type Figures, none } from "../figures.ts";
import { compareOutcomes, type Outcome, readOutcome } from "../parts/outcome.ts";
import { runDeadLetters } from "../parts/run-dead-letters.ts";
import { settle } from "../parts/settle.ts";
import type { Stage } from "../parts/stage.ts";
import { stepRefusals, stepTime } from "../parts/step-time.ts";
import { withStage } from "../parts/with-stage.ts";
import type { Row, Trial } from "../row.ts";
import { backends } from "../size.ts";

/** In one trial of each kind: five seeds on two backends make 100 of each, and as many that are read. */
const poisonEach = 10;
const companies = 100;
const patienceMs = 120_000;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Places of the poison among the records of the portal; the rest is healthy. */
interface Poison {
  /** Accounts whose stored company is no object, so that the scorer throws. */
  readonly accounts: readonly number[];
  /** People whom HubSpot refuses to have read, with all that stands in one request with them. */
  readonly reads: readonly number[];
  /** Companies that HubSpot refuses to have written, likewise. */
  readonly writes: readonly number[];
}

/** Work that can never be done: it is laid aside with its reason, holds up nobody, and is done once it can be. */
export const f13: Row = {
  name: "F13",
  description: "poison accounts and poison rows",
  seeds: 5,
  backends,
  run: (trial) => withStage(trial, {}, (stage) => poison(stage, trial)),
};

async function poison(stage: Stage, trial: Trial): Promise<Figures> {
  const { seed, size, clean } = trial;
  const each = Math.ceil(poisonEach * size.faults);
  const places = (from: number) => Array.from({ length: each }, (_, n) => from + ((n + seed) % poisonEach));
  const plan: Poison = { accounts: places(0), reads: places(20), writes: places(40) };
  const portals = [4_716_000, 4_716_500].map((first) => addPortal(stage, first + seed, clean.nowAt));
  const [sick, sound] = portals;
  if (!sick || !sound) throw new Error("there are no portals");
  await Promise.all(portals.map((portal) => portal.install()));
  const healed = await breakRecords(stage, sick, plan);
  for (const portal of portals) change(portal);
  await untilLaidAside(stage, plan);
  const expected = await readOutcome(stage.databaseUrl, [sound], clean.nowAt);
  const others = without(expected, plan);
  const held = without(await readOutcome(stage.databaseUrl, [sick], clean.nowAt), plan);
  const unaffected = compareOutcomes(others, { ...held, faults: [] });
  const reasons = await readReasons(stage);
  await heal(stage, sick, healed);
  await settle(stage);
  const found = await readOutcome(stage.databaseUrl, [sick], clean.nowAt);
  const differences = compareOutcomes(expected, found);
  for (const reason of [...unaffected.reasons, ...differences.reasons].slice(0, 5)) trial.tell?.(`    ${reason}`);
  const left = await readReasons(stage);
  return {
    "poison accounts": count(plan.accounts.length),
    "poison reads": count(plan.reads.length),
    "poison writes": count(plan.writes.length),
    "others that differ": none(unaffected.scores),
    "laid aside with a reason": atLeast(reasons.length, 3 * each),
    "laid aside without one": none(reasons.filter((reason) => reason.trim() === "").length),
    "scores that differ after replay": none(differences.scores),
    contradictions: none(found.faults.length),
    "still laid aside": none(left.length),
  };
}

function addPortal({ standIn, portal }: Stage, portalId: number, nowAt: number): PortalAtWork {
  standIn.addPortal(plainPortal({ portalId, companies, peopleEach: 1, nowAt }));
  return portal(portalId);
}

/** Everybody changes; of the poison accounts only their people, or their companies would be read again and be well. */
function change({ crm }: PortalAtWork): void {
  for (let place = 0; place < companies; place++)
    crm.update("contacts", personIdAt(place), { jobtitle: place % 2 === 0 ? "Chief Technology Officer" : "VP Sales" });
  for (let place = poisonEach; place < companies; place++)
    crm.update("companies", companyIdAt(place), { numberofemployees: "700", industry: "COMPUTER_SOFTWARE" });
}

/** Returns what the records held before. */
async function breakRecords({ standIn, databaseUrl }: Stage, { portalId }: PortalAtWork, plan: Poison) {
  const own = `portal_id = $1 AND object_type = 'companies' AND object_id = ANY($2::text[])`;
  const key = [portalId, plan.accounts.map(companyIdAt)];
  const before = await askDatabase<{ id: string; properties: object }>(
    databaseUrl,
    `SELECT object_id AS id, properties FROM crm_records WHERE ${own}`,
    key,
  );
  await askDatabase(databaseUrl, `UPDATE crm_records SET properties = 'null' WHERE ${own}`, key);
  const refuse = (path: string, ids: readonly string[]) =>
    standIn.faults.add({ kind: "refuseBatch", path, portalId, ids, times: Number.MAX_SAFE_INTEGER });
  refuse("/contacts/batch/read", plan.reads.map(personIdAt));
  refuse("/companies/batch/update", plan.writes.map(companyIdAt));
  return before;
}

/** The poison is tried again and again until it is given up; nothing else may be left by then. */
async function untilLaidAside({ databaseUrl, standIn }: Stage, plan: Poison): Promise<void> {
  await standIn.webhooks.settled();
  const endAt = Date.now() + patienceMs;
  for (;;) {
    await stepTime(databaseUrl);
    const [row] = await askDatabase<Record<"accounts" | "reads" | "writes" | "waiting", number>>(
      databaseUrl,
      `SELECT (SELECT count(*) FROM dead_letters WHERE kind = 'account')::int AS accounts,
         (SELECT count(*) FROM dead_letters WHERE kind = 'record')::int AS reads,
         (SELECT count(*) FROM write_failures)::int AS writes,
         ((SELECT count(*) FROM stale_records) + (SELECT count(*) FROM dirty_accounts) + (SELECT count(*) FROM account_scores
           WHERE output IS DISTINCT FROM written AND output IS DISTINCT FROM refused))::int AS waiting`,
    );
    const done = (["accounts", "reads", "writes"] as const).every((kind) => (row?.[kind] ?? 0) >= plan[kind].length);
    if (done && row?.waiting === 0) return;
    if (Date.now() > endAt) throw new Error(`not laid aside: ${JSON.stringify(row)}`);
    await sleep(500);
  }
}

async function readReasons({ databaseUrl }: Stage): Promise<string[]> {
  const rows = await askDatabase<{ reason: string }>(
    databaseUrl,
    "SELECT reason FROM dead_letters UNION ALL SELECT category || message AS reason FROM write_failures",
  );
  return rows.map(({ reason }) => reason);
}

function without(outcome: Outcome, plan: Poison): Outcome {
  const poisoned = new Set([...plan.accounts, ...plan.reads, ...plan.writes].map((place) => `0/${companyIdAt(place)}`));
  return { ...outcome, accounts: new Map([...outcome.accounts].filter(([key]) => !poisoned.has(key))) };
}

/** The cause is repaired, and an operator has the work done again. */
async function heal(
  stage: Stage,
  { portalId }: PortalAtWork,
  records: readonly { id: string; properties: object }[],
): Promise<void> {
  stage.standIn.faults.clear();
  for (const { id, properties } of records)
    await askDatabase(
      stage.databaseUrl,
      `UPDATE crm_records SET properties = $3 WHERE portal_id = $1 AND object_type = 'companies' AND object_id = $2`,
      [portalId, id, JSON.stringify(properties)],
    );
  await runDeadLetters(stage, "replay", "--portal", String(portalId));
  const endAt = Date.now() + patienceMs;
  for (;;) {
    await stepRefusals(stage.databaseUrl);
    if ((await readReasons(stage)).length === 0) return;
    if (Date.now() > endAt) return;
    await sleep(1_000);
  }
}
