import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { askDatabase } from "../../support/ask-database.ts";
import { companyIdAt } from "../../support/plain-portal.ts";
import { judgeResults } from "../../support/read-results.ts";
import { atLeast, type Figures, none } from "../figures.ts";
import type { Trial } from "../row.ts";
import { openLonePortal } from "./open-lone-portal.ts";
import type { Stage } from "./stage.ts";
import { waitForRows } from "./wait-for-rows.ts";

const [older, newer] = ["700", "45"];

/**
 * A score that was made from what the mirror held cannot be saved until the mirror holds a later change: the account's mark of
 * that change must outlive the saving. What the score was made from is asked at rest.
 */
export async function scoreLate(stage: Stage, trial: Trial): Promise<() => Promise<Figures>> {
  const { databaseUrl } = stage;
  const portal = await openLonePortal(stage, trial);
  const { crm, portalId } = portal;
  const id = companyIdAt(0);
  const holder = new pg.Client({ connectionString: databaseUrl });
  await holder.connect();
  let isCaught = false;
  try {
    await holder.query("BEGIN");
    await holder.query("SELECT FROM account_scores WHERE portal_id = $1 FOR UPDATE", [portalId]);
    crm.update("companies", id, { numberofemployees: older });
    isCaught = await isAwaited(holder, databaseUrl, trial.patienceMs);
    crm.update("companies", id, { numberofemployees: newer });
    const isRead = {
      text: "SELECT FROM crm_records WHERE portal_id = $1 AND object_id = $2 AND properties->>'numberofemployees' = $3",
      values: [portalId, id, newer],
    };
    await waitForRows(databaseUrl, "the later reading", isRead, trial.patienceMs);
  } finally {
    await holder.end();
  }
  return async () => {
    const { results, faults } = await judgeResults(databaseUrl, portal, trial.clean.nowAt);
    const employees = results[id]?.snapshot.properties.numberofemployees;
    return {
      "scored late": atLeast(isCaught ? 1 : 0, 1),
      "late scores kept": none(faults.length + (employees === newer ? 0 : 1)),
    };
  };
}

/** Somebody waits for the score that is held: at rest only scoring wants it. */
async function isAwaited(holder: pg.Client, databaseUrl: string, patienceMs: number): Promise<boolean> {
  const { rows: own } = await holder.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  for (const endAt = Date.now() + patienceMs; Date.now() < endAt; await sleep(10)) {
    const rows = await askDatabase(databaseUrl, "SELECT FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid))", [
      own[0]?.pid,
    ]);
    if (rows.length > 0) return true;
  }
  return false;
}
