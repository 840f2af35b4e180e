import { hotAsk } from "@touchstone/shared/hot-route.ts";
import { dueText, hotReason } from "@touchstone/shared/hot-text.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../../context.ts";
import { readExcluded } from "../../db/excluded-accounts.ts";
import { readAlerts } from "../../db/hot-alerts.ts";
import { findPortal } from "../../db/portals.ts";
import { readRecords } from "../../db/records.ts";
import type { WantedTask } from "../../db/tasks.ts";
import { gatherPackets } from "./gather-packets.ts";

/**
 * What the tasks of hot accounts say: what their route asks for, with whom, by when, and what to refer to (rows 79 and 83). Nobody is sent to an excluded one,
 * nor where somebody has reached out, or said why nobody needs to, before the task could be made.
 */
export async function writeHotTasks(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  wanted: readonly WantedTask[],
) {
  const ids = wanted.map((one) => one.accountId);
  const [portal, companies, packets, alerts, excluded] = await Promise.all([
    findPortal(ctx.db, portalId),
    readRecords(ctx.db, portalId, "companies", ids),
    gatherPackets(ctx, portalId, ids),
    readAlerts(ctx.db, portalId, wanted),
    readExcluded(ctx.db, portalId, ids),
  ]);
  const timeZone = portal?.timeZone ?? "UTC";
  const texts = wanted.flatMap((one) => {
    const alert = alerts.find((row) => row.accountId === one.accountId && row.crossedAt === one.crossedAt);
    const company = companies.get(one.accountId);
    const runs = alert?.state === "open" || alert?.state === "missed";
    if (!alert || !runs || !company || excluded.has(one.accountId)) return [];
    const evidence = (packets.get(one.accountId) ?? []).map((line) => `${line.text}, ${timeText(line.at, timeZone)}`);
    const ask = hotAsk(alert.route, (company.name ?? "a company").slice(0, 120));
    const subject = `${ask} by ${dueText(alert.dueAt, timeZone)}`;
    const body = [hotReason(alert), ...(evidence.length > 0 ? ["What to refer to:", evidence] : []), whatStopsIt];
    const ownerId = company.hubspot_owner_id || null;
    return [[one.marker, { subject, body, dueAt: alert.dueAt, type: "TODO", ownerId }] as const];
  });
  return new Map(texts);
}

const whatStopsIt =
  "The clock stops at a call, a meeting, an email of your own or a message that is logged. An automated email does not stop it.";

const timeText = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone,
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(at);
