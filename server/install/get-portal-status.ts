import type { PortalStatusView } from "@touchstone/shared/card-api.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { countScores } from "../db/account-scores.ts";
import { readBackfills } from "../db/backfills.ts";
import { countLetters } from "../db/dead-letters.ts";
import { readDefinitionFaults } from "../db/definition-faults.ts";
import { countDirty } from "../db/dirty-accounts.ts";
import { readPauseReason, scopeMissing } from "../db/pauses.ts";
import { findPortal } from "../db/portals.ts";
import { isProgrammeWaiting } from "../db/programme-due.ts";
import { readGrant } from "../db/readable-types.ts";
import { readReconcile } from "../db/reconciles.ts";
import { countRecords } from "../db/records.ts";
import { countStale } from "../db/stale-records.ts";
import { areTiersWaiting } from "../db/tier-runs.ts";
import { countFailedPeople } from "../db/write-failures.ts";
import { Forbidden, PortalDisconnected } from "../errors.ts";
import { sayReading } from "./say-reading.ts";
import { toBackfillView } from "./to-backfill-view.ts";
import { toReconcileView } from "./to-reconcile-view.ts";

/** How far a portal is: the first reading of everything, what waits, what HubSpot refused. */
export async function getPortalStatus(
  ctx: Pick<Context, "config" | "db" | "now">,
  portalId: PortalId,
): Promise<PortalStatusView> {
  // All at one moment: work that moves on between two looks would be in neither, and "everything is done" not so.
  const look = ctx.db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only");
  return look.execute((db) => readStatus({ ...ctx, db }, portalId));
}

async function readStatus(
  { config, db, now }: Pick<Context, "config" | "db" | "now">,
  portalId: PortalId,
): Promise<PortalStatusView> {
  const portal = await findPortal(db, portalId);
  if (!portal) throw new PortalDisconnected(`portal ${portalId} is not installed`);
  const backfills = await readBackfills(db, portalId);
  const scores = await countScores(db, portalId);
  const letters = await countLetters(db, portalId);
  const run = await readReconcile(db, portalId, "full");
  const pause = await readPauseReason(db, portalId);
  const { unreadable } = await readGrant(db, portalId);
  const faults = await readDefinitionFaults(db, portalId);
  const backfill = backfills.length === 0 ? null : toBackfillView(backfills, now());
  return {
    status: portal.status,
    backfill,
    reading: sayReading(backfill, portal.timeZone),
    accounts: await countRecords(db, portalId, "companies"),
    scored: scores.scored,
    written: scores.written,
    waitingRecords: await countStale(db, portalId),
    waitingAccounts: await countDirty(db, portalId),
    waitingTiers: await areTiersWaiting(db, portalId),
    waitingProgramme: await isProgrammeWaiting(db, portalId, now()),
    failedWrites: scores.refused,
    failedPeople: await countFailedPeople(db, portalId),
    deadLetters: letters.reduce((sum, one) => sum + one.letters, 0),
    reconcile: run ? toReconcileView(run) : null,
    notices: [
      ...(pause !== null && longPauses[pause] ? [longPauses[pause]] : []),
      ...unreadable.map(sayUnreadable),
      ...faults.map(({ message }) => message),
      ...(portal.unknownTimeZone === null ? [] : [sayUnknownZone(portal.unknownTimeZone)]),
    ],
    keptDays: config.lives,
  };
}

const sayUnknownZone = (timeZone: string): string =>
  `HubSpot names the time zone "${timeZone}" for this portal, which Touchstone does not know. Days and times are counted in UTC. ` +
  "Choose another one in HubSpot's settings and connect Touchstone again, or tell whoever runs it.";

/** The short limits end before anybody has read of them. */
const longPauses: Readonly<Record<string, string>> = {
  daily: "HubSpot's daily limit of this portal is used up. Nothing is lost; Touchstone goes on at midnight.",
  migration: "HubSpot is moving this portal to another data centre. Nothing is lost; Touchstone goes on afterwards.",
  [scopeMissing]:
    "HubSpot no longer lets Touchstone read or write what it needs. Nothing is lost. Connect Touchstone again to allow it; until then it asks once a day.",
};

const sayUnreadable = (type: string): string =>
  `HubSpot does not let Touchstone read ${type} any more: scores go on without new ones. Connect Touchstone again to allow it.`;

/** Throws for a portal that never installed the app or took it away. */
export async function requireInstalled(ctx: Pick<Context, "db">, portalId: PortalId): Promise<void> {
  const portal = await findPortal(ctx.db, portalId);
  if (!portal || portal.status === "disconnected") throw new PortalDisconnected(`portal ${portalId} is not installed`);
}

/**
 * Throws unless the caller is the person who allowed the app in HubSpot: HubSpot signs who asks, not what they may do, so
 * this is the one person of whom we know that HubSpot lets them manage apps.
 */
export async function requireInstaller(ctx: Pick<Context, "db">, portalId: PortalId, userId: string): Promise<void> {
  const portal = await findPortal(ctx.db, portalId);
  if (!portal) throw new PortalDisconnected(`portal ${portalId} is not installed`);
  if (portal.installedBy !== null && String(portal.installedBy) === userId) return;
  throw new Forbidden(
    "Only the person who connected Touchstone to HubSpot may do this here. Nothing was changed. " +
      "An admin can take the app out in HubSpot's settings, under Connected Apps, or connect it again.",
  );
}
