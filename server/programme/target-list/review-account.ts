import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import { storableText } from "@touchstone/shared/storable-text.ts";
import { type RejectReason, type RetentionView, rejectReasons } from "@touchstone/shared/target-list-api.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { markDirty, priorities } from "../../db/dirty-accounts.ts";
import { countReviews } from "../../db/former-targets.ts";
import { saveVerdict } from "../../db/target-accounts.ts";
import { BadRequest, NotFound } from "../../errors.ts";
import { judgeRetention } from "./judge-retention.ts";

const note = storableText(1_000).optional();
const bodySchema = z.union([
  z.strictObject({ verdict: z.literal("keep"), note }),
  z.strictObject({
    verdict: z.literal("reject"),
    reason: z.enum(Object.keys(rejectReasons) as [RejectReason, ...RejectReason[]]),
    note,
  }),
]);

/**
 * Sales keeps an account or says why not (row 11); answers with what is kept of the list so far (row 12). A note that the request
 * does not mention stays with the same verdict and reason; an empty one clears it.
 */
export async function reviewAccount(
  ctx: Pick<Context, "db" | "queue" | "now">,
  portalId: PortalId,
  accountId: AccountId,
  userId: string,
  body: unknown,
): Promise<RetentionView> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    throw new BadRequest(`Keep, or reject with one of: ${Object.keys(rejectReasons).join(", ")}. Nothing was changed.`);
  }
  const given = parsed.data;
  const reason = given.verdict === "reject" ? given.reason : null;
  const row = { verdict: given.verdict, reason, note: given.note, by: userId, at: ctx.now() };
  await ctx.db.transaction().execute(async (trx) => {
    const saved = await saveVerdict(trx, portalId, accountId, row);
    if (!saved) throw new NotFound("This company is not on the target list. Nothing was changed.");
    if (reason === "other" && saved.note === null)
      throw new BadRequest("Say in a note what the other reason is. Nothing was changed.");
    // Whether it is a target account is a fact of the hot rule.
    await markDirty(trx, portalId, [accountId], priorities.live);
  });
  await ctx.queue.wake("rescore-batch", portalId);
  const { kept, reviewed } = await countReviews(ctx.db, portalId);
  return judgeRetention(kept, reviewed);
}
