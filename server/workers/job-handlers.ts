import type { PortalId } from "@touchstone/shared/ids.ts";
import { rescoreBatch } from "../accounts/rescore-batch.ts";
import type { Context } from "../context.ts";
import { preparePortal } from "../install/prepare-portal.ts";
import { removePortal } from "../install/remove-portal.ts";
import { backfillPortal } from "../intake/backfill-portal.ts";
import { reconcilePortal } from "../intake/reconcile/reconcile-portal.ts";
import { refreshRecords } from "../intake/refresh-records.ts";
import { tendHotAccounts } from "../programme/hot/tend-hot-accounts.ts";
import { assignTiers } from "../programme/tiers/assign-tiers.ts";
import type { JobName } from "../queue/jobs.ts";

/** Every job and the function that does it. */
export const jobHandlers: Readonly<Record<JobName, (ctx: Context, portalId: PortalId) => Promise<void>>> = {
  "prepare-portal": preparePortal,
  "backfill-portal": backfillPortal,
  "refresh-records": refreshRecords,
  "rescore-batch": rescoreBatch,
  "reconcile-portal": reconcilePortal,
  "assign-tiers": assignTiers,
  "tend-hot-accounts": tendHotAccounts,
  "remove-portal": removePortal,
};
