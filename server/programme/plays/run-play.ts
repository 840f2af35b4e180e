import type { PortalId } from "@touchstone/shared/ids.ts";
import type { EnrolledView, PlayAccountsView, PlayTouch } from "@touchstone/shared/plays-api.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { readExcluded } from "../../db/excluded-accounts.ts";
import {
  type EnrolledAccount,
  enrolAccounts,
  readPlayAccounts,
  readStandings,
  saveTouch,
} from "../../db/play-accounts.ts";
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

/** Takes accounts into a play, line by line. Those that are in it stay as they are; excluded ones do not come in. */
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
  const { fresh, excluded } = await ctx.db.transaction().execute(async (trx) => {
    // A launch waits for it, or has gone before: either way every account gets its tasks.
    await holdPlay(trx, portalId, playId);
    await requireOpenPlay(trx, portalId, playId);
    const shut = await readExcluded(trx, portalId, ids);
    const open = ids.filter((id) => !shut.has(id));
    const added = await enrolAccounts(trx, portalId, playId, open, { by: userId, at: ctx.now() });
    await wantStepTasks(trx, portalId, playId, [...added]);
    return { fresh: added, excluded: shut };
  });
  if (fresh.size > 0) await ctx.queue.wake("make-tasks", portalId);
  const companies = await readRecords(ctx.db, portalId, "companies", ids);
  const standings = await readStandings(ctx.db, portalId, playId, ids);
  const lines = ids.map((companyId) => {
    const standing = standings.get(companyId);
    if (fresh.has(companyId)) return { companyId, status: "enrolled", message: "enrolled" } as const;
    const refuse = (message: string) => ({ companyId, status: "rejected", message }) as const;
    if (standing === "left") return refuse("has left the play for good");
    if (!companies.has(companyId)) return refuse("no such company is known here (yet)");
    if (standing === undefined && excluded.has(companyId))
      return refuse("it is excluded: no outreach until the reason is gone");
    return { companyId, status: "known", message: "in the play already" } as const;
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
