import { dueText, hotReason } from "@touchstone/shared/hot-text.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../../context.ts";
import { readAlerts } from "../../db/hot-alerts.ts";
import { claimTasks, markTaskMade, markTaskRefused, markTaskWanted, type WantedTask } from "../../db/hot-tasks.ts";
import { findPortal } from "../../db/portals.ts";
import { readRecords } from "../../db/records.ts";
import { AppError } from "../../errors.ts";
import { HubSpotForbidden, HubSpotRejected, HubSpotUnavailable } from "../../hubspot/hubspot-errors.ts";
import { findTask } from "./find-task.ts";
import { gatherPackets } from "./gather-packets.ts";
import { type TaskFacts, writeTask } from "./write-task.ts";

type Parts = Pick<Context, "db" | "hubspot" | "now" | "log">;
interface Order {
  readonly wanted: WantedTask;
  readonly facts: TaskFacts;
  readonly dueAt: number;
  readonly ownerId: string | null;
}

const batchSize = 20;
/**
 * A request lives 20 s at most, and HubSpot may carry it out a little after it gave up on the answer: only then is it
 * looked for, and sent again if it is not there.
 */
export const unansweredMs = 60_000;

/** Makes the HubSpot tasks of new alerts: exactly one each, also when the answer to the request was lost. */
export async function makeTasks(ctx: Parts, portalId: PortalId): Promise<void> {
  const wanted = await claimTasks(ctx.db, portalId, batchSize, unansweredMs);
  for (const order of await toOrders(ctx, portalId, wanted)) {
    const found = order.wanted.maybeMade ? await findTask(ctx, portalId, order.facts) : null;
    if (found === null) await makeTask(ctx, portalId, order);
    else await markTaskMade(ctx.db, portalId, order.wanted, found);
  }
}

async function toOrders(ctx: Parts, portalId: PortalId, wanted: readonly WantedTask[]): Promise<Order[]> {
  if (wanted.length === 0) return [];
  const ids = wanted.map((one) => one.accountId);
  const [portal, companies, packets, alerts] = await Promise.all([
    findPortal(ctx.db, portalId),
    readRecords(ctx.db, portalId, "companies", ids),
    gatherPackets(ctx, portalId, ids),
    readAlerts(ctx.db, portalId, wanted),
  ]);
  const timeZone = portal?.timeZone ?? "UTC";
  return wanted.flatMap((one) => {
    const alert = alerts.find((row) => row.accountId === one.accountId && row.crossedAt === one.crossedAt);
    if (!alert) return [];
    const company = companies.get(one.accountId);
    const facts = {
      accountId: one.accountId,
      crossedAt: one.crossedAt,
      company: company?.name ?? "a company",
      reason: hotReason(alert),
      dueText: dueText(alert.dueAt, timeZone),
      evidence: packets.get(one.accountId) ?? [],
      timeZone,
    };
    return [{ wanted: one, facts, dueAt: alert.dueAt, ownerId: company?.hubspot_owner_id || null }];
  });
}

async function makeTask(ctx: Parts, portalId: PortalId, order: Order): Promise<void> {
  try {
    await markTaskMade(ctx.db, portalId, order.wanted, await sendTask(ctx, portalId, order));
  } catch (error) {
    if (error instanceof HubSpotUnavailable && error.outcome === "unknown") {
      ctx.log.warn(
        { portalId, accountId: order.wanted.accountId },
        "a task may or may not have been made; it is looked for",
      );
      return;
    }
    if (!(error instanceof AppError)) throw error;
    if (error instanceof HubSpotRejected || error instanceof HubSpotForbidden) {
      await markTaskRefused(ctx.db, portalId, order.wanted, error.message);
      ctx.log.warn({ portalId, accountId: order.wanted.accountId, reason: error.message }, "HubSpot refused a task");
      return;
    }
    await markTaskWanted(ctx.db, portalId, order.wanted);
    throw error;
  }
}

/** An owner who left cannot be given a task (hubspot-api.md §6.4): then it is nobody's, and still there. */
async function sendTask(ctx: Parts, portalId: PortalId, { facts, dueAt, ownerId }: Order): Promise<string> {
  const order = { ...writeTask(facts), dueAt, type: "TODO", companyId: facts.accountId, contactIds: [] } as const;
  const send = (owner: string | null) =>
    ctx.hubspot.createTask(portalId, { ...order, ownerId: owner, priority: "webhook" });
  try {
    return await send(ownerId);
  } catch (error) {
    if (!(error instanceof HubSpotRejected) || ownerId === null) throw error;
    return send(null);
  }
}
