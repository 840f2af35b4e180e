import type { PortalId } from "@touchstone/shared/ids.ts";
import type { EnrolledView, PlayAccountsView, PlayTouch } from "@touchstone/shared/plays-api.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { type EnrolledAccount, enrolAccounts, readLeft, readPlayAccounts, saveTouch } from "../../db/play-accounts.ts";
import { holdPlay, readPlay, type StoredPlay } from "../../db/plays.ts";
import { readRecords } from "../../db/records.ts";
import { unwantStepTasks, wantStepTasks } from "../../db/step-tasks.ts";
import { BadRequest, NotFound } from "../../errors.ts";

type Parts = Pick<Context, "db" | "now">;

const mostAccounts = 500;
const dayMs = 86_400_000;
const enrolSchema = z.strictObject({
  companyIds: z
    .array(z.string().regex(/^\d{1,20}$/))
    .min(1)
    .max(mostAccounts),
});

/** Takes accounts into a play, line by line. Those that are in it stay as they are. */
export async function enrol(
  ctx: Pick<Context, "db" | "now" | "queue">,
  portalId: PortalId,
  playId: string,
  userId: string,
  body: unknown,
): Promise<EnrolledView> {
  const parsed = enrolSchema.safeParse(body);
  if (!parsed.success) throw new BadRequest(`Name up to ${mostAccounts} company ids. Nothing was changed.`);
  const ids = [...new Set(parsed.data.companyIds)];
  const fresh = await ctx.db.transaction().execute(async (trx) => {
    // A launch waits for it, or has gone before: either way every account gets its tasks.
    await holdPlay(trx, portalId, playId);
    await requireOpenPlay(trx, portalId, playId);
    const added = await enrolAccounts(trx, portalId, playId, ids, { by: userId, at: ctx.now() });
    await wantStepTasks(trx, portalId, playId, [...added]);
    return added;
  });
  if (fresh.size > 0) await ctx.queue.wake("make-tasks", portalId);
  const companies = await readRecords(ctx.db, portalId, "companies", ids);
  const left = await readLeft(ctx.db, portalId, playId, ids);
  const lines = ids.map((companyId) => {
    if (fresh.has(companyId)) return { companyId, status: "enrolled", message: "enrolled" } as const;
    if (left.has(companyId)) return { companyId, status: "rejected", message: "has left the play for good" } as const;
    return companies.has(companyId)
      ? ({ companyId, status: "known", message: "in the play already" } as const)
      : ({ companyId, status: "rejected", message: "no such company is known here (yet)" } as const);
  });
  return { enrolled: fresh.size, lines };
}

/** Every touch of a play: done, due or ahead; of accounts that rest or have left only what was dealt with. */
export async function listTouches(ctx: Parts, portalId: PortalId, playId: string): Promise<PlayAccountsView> {
  const play = await requirePlay(ctx, portalId, playId);
  const accounts = await readPlayAccounts(ctx.db, portalId, playId, mostAccounts);
  const touches = accounts.flatMap((account) => touchesOf(play, account, ctx.now()));
  return { touches: touches.sort((a, b) => a.dueAt - b.dueAt || (a.companyId < b.companyId ? -1 : 1)).slice(0, 1_000) };
}

/** The touches of one account, in the order of the steps. */
export function touchesOf(
  { play, launchedAt }: Pick<StoredPlay, "play" | "launchedAt">,
  account: Pick<EnrolledAccount, "accountId" | "name" | "enrolledAt" | "status" | "touches">,
  now: number,
): PlayTouch[] {
  if (launchedAt === null) return [];
  const startAt = Math.max(launchedAt, account.enrolledAt);
  return play.steps.flatMap((step, index) => {
    const dueAt = startAt + step.day * dayMs;
    const { what, channel, side } = step;
    const status = account.touches[index] ?? (dueAt <= now ? "due" : "ahead");
    // An account that rests or has left owes nothing more.
    if (account.status !== "active" && !account.touches[index]) return [];
    return [{ companyId: account.accountId, company: account.name, step: index, what, channel, side, dueAt, status }];
  });
}

const touchSchema = z.strictObject({
  companyId: z.string().regex(/^\d{1,20}$/),
  step: z.number().int().min(0).max(59),
  status: z.enum(["done", "skipped"]),
});

/** Notes that a touch was done or left out. */
export async function noteTouch(
  ctx: Parts,
  portalId: PortalId,
  playId: string,
  userId: string,
  body: unknown,
): Promise<PlayAccountsView> {
  const parsed = touchSchema.safeParse(body);
  const { play } = await requirePlay(ctx, portalId, playId);
  if (!parsed.success || parsed.data.step >= play.steps.length) {
    throw new BadRequest("Name a company, the number of a step, and done or skipped. Nothing was changed.");
  }
  const { companyId: accountId, step, status } = parsed.data;
  if (!(await saveTouch(ctx.db, portalId, playId, { accountId, step, status, by: userId, at: ctx.now() }))) {
    throw new NotFound("This company is not in the play. Nothing was changed.");
  }
  await unwantStepTasks(ctx.db, portalId, playId, { accountId, step });
  return listTouches(ctx, portalId, playId);
}

/** A play into which accounts still come. */
export async function requireOpenPlay(db: Context["db"], portalId: PortalId, playId: string): Promise<StoredPlay> {
  const play = await requirePlay({ db }, portalId, playId);
  if (play.status === "retired")
    throw new BadRequest("The play is retired: nobody comes in any more. Nothing was changed.");
  return play;
}

async function requirePlay(ctx: Pick<Context, "db">, portalId: PortalId, playId: string): Promise<StoredPlay> {
  const play = await readPlay(ctx.db, portalId, playId);
  if (!play) throw new NotFound("There is no such play. Nothing was changed.");
  return play;
}
