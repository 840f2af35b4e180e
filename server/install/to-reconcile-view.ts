import type { ReconcileView } from "@touchstone/shared/card-api.ts";
import type { Reconcile } from "../db/reconciles.ts";

const words: Readonly<Record<string, string>> = {
  changed: "changed",
  created: "new",
  deleted: "deleted",
  merged: "merged",
  links: "moved",
  outputs: "results overwritten",
  definitions: "properties put right",
  erased: "erased",
};

/** "Compared 12,000 records with HubSpot: 2 changed, 1 deleted had not been told." */
export function toReconcileView(run: Reconcile): ReconcileView {
  const { startedAt, finishedAt, checked, drift } = run;
  const parts = Object.entries(drift).map(([kind, count]) => `${count.toLocaleString("en")} ${words[kind] ?? kind}`);
  const found = parts.length === 0 ? "nothing had been missed" : `${parts.join(", ")} of which nobody had told us`;
  const records = `${checked.toLocaleString("en")} records`;
  const line =
    finishedAt === null
      ? `Comparing with HubSpot: ${records} so far, ${found}.`
      : `Compared ${records} with HubSpot: ${found}.`;
  return { startedAt, finishedAt, checked, drift, line };
}
