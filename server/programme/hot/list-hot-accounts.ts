import type { HotAlertView, HotListView, HotState } from "@touchstone/shared/hot-api.ts";
import { excuses } from "@touchstone/shared/hot-api.ts";
import { dueText, hotReason } from "@touchstone/shared/hot-text.ts";
import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../../context.ts";
import { countAlerts, type HotAlert, readLatestAlert, readRecentAlerts } from "../../db/hot-alerts.ts";
import { findPortal } from "../../db/portals.ts";
import { readRecords } from "../../db/records.ts";
import { gatherPackets } from "./gather-packets.ts";

type Parts = Pick<Context, "db" | "now">;

const lookBackMs = 30 * 86_400_000;
const mostAlerts = 200;
const states: readonly HotState[] = ["open", "met", "late", "missed", "excused"];

/** The portal's hot accounts: those whose clock runs first, by the time left. */
export async function listHotAccounts(ctx: Parts, portalId: PortalId): Promise<HotListView> {
  const since = ctx.now() - lookBackMs;
  const [alerts, counts] = await Promise.all([
    readRecentAlerts(ctx.db, portalId, since, mostAlerts),
    countAlerts(ctx.db, portalId, since),
  ]);
  const counted = Object.fromEntries(states.map((state) => [state, counts.get(state) ?? 0])) as Record<
    HotState,
    number
  >;
  return { alerts: await toViews(ctx, portalId, alerts), counts: counted };
}

/** The account's newest alert; null when it never was hot. */
export async function getHotAccount(
  ctx: Parts,
  portalId: PortalId,
  accountId: AccountId,
): Promise<{ alert: HotAlertView | null }> {
  const alert = await readLatestAlert(ctx.db, portalId, accountId);
  const [view] = alert ? await toViews(ctx, portalId, [alert]) : [];
  return { alert: view ?? null };
}

async function toViews(ctx: Parts, portalId: PortalId, alerts: readonly HotAlert[]): Promise<HotAlertView[]> {
  const ids = [...new Set(alerts.map((alert) => alert.accountId))];
  const [portal, companies, packets] = await Promise.all([
    findPortal(ctx.db, portalId),
    readRecords(ctx.db, portalId, "companies", ids),
    gatherPackets(ctx, portalId, ids),
  ]);
  const now = ctx.now();
  return alerts.map((alert) => ({
    companyId: alert.accountId,
    company: companies.get(alert.accountId)?.name ?? null,
    // The job notes it a little later.
    state: alert.state === "open" && alert.dueAt < now ? "missed" : alert.state,
    reason: hotReason(alert),
    crossedAt: alert.crossedAt,
    dueAt: alert.dueAt,
    dueText: dueText(alert.dueAt, portal?.timeZone ?? "UTC"),
    leftMs: alert.state === "open" || alert.state === "missed" ? Math.max(0, alert.dueAt - now) : null,
    route: alert.route,
    outreach: alert.outreachAt === null ? null : { at: alert.outreachAt, kind: alert.outreachKind ?? "message" },
    excuse: alert.excuse === null ? null : { reason: excuses[alert.excuse], note: alert.excuseNote },
    task: alert.taskState === "made" || alert.taskState === "refused" ? alert.taskState : "being made",
    evidence: packets.get(alert.accountId) ?? [],
  }));
}
