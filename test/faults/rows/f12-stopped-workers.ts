import { setTimeout as sleep } from "node:timers/promises";
import { createRandom, type Random } from "../../../hubspot-stand-in/seed/random.ts";
import { askDatabase } from "../../support/ask-database.ts";
import { atLeast, count, none } from "../figures.ts";
import { catchAtTable } from "../parts/catch-at-table.ts";
import type { Post } from "../parts/crew.ts";
import { catchAt, points } from "../parts/kill-at.ts";
import { openLonePortal } from "../parts/open-lone-portal.ts";
import { playTrial } from "../parts/play-trial.ts";
import { settleLate } from "../parts/settle-late.ts";
import { leaseMs, type Stage } from "../parts/stage.ts";
import { tellLate } from "../parts/tell-late.ts";
import { watchOrder } from "../parts/watch-order.ts";
import type { Row } from "../row.ts";
import { backends } from "../size.ts";

const stopsEach = 4;

/** As long as it takes that the other worker has taken over what the stopped one holds, and changed it again. */
export const f12: Row = {
  name: "F12",
  description: "SIGSTOP of a worker that holds leases until they are over, then SIGCONT",
  seeds: 5,
  backends,
  run: (trial) =>
    playTrial(trial, async (stage, workload) => {
      const { databaseUrl } = stage;
      const random = createRandom("F12", trial.seed);
      const olderOverNewer = await watchOrder(databaseUrl);
      const alone = await openLonePortal(stage, trial);
      const settledLate = await settleLate(stage, alone, trial);
      const toldLate = await tellLate(stage, alone, trial);
      const stops = Math.ceil(stopsEach * trial.size.faults);
      let caught = 0;
      let takenOver = 0;
      for (let made = 0; made < stops; made++) {
        workload.play(0.5 / stops);
        const held: string[] = [];
        const stopped = await catchSomewhere(stage, random, async (worker) => {
          held.push(...(await readLeases(databaseUrl)));
          process.kill(worker.process.pid, "SIGSTOP");
        });
        if (!stopped) continue;
        caught += 1;
        try {
          workload.play(0.25 / stops);
          await sleep(leaseMs * (1.5 + random.next()));
          const now = await readLeases(databaseUrl);
          if (held.some((lease) => !now.includes(lease))) takenOver += 1;
          workload.play(0.25 / stops);
        } finally {
          process.kill(stopped.process.pid, "SIGCONT");
        }
      }
      return async () => ({
        stops: count(caught),
        // Not at every point are there leases to be taken over.
        "taken over": stops < stopsEach ? count(takenOver) : atLeast(takenOver, 1),
        "older over newer": none(await olderOverNewer()),
        ...settledLate,
        ...(await toldLate()),
      });
    }),
};

/** At a call to HubSpot, or while it reads the mirror for scoring: only scoring reads the judgements. */
function catchSomewhere(stage: Stage, random: Random, act: (worker: Post) => Promise<void>): Promise<Post | null> {
  const point = random.chance(0.3) ? null : points[random.int(0, points.length - 1)];
  return point ? catchAt(stage.crew, point, act) : catchAtTable(stage, "judgements", act);
}

async function readLeases(databaseUrl: string): Promise<string[]> {
  const rows = await askDatabase<{ lease: string }>(
    databaseUrl,
    `SELECT concat_ws(' ', portal_id, object_type, object_id, lease_until) AS lease FROM stale_records WHERE lease_until IS NOT NULL
     UNION ALL SELECT concat_ws(' ', portal_id, account_id, lease_until) FROM dirty_accounts WHERE lease_until IS NOT NULL`,
  );
  return rows.map(({ lease }) => lease);
}
