import { setTimeout as sleep } from "node:timers/promises";
import { createRandom } from "../../../hubspot-stand-in/seed/random.ts";
import { askDatabase } from "../../support/ask-database.ts";
import { atLeast, count, none } from "../figures.ts";
import { catchAt, points } from "../parts/kill-at.ts";
import { playTrial } from "../parts/play-trial.ts";
import { leaseMs } from "../parts/stage.ts";
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
    playTrial(trial, async ({ crew, databaseUrl }, workload) => {
      const random = createRandom("F12", trial.seed);
      const olderOverNewer = await watchOrder(databaseUrl);
      const stops = Math.ceil(stopsEach * trial.size.faults);
      let takenOver = 0;
      for (let made = 0; made < stops; made++) {
        workload.play(0.5 / stops);
        const point = points[random.int(0, points.length - 1)];
        if (!point) throw new Error("there is no such point");
        const held: string[] = [];
        const stopped = await catchAt(crew, point, async (worker) => {
          held.push(...(await readLeases(databaseUrl)));
          process.kill(worker.process.pid, "SIGSTOP");
        });
        if (!stopped) continue;
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
        stops: count(stops),
        // Not at every point are there leases to be taken over.
        "taken over": stops < stopsEach ? count(takenOver) : atLeast(takenOver, 1),
        "older over newer": none(await olderOverNewer()),
      });
    }),
};

async function readLeases(databaseUrl: string): Promise<string[]> {
  const rows = await askDatabase<{ lease: string }>(
    databaseUrl,
    `SELECT concat_ws(' ', portal_id, object_type, object_id, lease_until) AS lease FROM stale_records WHERE lease_until IS NOT NULL
     UNION ALL SELECT concat_ws(' ', portal_id, account_id, lease_until) FROM dirty_accounts WHERE lease_until IS NOT NULL`,
  );
  return rows.map(({ lease }) => lease);
}
