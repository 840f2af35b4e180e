import type { PortalId } from "@touchstone/shared/ids.ts";
import { notEngagingKinds } from "@touchstone/shared/signal-kinds.ts";
import type { Context } from "../../context.ts";
import { claimEnrolments, handOver, moveEnrolments } from "../../db/enrolments.ts";
import { readPlays } from "../../db/plays.ts";
import { findPortal } from "../../db/portals.ts";
import { judgeEnrolment } from "./judge-enrolment.ts";

const batchSize = 200;
/** An account in a play is looked at this often. */
export const judgeEveryMs = 5 * 60_000;

/** Job: hands over the accounts of running plays, and lets those leave, whose play says so by a rule of its own. */
export async function tendPlays(ctx: Pick<Context, "db" | "queue" | "now">, portalId: PortalId): Promise<void> {
  const portal = await findPortal(ctx.db, portalId);
  if (!portal || portal.status === "disconnected" || portal.status === "preparing") return;
  const now = ctx.now();
  const turn = { now, before: now - judgeEveryMs, limit: batchSize };
  const enrolments = await claimEnrolments(ctx.db, portalId, turn, notEngagingKinds);
  if (enrolments.length === 0) return;
  const plays = new Map(
    (await readPlays(ctx.db, portalId, [...new Set(enrolments.map((one) => one.playId))])).map(
      ({ playId, play }) => [playId, play] as const,
    ),
  );
  const judged = enrolments.flatMap((facts) => {
    const play = plays.get(facts.playId);
    const verdict = play ? judgeEnrolment(play, facts, now) : null;
    return verdict ? [{ ...verdict, playId: facts.playId, accountId: facts.accountId }] : [];
  });
  const of = (move: "leave" | "hand over") => judged.filter((one) => one.move === move);
  const handed = await ctx.db.transaction().execute(async (trx) => {
    const mover = { by: "touchstone", at: now };
    await moveEnrolments(trx, portalId, of("leave"), { from: ["active"], to: "left", ...mover });
    return handOver(trx, portalId, of("hand over"), mover);
  });
  if (handed > 0) await ctx.queue.wake("make-tasks", portalId);
  if (enrolments.length === batchSize) await ctx.queue.wake("tend-plays", portalId);
}
