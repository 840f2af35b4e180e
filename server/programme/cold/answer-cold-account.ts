import { type ColdAccountView, type ColdAnswer, coldAnswers } from "@touchstone/shared/cold-api.ts";
import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import { storableText } from "@touchstone/shared/storable-text.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { addColdAnswer } from "../../db/cold-accounts.ts";
import { restAccount } from "../../db/enrolments.ts";
import { coldRuleSetting, readSetting } from "../../db/portal-settings.ts";
import { BadRequest } from "../../errors.ts";
import { getColdAccount } from "./list-cold-accounts.ts";

const bodySchema = z.strictObject({
  answer: z.enum(Object.keys(coldAnswers) as [ColdAnswer, ...ColdAnswer[]]),
  /** What was tried, and why this now: without it nobody learns from it (row 84). */
  note: storableText(1_000).min(3),
});

/**
 * Somebody says what is to be done about a cold account; "pause" lets it rest in every play. It is asked again when it is still
 * cold after the rule's days.
 */
export async function answerColdAccount(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  accountId: AccountId,
  userId: string,
  body: unknown,
): Promise<{ cold: ColdAccountView | null }> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    throw new BadRequest("Say pause, change or keep, and note what was tried. Nothing was changed.");
  }
  const { cold } = await getColdAccount(ctx, portalId, accountId);
  if (!cold) throw new BadRequest("This account is not cold: there is nothing to decide. Nothing was changed.");
  const { value: rule } = await readSetting(ctx.db, portalId, coldRuleSetting);
  const answer = { ...parsed.data, by: userId, at: ctx.now() };
  await ctx.db.transaction().execute(async (trx) => {
    const isNew = await addColdAnswer(trx, portalId, accountId, answer, rule.askAgainDays * 86_400_000);
    if (isNew && answer.answer === "pause")
      await restAccount(trx, portalId, accountId, { by: userId, at: answer.at, why: answer.note });
  });
  return getColdAccount(ctx, portalId, accountId);
}
