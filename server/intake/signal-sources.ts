import type { PortalId } from "@touchstone/shared/ids.ts";
import type { SignalSourcesView, SignalSourceView } from "@touchstone/shared/signals-api.ts";
import { z } from "zod";
import type { Context } from "../context.ts";
import { priorities } from "../db/dirty-accounts.ts";
import { readSources, setSourceMuted } from "../db/signal-sources.ts";
import { BadRequest } from "../errors.ts";

const dayMs = 86_400_000;
/** Older signals count in no model. */
const horizonMs = 800 * dayMs;
const maxListed = 200;
const maxMuted = 100;

const bodySchema = z.strictObject({ source: z.string().regex(/^[a-z][a-z0-9_.-]{0,63}$/), muted: z.boolean() });

/** Where signals come from, when each source last said something, and whether it is muted (market.md row 43). */
export async function listSources(ctx: Pick<Context, "db" | "now">, portalId: PortalId): Promise<SignalSourcesView> {
  const sources = await readSources(ctx.db, portalId, maxListed);
  return { sources: sources.map((one) => ({ ...one, freshness: freshnessOf(one.lastAt, ctx.now()) })) };
}

/** The figures are ours: a weekly feed that skipped a turn is ageing, one that skipped a month is stale. */
function freshnessOf(lastAt: number | null, now: number): SignalSourceView["freshness"] {
  if (lastAt === null || now - lastAt > 30 * dayMs) return "stale";
  return now - lastAt > 7 * dayMs ? "ageing" : "fresh";
}

/** A muted source's signals are kept and not given to scoring; taking the mute back brings them back. */
export async function muteSource(
  ctx: Pick<Context, "db" | "queue" | "now" | "log">,
  portalId: PortalId,
  userId: string,
  body: unknown,
): Promise<SignalSourcesView> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw new BadRequest("Name a source, and say muted: true or false. Nothing was changed.");
  const { source, muted } = parsed.data;
  const changed = await setSourceMuted(ctx.db, portalId, {
    source,
    muted,
    by: userId,
    since: ctx.now() - horizonMs,
    priority: priorities.due,
    most: maxMuted,
  });
  if (changed) {
    ctx.log.info({ portalId, source, muted, userId }, "a source was muted or heard again");
    await ctx.queue.wake("rescore-batch", portalId);
  }
  const view = await listSources(ctx, portalId);
  if (muted && !view.sources.some((one) => one.source === source && one.muted)) {
    throw new BadRequest(`${maxMuted} sources are muted already. Nothing was changed.`);
  }
  return view;
}
