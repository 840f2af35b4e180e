import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import type { Database } from "../db/database.ts";
import { storeEvents } from "../db/inbox.ts";
import { BadRequest } from "../errors.ts";
import { type ParsedWebhooks, parseWebhooks } from "./parse-webhooks.ts";
import { type StoredCount, storeTogether } from "./store-together.ts";

/** Deliveries that arrive at one process at the same time meet here. */
const stores = new WeakMap<Database, ReturnType<typeof storeTogether>>();

function storeOf(db: Database): ReturnType<typeof storeTogether> {
  const store = stores.get(db) ?? storeTogether((portalId, events) => storeEvents(db, portalId, events));
  stores.set(db, store);
  return store;
}

/**
 * Takes a verified webhook request: every event is stored, and what it touches is marked, before HubSpot gets its answer.
 * Nothing is asked of HubSpot here. What cannot be read is logged by place; what stands beside it is kept.
 */
export async function receiveWebhooks(
  ctx: Pick<Context, "config" | "db" | "queue" | "log" | "metrics">,
  rawBody: Buffer,
): Promise<void> {
  const parsed = parseWebhooks(parseJson(rawBody), ctx.config.hubspot.appId);
  if (!parsed) throw new BadRequest("A webhook body is a list of at most 1,000 events. Nothing was stored.");
  const { toWake, failure } = await storeAll(ctx, parsed.byPortal);
  // Not before there can be anything to read: changes gather for so long. What dies with this process the sweeper wakes.
  await Promise.all(toWake.map((portalId) => ctx.queue.wake("refresh-records", portalId, ctx.config.settleMs)));
  // HubSpot sends the whole request again; what was stored of it is known then.
  if (failure) throw failure.error;
  ctx.metrics.received(0, 0, parsed.echoes, parsed.unreadable.length);
  reportUnreadable(ctx, parsed);
}

/** So many connections one request takes at most; it rarely names more portals. */
const mostAtOnce = 8;

/**
 * Several portals at a time: each may wait 3 s for a lock (see `storeEvents`), and HubSpot waits 5 s for all. One that cannot be stored
 * keeps no other from being stored and woken.
 */
async function storeAll(
  ctx: Pick<Context, "db" | "log" | "metrics">,
  byPortal: ParsedWebhooks["byPortal"],
): Promise<{ toWake: PortalId[]; failure: { error: unknown } | null }> {
  const toWake: PortalId[] = [];
  let failure: { error: unknown } | null = null;
  const waiting = byPortal.entries();
  const storeNext = async () => {
    for (const [portalId, events] of waiting) {
      const [outcome] = await Promise.allSettled([storeOf(ctx.db)(portalId, events)]);
      if (outcome.status === "rejected") failure ??= { error: outcome.reason };
      else if (noteStored(ctx, portalId, outcome.value)) toWake.push(portalId);
    }
  };
  await Promise.all(Array.from({ length: mostAtOnce }, storeNext));
  return { toWake, failure };
}

/** Whether anything is new. */
function noteStored(ctx: Pick<Context, "log" | "metrics">, portalId: PortalId, { stored, seen }: StoredCount): boolean {
  ctx.metrics.received(stored, seen, 0, 0);
  if (stored === 0 && seen > 0)
    ctx.log.info({ portalId, events: seen }, "webhook events were known already, or the portal is not installed");
  return stored > 0;
}

/** Places and names of fields only: the values are the customers'. */
function reportUnreadable(ctx: Pick<Context, "log">, { unreadable, byPortal, echoes, ignored }: ParsedWebhooks): void {
  if (unreadable.length === 0) return;
  const places = unreadable.slice(0, 20);
  if (byPortal.size === 0 && echoes === 0 && ignored === 0) {
    throw new BadRequest(`No event of this request could be read (${places.join("; ")}). Nothing was stored.`);
  }
  ctx.log.warn({ unreadable: places, count: unreadable.length }, "webhook events could not be read");
}

function parseJson(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString("utf8"));
  } catch {
    throw new BadRequest("The body is not JSON. Nothing was stored.");
  }
}
