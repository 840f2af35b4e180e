import { createRandom, type Random } from "../../../hubspot-stand-in/seed/random.ts";
import { askDatabase } from "../../support/ask-database.ts";
import { companyIdAt, personIdAt, plainPortal } from "../../support/plain-portal.ts";
import type { PortalAtWork } from "../../support/portal-at-work.ts";
import { resizeAll } from "../../support/resize-all.ts";
import { atLeast, count, type Figures, none } from "../figures.ts";
import { findTraces } from "../parts/find-traces.ts";
import { settle } from "../parts/settle.ts";
import type { Stage } from "../parts/stage.ts";
import { withStage } from "../parts/with-stage.ts";
import type { Row, Trial } from "../row.ts";
import { backends } from "../size.ts";

/** In one trial of each: five seeds on two backends make 50. */
const leavingEach = 6;
const erasedEach = 6;
const companies = 60;
const patienceMs = 60_000;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Portals go, and people are erased, in the middle of everything that is done for them. */
export const f15: Row = {
  name: "F15",
  description: "portals leave and people are erased in mid-flight",
  seeds: 5,
  backends,
  run: (trial) => {
    const tokens = trial.seed % 2 === 0 ? { uninstallEndsAccessTokens: false } : {};
    const switches = { ...tokens, webhookDuplicates: true, webhookReorder: true };
    return withStage(trial, { switches }, (stage) => part(stage, trial));
  },
};

async function part(stage: Stage, trial: Trial): Promise<Figures> {
  const { seed, size, clean } = trial;
  const random = createRandom("F15", seed);
  const install = async (portalId: number) => {
    stage.standIn.addPortal(plainPortal({ portalId, companies, peopleEach: 2, nowAt: clean.nowAt }));
    const portal = stage.portal(portalId);
    await portal.install();
    return portal;
  };
  const leaving = Math.ceil(leavingEach * size.faults);
  // Digits that stand nowhere by chance.
  const ids = Array.from({ length: leaving }, (_, n) => 837_461_000 + seed * 20 + n);
  const [staying, ...goers] = await Promise.all([837_469_000 + seed, ...ids].map(install));
  if (!staying) throw new Error("there is no portal");
  // What is read and written is under way for a while: the end falls in between.
  stage.standIn.faults.add({ kind: "slow", path: "/batch/", delayMs: 150, share: 0.6, times: 100_000 });
  const [written, names] = await Promise.all([
    Promise.all(goers.map((portal, n) => leave(stage, portal, waysToLeave[(seed + n) % 3] ?? "deleted", random))),
    erasePeople(staying, Math.ceil(erasedEach * size.faults), random),
  ]);
  stage.standIn.faults.clear();
  await untilGone(stage, ids);
  await settle(stage);
  const people = Array.from({ length: names.length }, (_, n) => personIdAt(n));
  const late = await sendLate(stage, staying, people);
  await settle(stage);
  const traces = await findTraces(stage, ids.map(String));
  const known = await findTraces(stage, [...people, ...names]);
  const left = traces.filter((trace) => !isQueueLog.test(trace));
  const told = countTold(staying, names);
  for (const trace of [...left, ...known].slice(0, 8)) trial.tell?.(`    ${trace}`);
  return {
    "portals that left": count(goers.length),
    "people erased": count(people.length),
    "late events about people": atLeast(late, people.length),
    "writes after it": none(written.reduce((sum, n) => sum + n, 0)),
    "traces of portals": none(left.length),
    "portal numbers in the queue's log": count(traces.length - left.length),
    "traces of people": none(known.length),
    "names in HubSpot's records": none(told),
  };
}

/** The newest 10,000 wake-ups, by the number of the portal: a log of BullMQ's own that nothing reads. */
const isQueueLog = /(bullmq\.event|bull:touchstone:events)$/;
const waysToLeave = ["uninstalled", "disconnected", "deleted"] as const;

/** Returns how many of our writes HubSpot was sent after the product knew. */
async function leave(
  stage: Stage,
  portal: PortalAtWork,
  how: (typeof waysToLeave)[number],
  random: Random,
): Promise<number> {
  const { standIn } = stage;
  const { portalId } = portal;
  for (const employees of ["700", "30", "650"]) {
    resizeAll(portal.crm, companies, employees);
    await sleep(random.int(100, 500));
  }
  if (how === "disconnected") await disconnect(portal);
  else if (how === "uninstalled") standIn.uninstall(portalId);
  else standIn.removePortal(portalId);
  const knownAt = await untilKnown(stage, portalId);
  // Nothing more is known of it from here on; its data would stay for 30 days.
  await askDatabase(
    stage.databaseUrl,
    "UPDATE portals SET disconnected_at = now() - interval '31 days' WHERE portal_id = $1 AND status = 'disconnected'",
    [portalId],
  );
  await sleep(3_000);
  const isLate = ({ at, ms }: { at: number; ms: number }) => at - ms > knownAt;
  return standIn.requestLog
    .entries()
    .filter((entry) => entry.portalId === portalId && entry.path.endsWith("/batch/update") && isLate(entry)).length;
}

async function disconnect(portal: PortalAtWork): Promise<void> {
  const { status } = await portal.ask("/api/portal/disconnect", "POST", {});
  if (status !== 200) throw new Error(`disconnecting was answered with ${status}`);
}

/** Nobody tells us that we were uninstalled: the next call does, at the latest when the token ends. Returns when it was known. */
async function untilKnown({ databaseUrl, standIn }: Stage, portalId: number): Promise<number> {
  const endAt = Date.now() + patienceMs;
  for (;;) {
    const [row] = await askDatabase<{ status: string }>(
      databaseUrl,
      "SELECT status FROM portals WHERE portal_id = $1",
      [portalId],
    );
    if (!row || row.status === "disconnected") return standIn.clock.now();
    if (Date.now() > endAt) throw new Error(`portal ${portalId} is still ${row.status}`);
    await askSomething(databaseUrl, portalId);
    if (!standIn.faults.pending().some((plan) => plan.portalId === portalId))
      standIn.faults.add({ kind: "expireToken", portalId });
    await sleep(20);
  }
}

async function askSomething(databaseUrl: string, portalId: number): Promise<void> {
  await askDatabase(
    databaseUrl,
    `INSERT INTO stale_records (portal_id, object_type, object_id, needs) VALUES ($1, 'companies', $2, 1)
     ON CONFLICT DO NOTHING`,
    [portalId, companyIdAt(0)],
  );
}

/** Returns the names of those who were erased, each while they and their accounts were being scored. */
async function erasePeople({ crm }: PortalAtWork, howMany: number, random: Random): Promise<string[]> {
  const names: string[] = [];
  for (let person = 0; person < howMany; person++) {
    const name = `Needlina${person}q`;
    const id = personIdAt(person);
    names.push(name);
    crm.update("contacts", id, { firstname: name, lastname: `${name}son`, jobtitle: `Chief ${name} Officer` });
    await sleep(random.int(0, 600));
    resizeAll(crm, companies, person % 2 === 0 ? "700" : "30");
    crm.update("contacts", id, { hs_buying_role: "CHAMPION", lastname: `${name}dottir` });
    await sleep(random.int(0, 600));
    crm.privacyDelete(id);
  }
  return names;
}

/** Changes from before people were erased, told after nothing of them is left: no event is a reason to take somebody in. */
async function sendLate({ standIn }: Stage, { portalId }: PortalAtWork, people: readonly string[]): Promise<number> {
  const told = standIn.webhooks.sent.filter((sent) => sent.portalId === portalId).flatMap(({ events }) => events);
  const ofPeople = told.filter(
    ({ objectId, subscriptionType }) =>
      people.includes(String(objectId)) && subscriptionType.endsWith(".propertyChange"),
  );
  // Another moment is another event.
  const late = ofPeople.map((event) => ({ ...event, eventId: event.eventId + 1e9, occurredAt: event.occurredAt - 1 }));
  standIn.webhooks.send(portalId, late);
  return new Set(late.map(({ objectId }) => objectId)).size;
}

async function untilGone({ databaseUrl }: Stage, ids: readonly number[]): Promise<void> {
  const endAt = Date.now() + patienceMs;
  for (;;) {
    const rows = await askDatabase<{ n: number }>(
      databaseUrl,
      "SELECT count(*)::int AS n FROM portals WHERE portal_id = ANY($1::bigint[])",
      [[...ids]],
    );
    if (rows[0]?.n === 0) return;
    if (Date.now() > endAt) throw new Error(`${rows[0]?.n} portals are not removed`);
    await sleep(200);
  }
}

/** Results that we wrote to companies may not tell of a person by name. */
function countTold(portal: PortalAtWork, names: readonly string[]): number {
  const texts = portal.crm.find("companies", {}).map(({ properties }) => JSON.stringify(properties));
  return texts.filter((text) => names.some((name) => text.includes(name))).length;
}
