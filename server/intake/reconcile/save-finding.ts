import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Transaction } from "kysely";
import { markDirty, priorities } from "../../db/dirty-accounts.ts";
import { holdForReading } from "../../db/move-tier.ts";
import { advanceReconcile, type Drift, type Reconcile, saveReconcileMark } from "../../db/reconciles.ts";
import type { Schema } from "../../db/schema.ts";
import { addDrift } from "./drift.ts";
import type { Finding } from "./finding.ts";
import { type Recheck, saveRecheck } from "./recheck-records.ts";
import { stepAfter } from "./steps.ts";

interface SavedFinding {
  readonly drift: Drift;
  /** Accounts wait to be scored, or results to be written. */
  readonly rescore: boolean;
  /** The whole run's, once it is over. */
  readonly over: { readonly checked: number; readonly drift: Drift } | null;
}

/** Saves what a page brought and moves the run on. Null when another worker was quicker, or the run was begun again. */
export async function saveFinding(
  trx: Transaction<Schema>,
  portalId: PortalId,
  run: Reconcile,
  finding: Finding,
  recheck: Recheck | null,
  now: number,
): Promise<SavedFinding | null> {
  await holdForReading(trx, portalId, finding.type, recheck?.movedTo ?? new Map());
  const { touched, corrected } = recheck ? await saveRecheck(trx, portalId, recheck) : { touched: [], corrected: 0 };
  // What was read is true whoever goes on with the run.
  await markDirty(trx, portalId, touched, priorities.due);
  const drift = [recheck?.drift, finding.drift, { outputs: corrected }].reduce(
    (sum: Drift, more = {}) => addDrift(sum, more),
    {},
  );
  const total = { checked: run.checked + finding.checked, drift: addDrift(run.drift, drift) };
  const step = finding.next === null ? stepAfter(run.scope, run.step) : run.step;
  const place = { ...total, step: step ?? run.step, pageAfter: finding.next, finishedAt: step === null ? now : null };
  if (!(await advanceReconcile(trx, portalId, run, place))) return null;
  if (finding.mark) await saveReconcileMark(trx, portalId, run.scope, finding.type, finding.mark);
  await finding.save?.(trx);
  return { drift, rescore: Object.keys(drift).length > 0, over: step === null ? total : null };
}
