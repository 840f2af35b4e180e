import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../../context.ts";
import { beginReading, findPortal } from "../../db/portals.ts";
import {
  beginSending,
  claimTasks,
  dropTasks,
  markTaskMade,
  markTaskRefused,
  markTasksWanted,
  type TaskKind,
  taskKinds,
  type WantedTask,
} from "../../db/tasks.ts";
import { AppError, PortalDisconnected } from "../../errors.ts";
import {
  HubSpotRejected,
  HubSpotRevoked,
  HubSpotUnavailable,
  HubSpotUnreadable,
} from "../../hubspot/hubspot-errors.ts";
import { findTasks } from "./find-tasks.ts";
import { type TaskText, taskHtml } from "./task-html.ts";

type Parts = Pick<Context, "db" | "hubspot" | "queue" | "now" | "log">;

/** What the tasks of one kind say, by their marker. One that is left out is not needed any more. */
export type TaskWriter = (
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  wanted: readonly WantedTask[],
) => Promise<ReadonlyMap<string, TaskText>>;

/** HubSpot takes one task a request here; what is left waits for the next turn. */
const batchSize = 20;
/**
 * A request lives 20 s at most, and HubSpot may carry it out a little after it gave up on the answer: only then is it
 * looked for, and sent again if it is not there.
 */
export const unansweredMs = 60_000;

/** Job: makes the HubSpot tasks whose time has come: exactly one each, also when the answer to the request was lost. */
export async function makeTasks(
  ctx: Parts,
  portalId: PortalId,
  writers: Readonly<Record<TaskKind, TaskWriter>>,
): Promise<void> {
  const portal = await findPortal(ctx.db, portalId);
  if (!portal || portal.status === "disconnected" || portal.status === "preparing") return;
  const { erasures } = await beginReading(ctx.db, portalId);
  const wanted = await claimTasks(ctx.db, portalId, ctx.now(), { limit: batchSize, unansweredMs });
  const maybeMade = wanted.filter((task) => task.maybeMade);
  const found = await findTasks(ctx, portalId, maybeMade);
  const texts = await writeTexts(ctx, portalId, wanted, writers);
  const unneeded = wanted.filter(({ marker }) => !found.has(marker) && !texts.has(marker));
  if (unneeded.length > 0) await dropTasks(ctx.db, portalId, unneeded);
  for (const [index, task] of wanted.entries()) {
    const taskId = found.get(task.marker);
    const text = texts.get(task.marker);
    // Null: looked for again a minute later.
    if (taskId === null) continue;
    if (taskId !== undefined) await markTaskMade(ctx.db, portalId, task.marker, taskId);
    else if (text) await makeTask(ctx, portalId, { task, text, rest: wanted.slice(index + 1), erasures });
  }
  if (wanted.length === batchSize) await ctx.queue.wake("make-tasks", portalId);
}

async function writeTexts(
  ctx: Parts,
  portalId: PortalId,
  wanted: readonly WantedTask[],
  writers: Readonly<Record<TaskKind, TaskWriter>>,
): Promise<Map<string, TaskText>> {
  const texts = new Map<string, TaskText>();
  for (const kind of taskKinds) {
    const own = wanted.filter((task) => task.kind === kind);
    if (own.length > 0) for (const [marker, text] of await writers[kind](ctx, portalId, own)) texts.set(marker, text);
  }
  return texts;
}

interface Order {
  readonly task: WantedTask;
  readonly text: TaskText;
  /** Claimed with it, and not sent yet. */
  readonly rest: readonly WantedTask[];
  /** See `holdPortal`. */
  readonly erasures: number;
}

async function makeTask(ctx: Parts, portalId: PortalId, { task: claimed, text, rest, erasures }: Order): Promise<void> {
  const task = await beginSending(ctx.db, portalId, claimed, erasures);
  if (task === null) return;
  const about = { portalId, accountId: task.accountId };
  try {
    await markTaskMade(ctx.db, portalId, task.marker, await sendTask(ctx, portalId, task, text));
  } catch (error) {
    if (mayHaveMade(error)) {
      ctx.log.warn(about, "a task may or may not have been made; it is looked for");
      return;
    }
    if (!(error instanceof AppError)) throw error;
    if (isRefusal(error)) {
      await markTaskRefused(ctx.db, portalId, task, error.message);
      ctx.log.warn({ ...about, reason: error.message }, "HubSpot refused a task");
      return;
    }
    const unsent = [task, ...rest].filter(({ maybeMade }) => !maybeMade);
    if (unsent.length > 0) await markTasksWanted(ctx.db, portalId, unsent);
    throw error;
  }
}

/** No answer, or one that said yes and cannot be read. */
const mayHaveMade = (error: unknown): boolean =>
  (error instanceof HubSpotUnavailable && error.outcome === "unknown") || error instanceof HubSpotUnreadable;

/**
 * It is about this task, and would be said again: the tasks behind it must not wait for it. For want of a scope it is said until
 * somebody grants it (`wantRefusedTasks`), and nothing else of the portal waits for that.
 */
const isRefusal = (error: AppError): boolean =>
  error.retry === "never" && !(error instanceof PortalDisconnected || error instanceof HubSpotRevoked);

/** An owner who left cannot be given a task (hubspot-api.md §6.4): then it is nobody's, and still there. */
async function sendTask(ctx: Parts, portalId: PortalId, task: WantedTask, text: TaskText): Promise<string> {
  const order = {
    subject: `${text.subject} [${task.marker}]`,
    body: taskHtml(text.body),
    dueAt: text.dueAt,
    type: text.type,
    companyId: task.accountId,
    contactIds: [],
  };
  const send = (ownerId: string | null) =>
    ctx.hubspot.createTask(portalId, { ...order, ownerId, priority: task.kind === "hot" ? "webhook" : "due" });
  try {
    return await send(text.ownerId);
  } catch (error) {
    if (!(error instanceof HubSpotRejected) || text.ownerId === null) throw error;
    return send(null);
  }
}
