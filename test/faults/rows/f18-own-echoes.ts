import { createRandom, type Random } from "../../../hubspot-stand-in/seed/random.ts";
import { postWebhook } from "../../../hubspot-stand-in/webhooks/post-webhook.ts";
import type { WebhookEvent } from "../../../hubspot-stand-in/webhooks/webhook-event.ts";
import { outputProperties } from "../../../shared/output-properties.ts";
import { askDatabase } from "../../support/ask-database.ts";
import { companyIdAt, plainPortal } from "../../support/plain-portal.ts";
import type { PortalAtWork } from "../../support/portal-at-work.ts";
import { resizeAll } from "../../support/resize-all.ts";
import { atLeast, count, type Figures, none } from "../figures.ts";
import { readCounter } from "../parts/read-counter.ts";
import { settle } from "../parts/settle.ts";
import type { Stage } from "../parts/stage.ts";
import { withStage } from "../parts/with-stage.ts";
import type { Row, Trial } from "../row.ts";
import { backends } from "../size.ts";

const echoesSent = 10_000;
const roundsEach = 20;
const companies = 100;
const perRequest = 100;

/** HubSpot tells us of our own writes: nothing may come of it. */
export const f18: Row = {
  name: "F18",
  description: "echoes of our own writes",
  seeds: 1,
  backends,
  run: (trial) => withStage(trial, {}, (stage) => echo(stage, trial)),
};

async function echo(stage: Stage, { seed, size, clean }: Trial): Promise<Figures> {
  const portalId = 4_715_000 + seed;
  stage.standIn.addPortal(plainPortal({ portalId, companies, peopleEach: 1, nowAt: clean.nowAt }));
  const portal = stage.portal(portalId);
  await portal.install();
  // To and fro, so that every round changes something.
  const rounds = 2 * Math.ceil((roundsEach * size.faults) / 2);
  const silent = await resizeRounds(stage, portal, rounds);
  listenToOwnWrites(stage);
  const heard = await resizeRounds(stage, portal, rounds);
  const before = await workDone(stage);
  const sent = Math.ceil(echoesSent * size.faults);
  const refused = await sendEchoes(stage, portalId, sent, createRandom("F18", seed));
  await settle(stage);
  const after = await workDone(stage);
  return {
    "scorings of real changes": atLeast(silent.scorings, rounds * companies),
    "echoes of real writes": atLeast(heard.echoes - silent.echoes, rounds * companies),
    "extra scorings with them": none(heard.scorings - silent.scorings),
    "extra calls with them": none(heard.calls - silent.calls),
    "echoes sent alone": count(sent),
    "refused deliveries": none(refused),
    "extra scorings": none(after.scorings - before.scorings),
    "extra calls": none(after.calls - before.calls),
    "stored events": none(after.stored - before.stored),
  };
}

/** Subscribed to by mistake, as an edited project could be. */
function listenToOwnWrites({ standIn }: Stage): void {
  const { webhooks } = standIn.app;
  const own = outputProperties.map(({ name }) => ({ subscriptionType: "company.propertyChange", propertyName: name }));
  standIn.upload({ webhooks: { ...webhooks, subscriptions: [...webhooks.subscriptions, ...own] } });
}

/** Every company changes to and fro; each round comes to rest, so that the work of a round is the same each time. */
async function resizeRounds(stage: Stage, portal: PortalAtWork, rounds: number) {
  const before = await workDone(stage);
  const alreadyHeard = countEchoes(stage);
  for (let round = 0; round < rounds; round++) {
    resizeAll(portal.crm, companies, round % 2 === 0 ? "700" : "30");
    await settle(stage);
    // What came back from the round's own writes.
    await settle(stage);
  }
  const after = await workDone(stage);
  return {
    scorings: after.scorings - before.scorings,
    calls: after.calls - before.calls,
    echoes: countEchoes(stage) - alreadyHeard,
  };
}

const isOwn = ({ propertyName = "" }: WebhookEvent) => outputProperties.some(({ name }) => name === propertyName);
const countEchoes = ({ standIn }: Stage) =>
  standIn.webhooks.sent.reduce((sum, { events }) => sum + events.filter(isOwn).length, 0);

async function workDone(stage: Stage) {
  const [row] = await askDatabase<{ n: number }>(stage.databaseUrl, "SELECT count(*)::int AS n FROM inbox_events");
  const workers = stage.crew.workers.map(({ process }) => process);
  return {
    scorings: await readCounter(workers, "touchstone_scores_total"),
    calls: stage.standIn.requestLog.total(),
    stored: row?.n ?? 0,
  };
}

async function sendEchoes({ standIn, appUrl }: Stage, portalId: number, sent: number, random: Random): Promise<number> {
  let refused = 0;
  const reachedUrl = `${appUrl}/webhooks`;
  for (let from = 0; from < sent; from += perRequest) {
    const events = Array.from({ length: perRequest }, (_, n) => echoOf(standIn.app.appId, portalId, from + n, random));
    const timestamp = Date.now();
    const signal = AbortSignal.timeout(5_000);
    const { outcome } = await postWebhook({ app: standIn.app, events, timestamp, reachedUrl, signal });
    if (outcome !== 204) refused += 1;
  }
  return refused;
}

function echoOf(appId: number, portalId: number, number: number, random: Random): WebhookEvent {
  const property = outputProperties[random.int(0, outputProperties.length - 1)];
  return {
    eventId: number,
    subscriptionId: 1,
    portalId,
    appId,
    occurredAt: Date.now() + number,
    subscriptionType: "company.propertyChange",
    attemptNumber: 0,
    changeSource: "INTEGRATION",
    sourceId: String(appId),
    objectId: Number(companyIdAt(random.int(0, companies - 1))),
    propertyName: property?.name ?? "",
    propertyValue: String(random.int(0, 100)),
  };
}
