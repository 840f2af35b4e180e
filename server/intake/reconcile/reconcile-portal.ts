import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../../context.ts";
import { needs } from "../../db/inbox.ts";
import { findPortal } from "../../db/portals.ts";
import { noteReadable, noteUnreadable } from "../../db/readable-types.ts";
import { advanceReconcile, nextReconcile, type Reconcile, restReconcile } from "../../db/reconciles.ts";
import { markStale } from "../../db/stale-records.ts";
import { AppError } from "../../errors.ts";
import { HubSpotForbidden } from "../../hubspot/hubspot-errors.ts";
import { readReadability } from "../readable-types.ts";
import { isNeeded } from "../record-properties.ts";
import { checkDefinitions } from "./check-definitions.ts";
import { findChanged } from "./find-changed.ts";
import { findDeleted } from "./find-deleted.ts";
import { findMoved } from "./find-moved.ts";
import type { Finding } from "./finding.ts";
import { type Recheck, recheckRecords } from "./recheck-records.ts";
import { saveFinding } from "./save-finding.ts";
import { firstStep, readStep, type Step, stepAfter } from "./steps.ts";
import { sweepMirror } from "./sweep-mirror.ts";

type Parts = Pick<Context, "db" | "hubspot" | "queue" | "log" | "metrics" | "now">;

/** A portal's turn; the next one goes on at the page that is stored with its rows. */
const turnMs = 5_000;

/**
 * Job: compares the mirror, and the results that HubSpot holds, with HubSpot, and puts right what nobody told us. Each page
 * names suspects; these are read again, and saved in the transaction that moves the run on.
 */
export async function reconcilePortal(ctx: Parts, portalId: PortalId): Promise<void> {
  const portal = await findPortal(ctx.db, portalId);
  // While everything is being read there is nothing to compare; the run waits.
  if (portal?.status !== "ready") return;
  const endAt = performance.now() + turnMs;
  for (let run = await nextReconcile(ctx.db, portalId); run; run = await nextReconcile(ctx.db, portalId)) {
    if (performance.now() > endAt) return ctx.queue.wake("reconcile-portal", portalId);
    try {
      await comparePage(ctx, portalId, run);
    } catch (error) {
      // Others may use the place while this one waits; it is woken again within seconds.
      if (error instanceof AppError && error.retry === "later") await restReconcile(ctx.db, portalId);
      throw error;
    }
  }
}

async function comparePage(ctx: Parts, portalId: PortalId, run: Reconcile): Promise<void> {
  const step = readStep(run.scope, run.step);
  const page = step ? await readPage(ctx, portalId, step, run) : null;
  if (!page) return skip(ctx, portalId, run);
  const { finding, recheck } = page;
  // In a statement of its own, as everywhere: its rows are then locked in order. Erasing somebody twice changes nothing.
  const erasures = (recheck?.vanished ?? []).map((objectId) => ({
    objectType: "contacts",
    objectId,
    needs: needs.erasure,
  }));
  await markStale(ctx.db, portalId, erasures);
  const now = ctx.now();
  const saved = await ctx.db.transaction().execute((trx) => saveFinding(trx, portalId, run, finding, recheck, now));
  if (saved === null) return;
  for (const [kind, count] of Object.entries(saved.drift)) ctx.metrics.drifted(kind, count);
  if (saved.rescore) await ctx.queue.wake("rescore-batch", portalId);
  if (erasures.length > 0) await ctx.queue.wake("refresh-records", portalId);
  if (saved.over) ctx.log.info({ portalId, scope: run.scope, ...saved.over }, "compared with HubSpot");
}

interface Page {
  readonly finding: Finding;
  readonly recheck: Recheck | null;
}

/**
 * A type that the portal's grant does not cover (emails need a scope of their own) is left out, as everywhere; also when only the
 * mirror still names records of it, since a grant may have shrunk. The slow pass stays where it was, and goes on there once it may.
 */
async function readPage(ctx: Parts, portalId: PortalId, step: Step, run: Reconcile): Promise<Page | null> {
  const readability = (await readReadability(ctx.db, portalId))(step.type);
  // One look in a night at what HubSpot refused although it is granted.
  const isNightlyLook = run.scope === "full" && step.kind === "changed";
  if (readability === "not granted" || (readability === "refused" && !isNightlyLook)) return null;
  try {
    const finding = await find(ctx, portalId, step, run);
    if (readability === "refused") await noteReadable(ctx.db, portalId, step.type);
    const { type, suspects } = finding;
    return { finding, recheck: suspects.length > 0 ? await recheckRecords(ctx, portalId, type, suspects) : null };
  } catch (error) {
    if (!(error instanceof HubSpotForbidden) || isNeeded(step.type)) throw error;
    await noteUnreadable(ctx.db, portalId, step.type);
    return null;
  }
}

const find = (ctx: Parts, portalId: PortalId, { kind, type }: Step, run: Reconcile): Promise<Finding> =>
  kind === "definitions" ? checkDefinitions(ctx, portalId) : passes[kind](ctx, portalId, type, run);

const passes = { changed: findChanged, deleted: findDeleted, links: findMoved, sweep: sweepMirror } as const;

/** An unknown step is of another version of this program: the run begins again. */
async function skip(ctx: Parts, portalId: PortalId, run: Reconcile): Promise<void> {
  const known = readStep(run.scope, run.step) !== null;
  const step = known ? stepAfter(run.scope, run.step) : firstStep(run.scope);
  const to = { step: step ?? run.step, pageAfter: null, checked: run.checked, drift: run.drift };
  await ctx.db
    .transaction()
    .execute((trx) => advanceReconcile(trx, portalId, run, { ...to, finishedAt: step === null ? ctx.now() : null }));
}
