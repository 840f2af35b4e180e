import { askDatabase } from "../../support/ask-database.ts";
import { companyIdAt } from "../../support/plain-portal.ts";
import { atLeast, type Figures, none } from "../figures.ts";
import type { Trial } from "../row.ts";
import { catchAt } from "./kill-at.ts";
import { openLonePortal } from "./open-lone-portal.ts";
import type { Stage } from "./stage.ts";
import { waitForRows } from "./wait-for-rows.ts";

const point = { name: "company written, not told", moment: "done", path: /\/companies\/batch\/update/ } as const;
const [before, meanwhile] = ["30", "700"];

/**
 * A worker dies between HubSpot's taking a result and our note of it, and the account is what it was before anybody could write
 * again: then nothing but the note from before the request says that HubSpot holds something else. What it holds is asked at rest.
 */
export async function forgetWriting(stage: Stage, trial: Trial): Promise<() => Promise<Figures>> {
  const { crew, standIn, databaseUrl } = stage;
  const portal = await openLonePortal(stage, trial);
  const { crm, portalId } = portal;
  const id = companyIdAt(0);
  const known = await readOutput(databaseUrl, portalId);
  crm.update("companies", id, { numberofemployees: meanwhile });
  const dead = await catchAt(crew, point, async (worker) => {
    standIn.faults.add({ kind: "serverError", portalId, path: "/companies/batch/update", times: 1_000_000 });
    await crew.kill(worker);
  });
  if (dead) {
    crm.update("companies", id, { numberofemployees: before });
    const isBack = {
      text: "SELECT FROM account_scores WHERE portal_id = $1 AND output = $2::jsonb",
      values: [portalId, JSON.stringify(known)],
    };
    await waitForRows(databaseUrl, "the score from before", isBack, trial.patienceMs);
    await crew.replace(dead);
  }
  standIn.faults.clear();
  return async () => {
    const output = Object.entries(await readOutput(databaseUrl, portalId));
    const wrong = output.filter(([name, value]) => (portal.property(id, name) ?? "") !== value);
    return { "writings forgotten": atLeast(dead ? 1 : 0, 1), "forgotten writings left": none(wrong.length) };
  };
}

async function readOutput(databaseUrl: string, portalId: number): Promise<Readonly<Record<string, string>>> {
  const [row] = await askDatabase<{ output: Record<string, string> }>(
    databaseUrl,
    "SELECT output FROM account_scores WHERE portal_id = $1",
    [portalId],
  );
  if (!row) throw new Error(`portal ${portalId} has no score`);
  return row.output;
}
