import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { EnrolmentStatus, EnrolmentsView, EnrolmentView } from "@touchstone/shared/plays-api.ts";
import { storableText } from "@touchstone/shared/storable-text.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { handOver, moveEnrolments } from "../../db/enrolments.ts";
import { type EnrolledAccount, readPlayAccounts } from "../../db/play-accounts.ts";
import { holdPlay, readPlay } from "../../db/plays.ts";
import { wantStepTasks } from "../../db/step-tasks.ts";
import { BadRequest, NotFound } from "../../errors.ts";

type Parts = Pick<Context, "db" | "now" | "queue">;

const mostAccounts = 500;
const bodySchema = z.strictObject({
  move: z.enum(["pause", "resume", "leave", "hand over"]),
  note: storableText(500).min(3),
});
const moves: Readonly<Record<string, { readonly from: readonly EnrolmentStatus[]; readonly to: EnrolmentStatus }>> = {
  pause: { from: ["active"], to: "paused" },
  resume: { from: ["paused"], to: "active" },
  leave: { from: ["active", "paused"], to: "left" },
};

/** The accounts of a play with their standing in it, in the order in which they came in. */
export async function listEnrolments(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
  playId: string,
): Promise<EnrolmentsView> {
  if (!(await readPlay(ctx.db, portalId, playId))) throw new NotFound("There is no such play.");
  return { accounts: (await readPlayAccounts(ctx.db, portalId, playId, mostAccounts)).map(toView) };
}

const toView = ({ accountId, name, touches: _touches, ...standing }: EnrolledAccount): EnrolmentView => ({
  companyId: accountId,
  company: name,
  ...standing,
});

/** Somebody says that an account rests in a play, goes on, leaves it, or is taken over by sales. The same again changes nothing. */
export async function moveEnrolment(
  ctx: Parts,
  portalId: PortalId,
  given: { readonly playId: string; readonly accountId: AccountId; readonly userId: string; readonly body: unknown },
): Promise<{ account: EnrolmentView }> {
  const { playId, accountId, userId: by } = given;
  const parsed = bodySchema.safeParse(given.body);
  if (!parsed.success) throw new BadRequest("Say pause, resume, leave or hand over, and why. Nothing was changed.");
  const { move, note: why } = parsed.data;
  const at = ctx.now();
  const one = [{ playId, accountId, why }];
  await ctx.db.transaction().execute(async (trx) => {
    await holdPlay(trx, portalId, playId);
    const play = await readPlay(trx, portalId, playId);
    if (move === "hand over" && (!play?.launchedAt || play.status === "retired"))
      throw new BadRequest("Only a play that was launched and is not retired hands over. Nothing was changed.");
    const step = moves[move];
    if (step) await moveEnrolments(trx, portalId, one, { ...step, by, at });
    else await handOver(trx, portalId, one, { by, at });
    if (move === "resume") await wantStepTasks(trx, portalId, playId, [accountId]);
  });
  await ctx.queue.wake("make-tasks", portalId);
  const [now] = await readPlayAccounts(ctx.db, portalId, playId, 1, accountId);
  if (!now) throw new NotFound("This company is not in the play. Nothing was changed.");
  const isThere = moves[move] ? now.status === moves[move].to : now.handedOverAt !== null;
  const standing = now.status === "left" ? "has left this play" : `is ${now.status} in this play`;
  if (!isThere) throw new BadRequest(`The account ${standing}. Nothing was changed.`);
  return { account: toView(now) };
}
