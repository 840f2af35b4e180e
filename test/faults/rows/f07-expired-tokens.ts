import { asPortalId } from "@touchstone/shared/ids.ts";
import { newTokenKeys } from "../../../hubspot-stand-in/demo/app-process.ts";
import { askDatabase } from "../../support/ask-database.ts";
import { count, type Figures, none } from "../figures.ts";
import { openCaller } from "../parts/hubspot-caller.ts";
import { playTrial } from "../parts/play-trial.ts";
import type { Stage } from "../parts/stage.ts";
import type { Workload } from "../parts/workload.ts";
import type { Row } from "../row.ts";
import { backends } from "../size.ts";

/** Five seeds on two backends make 200 of each. */
const racesEach = 20;
const expiriesMidRun = 20;
const racers = 8;
const callsEach = 3;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Access tokens end before their time, and everybody notices at once: one of them refreshes. */
export const f07: Row = {
  name: "F7",
  description: "access tokens end mid-run, refreshed by 8 at once",
  seeds: 5,
  backends,
  run: (trial) => {
    const keys = newTokenKeys();
    return playTrial(
      trial,
      async (stage, workload) => ({
        ...(await race(stage, workload, keys, Math.ceil(racesEach * trial.size.faults))),
        ...(await expireMidRun(stage, workload, Math.ceil(expiriesMidRun * trial.size.faults))),
      }),
      { env: { TOKEN_KEYS: keys }, switches: { rotateRefreshToken: trial.seed % 2 === 0 } },
    );
  },
};

const refreshesOf = ({ standIn }: Stage) =>
  standIn.requestLog.entries().filter(({ path }) => path.startsWith("/oauth/")).length;

/** Eight callers with connections of their own, as processes have them: what they share is the database and HubSpot. */
async function race(stage: Stage, workload: Workload, keys: string, races: number): Promise<Figures> {
  const [portal] = workload.portals;
  if (!portal) throw new Error("there is no portal");
  const portalId = asPortalId(portal.portalId);
  const callers = Array.from({ length: racers }, () => openCaller(stage, keys));
  let [tooMany, tooFew, failed] = [0, 0, 0];
  try {
    for (let number = 0; number < races; number++) {
      // HubSpot's limit is not what this is about.
      stage.standIn.clock.step(11_000);
      if (number % 2 === 0) stage.standIn.faults.add({ kind: "expireToken", portalId });
      else
        await askDatabase(stage.databaseUrl, "UPDATE portals SET token_expires_at = now() WHERE portal_id = $1", [
          portalId,
        ]);
      const before = refreshesOf(stage);
      const calls = callers.flatMap((caller) =>
        Array.from({ length: callsEach }, () => caller.hubspot.readAccountDetails(portalId, "due")),
      );
      failed += (await Promise.allSettled(calls)).filter(({ status }) => status === "rejected").length;
      const refreshes = refreshesOf(stage) - before;
      if (refreshes > 1) tooMany += 1;
      if (refreshes < 1) tooFew += 1;
    }
  } finally {
    for (const caller of callers) await caller.close();
  }
  return {
    races: count(races),
    "refreshed more than once": none(tooMany),
    "not refreshed": none(tooFew),
    "calls that failed": none(failed),
  };
}

/** Tokens of all portals end while their changes are read, scored and written. */
async function expireMidRun(stage: Stage, workload: Workload, expiries: number): Promise<Figures> {
  const before = refreshesOf(stage);
  for (let made = 0; made < expiries; made++) {
    const portal = workload.portals[made % workload.portals.length];
    if (portal) stage.standIn.faults.add({ kind: "expireToken", portalId: portal.portalId });
    workload.play(1 / expiries);
    await sleep(400);
  }
  workload.playRest();
  await stage.standIn.webhooks.settled();
  const endAt = Date.now() + 60_000;
  while (stage.standIn.faults.pending().length > 0) {
    if (Date.now() > endAt) throw new Error("a token was never used again");
    await sleep(200);
  }
  // A refresh follows its 401 at once.
  await sleep(2_000);
  return {
    "expiries mid-run": count(expiries),
    "refreshes beyond one each": none(Math.abs(refreshesOf(stage) - before - expiries)),
  };
}
