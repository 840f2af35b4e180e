import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import type { Database } from "../../db/database.ts";
import { answerAskedDemotion, readTierMember } from "../../db/tier-members.ts";
import { addTierMoves, readTierMoves } from "../../db/tier-moves.ts";
import { lockTiers, wantTiersNow } from "../../db/tier-runs.ts";
import { BadRequest, Conflict } from "../../errors.ts";

const bodySchema = z.strictObject({ approve: z.boolean() });

/** Somebody says yes or no to a move down. The same answer again changes nothing; a move that nobody asks for is refused. */
export async function answerDemotion(
  ctx: Pick<Context, "db" | "queue" | "now">,
  portalId: PortalId,
  accountId: AccountId,
  userId: string,
  body: unknown,
): Promise<void> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw new BadRequest('Answer {"approve": true} or {"approve": false}. Nothing was changed.');
  const state = parsed.data.approve ? "approved" : "refused";
  const at = ctx.now();
  await ctx.db.transaction().execute(async (trx) => {
    await lockTiers(trx, portalId);
    const kind = `move down ${state}`;
    const member = await readTierMember(trx, portalId, accountId);
    if (!(await answerAskedDemotion(trx, portalId, accountId, { state, by: userId, at }))) {
      if (await wasAnswered(trx, portalId, accountId, { kind, at })) return;
      throw new Conflict("This company does not ask to move down (any more). Nothing was changed.");
    }
    const move = { accountId, at, from: member?.tier ?? null, to: member?.demotion_to ?? null, by: userId };
    const reason = member?.demotion_reason ?? "";
    await addTierMoves(trx, portalId, [{ ...move, kind, reason }]);
    await wantTiersNow(trx, portalId);
  });
  await ctx.queue.wake("assign-tiers", portalId);
}

/** HubSpot sends a request again whose answer it missed; the move may be done by then. */
async function wasAnswered(
  db: Database,
  portalId: PortalId,
  accountId: AccountId,
  { kind, at }: { kind: string; at: number },
): Promise<boolean> {
  const moves = await readTierMoves(db, portalId, accountId, 10);
  return moves.some((move) => move.kind === kind && move.at > at - 3_600_000);
}
