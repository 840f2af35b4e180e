import type { PortalStatusView } from "@touchstone/shared/card-api.ts";
import { askDatabase } from "../../support/ask-database.ts";
import type { PortalAtWork } from "../../support/portal-at-work.ts";
import { atLeast, count, type Figures } from "../figures.ts";
import { playTrial } from "../parts/play-trial.ts";
import { settle } from "../parts/settle.ts";
import type { Stage } from "../parts/stage.ts";
import type { Workload } from "../parts/workload.ts";
import type { Row, Trial } from "../row.ts";
import { backends } from "../size.ts";

const changesLost = 1_000;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** We were away for longer than HubSpot tries: nobody will tell us of what happened, so it has to be found. */
export const f16: Row = {
  name: "F16",
  description: "webhooks lost for good, found by comparing",
  seeds: 1,
  backends,
  run: (trial) => playTrial(trial, (stage, workload) => goAway(stage, workload, trial)),
};

async function goAway(stage: Stage, workload: Workload, trial: Trial): Promise<Figures> {
  const { standIn } = stage;
  const { webhooks } = standIn.app;
  workload.play(0.1);
  await settle(stage, trial.patienceMs);
  const before = stage.standIn.webhooks.sent.length;
  // Whoever hears nothing has lost everything: no try of HubSpot's is left that could bring it.
  standIn.upload({ webhooks: { ...webhooks, subscriptions: [] } });
  const lost = Math.min(changesLost, trial.size.changes / 2);
  workload.play(lost / trial.size.changes);
  await standIn.webhooks.settled();
  const heard = stage.standIn.webhooks.sent.length - before;
  if (heard > 0) throw new Error(`${heard} deliveries were not lost`);
  standIn.upload({ webhooks });
  standIn.requestLog.reset();
  await Promise.all(workload.portals.map((portal) => compare(stage, portal, trial.patienceMs)));
  await settle(stage, trial.patienceMs);
  const calls = standIn.requestLog.total();
  const drift = await Promise.all(workload.portals.map(driftOf));
  return {
    "changes that nobody told": count(lost),
    "differences found": atLeast(
      drift.reduce((sum, n) => sum + n, 0),
      1,
    ),
    "calls to find and repair them": count(calls),
  };
}

/** As the installer asks for it. */
async function compare(stage: Stage, portal: PortalAtWork, patienceMs: number): Promise<void> {
  const { portalId } = portal;
  // As if the last one had ended long ago.
  await askDatabase(
    stage.databaseUrl,
    "UPDATE reconciles SET finished_at = 0 WHERE finished_at IS NOT NULL AND portal_id = $1",
    [portalId],
  );
  const installer = stage.standIn.grant(portalId)?.user;
  if (!installer) throw new Error("the portal has not installed the app");
  const request = { url: `${stage.appUrl}/api/portal/reconcile`, method: "POST", body: {} } as const;
  const answer = await stage.standIn.hubspotFetch(portalId, installer, request);
  if (!answer.ok) throw new Error(`asking for a comparison was answered with ${answer.status}`);
  const endAt = Date.now() + patienceMs;
  while ((await statusOf(portal)).reconcile?.finishedAt === null) {
    if (Date.now() > endAt) throw new Error("the comparison does not end");
    await sleep(200);
  }
}

const statusOf = async (portal: PortalAtWork) =>
  (await (await portal.ask("/api/portal/status")).json()) as PortalStatusView;

async function driftOf(portal: PortalAtWork): Promise<number> {
  const { reconcile } = await statusOf(portal);
  return Object.values(reconcile?.drift ?? {}).reduce((sum, n) => sum + n, 0);
}
