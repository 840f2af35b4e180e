import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import { type VerdictReason, type VerdictView, verdictReasons } from "@touchstone/shared/record-cards-api.ts";
import { countText } from "@touchstone/shared/score-text.ts";
import { storableText } from "@touchstone/shared/storable-text.ts";
import { z } from "zod";
import type { Context } from "../context.ts";
import { readVerdicts, saveVerdict } from "../db/verdicts.ts";
import { BadRequest, Conflict, NotFound } from "../errors.ts";

type Parts = Pick<Context, "db" | "now">;

const reasons = Object.keys(verdictReasons) as [VerdictReason, ...VerdictReason[]];
const bodySchema = z
  .strictObject({
    right: z.boolean(),
    reason: z.enum(reasons).nullable(),
    note: storableText(500).optional(),
    scoredAt: z.int().nonnegative().optional(),
  })
  .refine(({ right, reason }) => right === (reason === null), "a reason is given for a wrong score, and for no other");

/** What people say of the score as it stands now. */
export async function readVerdict(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
  accountId: AccountId,
  userId: string,
): Promise<VerdictView> {
  const verdicts = await readVerdicts(ctx.db, portalId, accountId);
  const own = verdicts.find(({ by }) => by === userId);
  const right = verdicts.filter((verdict) => verdict.right).length;
  return {
    companyId: accountId,
    own: own ? { right: own.right, reason: own.reason, at: own.at } : null,
    tally:
      verdicts.length === 0
        ? null
        : `${right} of ${countText(verdicts.length, "person calls", "people call")} this score right`,
  };
}

/** Whether somebody calls the score right, and why not: kept with the score that they saw (market.md row 122). */
export async function giveVerdict(
  ctx: Parts,
  portalId: PortalId,
  accountId: AccountId,
  userId: string,
  body: unknown,
): Promise<VerdictView> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    throw new BadRequest(`Say whether the score is right, and for a wrong one why (${reasons.join(", ")}).`);
  }
  const { right, reason, note, scoredAt } = parsed.data;
  const verdict = { by: userId, right, reason, note: note || null, at: ctx.now(), scoredAt: scoredAt ?? null };
  const saved = await saveVerdict(ctx.db, portalId, accountId, verdict);
  if (saved === "none")
    throw new NotFound("This company has no score now, so there is nothing to judge. Nothing was changed.");
  if (saved === "moved")
    throw new Conflict(
      "The score moved since the one that you saw. Your verdict was not kept, and what was said before stays. " +
        "Refresh the card, look at the score of now, and say it again if it still holds.",
    );
  return readVerdict(ctx, portalId, accountId, userId);
}
