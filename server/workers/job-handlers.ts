import type { PortalId } from "@touchstone/shared/ids.ts";
import { rescoreBatch } from "../accounts/rescore-batch.ts";
import type { Context } from "../context.ts";
import { preparePortal } from "../install/prepare-portal.ts";
import { removePortal } from "../install/remove-portal.ts";
import { backfillPortal } from "../intake/backfill-portal.ts";
import { reconcilePortal } from "../intake/reconcile/reconcile-portal.ts";
import { refreshRecords } from "../intake/refresh-records.ts";
import { writeBuyingRoles } from "../programme/committee/write-buying-roles.ts";
import { tendHotAccounts } from "../programme/hot/tend-hot-accounts.ts";
import { writeHotTasks } from "../programme/hot/write-hot-tasks.ts";
import { mirrorProgramme } from "../programme/mirror/mirror-programme.ts";
import { tellProgramme, tellScored } from "../programme/outputs/tell-programme.ts";
import { tendPlays } from "../programme/plays/tend-plays.ts";
import { writeHandoffTasks } from "../programme/plays/write-handoff-tasks.ts";
import { writeStepTasks } from "../programme/plays/write-step-tasks.ts";
import { makeTasks } from "../programme/tasks/make-tasks.ts";
import { assignTiers } from "../programme/tiers/assign-tiers.ts";
import type { JobName } from "../queue/jobs.ts";

/** Every job and the function that does it. */
export const jobHandlers: Readonly<Record<JobName, (ctx: Context, portalId: PortalId) => Promise<void>>> = {
  "prepare-portal": preparePortal,
  "backfill-portal": backfillPortal,
  "refresh-records": refreshRecords,
  "rescore-batch": (ctx, portalId) => rescoreBatch(ctx, portalId, tellScored),
  "reconcile-portal": reconcilePortal,
  "assign-tiers": assignTiers,
  "tell-programme": tellProgramme,
  "write-buying-roles": writeBuyingRoles,
  "mirror-programme": mirrorProgramme,
  "tend-hot-accounts": tendHotAccounts,
  "make-tasks": (ctx, portalId) =>
    makeTasks(ctx, portalId, { hot: writeHotTasks, step: writeStepTasks, handoff: writeHandoffTasks }),
  "tend-plays": tendPlays,
  "remove-portal": removePortal,
};
