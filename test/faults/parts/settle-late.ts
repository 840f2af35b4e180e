import { setTimeout as sleep } from "node:timers/promises";
import { askDatabase } from "../../support/ask-database.ts";
import { companyIdAt } from "../../support/plain-portal.ts";
import type { PortalAtWork } from "../../support/portal-at-work.ts";
import { atLeast, type Figures, none } from "../figures.ts";
import type { Trial } from "../row.ts";
import { heldByMirror } from "./held-by-mirror.ts";
import { catchAt } from "./kill-at.ts";
import { settle } from "./settle.ts";
import type { Stage } from "./stage.ts";
import { waitForRows } from "./wait-for-rows.ts";

const point = { name: "company read, not told", moment: "done", path: /\/companies\/batch\/read/ } as const;
const [older, newer] = ["800", "90"];

/**
 * A worker sleeps with a record that it has claimed and read, until the other one has taken it over and is done with it, and a
 * later change has marked it anew. The other sleeps by then, so that nobody but the first can touch the new mark. A new mark
 * begins with the same version: only the lease says that it is not the one that was claimed.
 */
export async function settleLate(stage: Stage, { crm, portalId }: PortalAtWork, trial: Trial): Promise<Figures> {
  const { databaseUrl } = stage;
  const id = companyIdAt(0);
  const isMarked = `EXISTS (SELECT FROM stale_records WHERE portal_id = $1 AND object_type = 'companies' AND object_id = $2)`;
  const comes = (what: string, text: string) =>
    waitForRows(databaseUrl, what, { text, values: [portalId, id] }, trial.patienceMs);
  crm.update("companies", id, { numberofemployees: older });
  const sleeper = await catchAt(stage.crew, point, async (worker) => {
    process.kill(worker.process.pid, "SIGSTOP");
  });
  const other = stage.crew.workers.find((worker) => worker !== sleeper);
  if (!sleeper || !other) return { "settled late": atLeast(0, 1) };
  try {
    await waitForRows(
      databaseUrl,
      "the reading of another worker",
      heldByMirror(portalId, id, older),
      trial.patienceMs,
    );
    await comes("the end of the first mark", `SELECT WHERE NOT ${isMarked}`);
    // So that it holds nothing that the first one waits for.
    await sleep(500);
    process.kill(other.process.pid, "SIGSTOP");
    crm.update("companies", id, { numberofemployees: newer });
    await comes("the new mark", `SELECT WHERE ${isMarked}`);
    process.kill(sleeper.process.pid, "SIGCONT");
    await comes("the end of the new mark", `SELECT WHERE NOT ${isMarked}`);
  } finally {
    // One that is awake does not mind.
    for (const worker of [sleeper, other]) process.kill(worker.process.pid, "SIGCONT");
  }
  await settle(stage, trial.patienceMs);
  const { text, values } = heldByMirror(portalId, id, newer);
  const rows = await askDatabase(databaseUrl, text, values);
  return { "settled late": atLeast(1, 1), "new marks lost": none(rows.length === 1 ? 0 : 1) };
}
