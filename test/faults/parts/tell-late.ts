import { askDatabase } from "../../support/ask-database.ts";
import { companyIdAt } from "../../support/plain-portal.ts";
import type { PortalAtWork } from "../../support/portal-at-work.ts";
import { atLeast, type Figures, none } from "../figures.ts";
import type { Trial } from "../row.ts";
import { heldByMirror } from "./held-by-mirror.ts";
import { catchAt } from "./kill-at.ts";
import type { Stage } from "./stage.ts";
import { waitForRows } from "./wait-for-rows.ts";

const point = { name: "company read, not told", moment: "done", path: /\/companies\/batch\/read/ } as const;
const [older, newer] = ["700", "45"];

/**
 * A worker sleeps between HubSpot's answer and its own taking note of it, until the other one has read a later change. What
 * the mirror holds is asked at rest.
 */
export async function tellLate(
  stage: Stage,
  { crm, portalId }: PortalAtWork,
  trial: Trial,
): Promise<() => Promise<Figures>> {
  const id = companyIdAt(0);
  const isHeld = heldByMirror(portalId, id, newer);
  crm.update("companies", id, { numberofemployees: older });
  const stopped = await catchAt(stage.crew, point, async (worker) => {
    process.kill(worker.process.pid, "SIGSTOP");
  });
  if (stopped) {
    try {
      crm.update("companies", id, { numberofemployees: newer });
      await waitForRows(stage.databaseUrl, "the later reading", isHeld, trial.patienceMs);
    } finally {
      process.kill(stopped.process.pid, "SIGCONT");
    }
  }
  return async () => {
    const { text, values } = isHeld;
    const rows = await askDatabase(stage.databaseUrl, text, values);
    return { "told late": atLeast(stopped ? 1 : 0, 1), "late readings kept": none(rows.length === 1 ? 0 : 1) };
  };
}
