import { type AccountId, asAccountId, type PortalId } from "@touchstone/shared/ids.ts";
import { storableText } from "@touchstone/shared/storable-text.ts";
import { z } from "zod";
import type { Context } from "../context.ts";
import { markDirty, priorities } from "../db/dirty-accounts.ts";
import { addJudgement } from "../db/judgements.ts";
import { findMergedInto } from "../db/mirror-state.ts";
import { holdPortal } from "../db/portals.ts";
import { readRecords } from "../db/records.ts";
import { BadRequest, NotFound } from "../errors.ts";
import { loadModels } from "./load-models.ts";

const bodySchema = z.strictObject({
  criterion: z.string().min(1).max(100),
  rung: z.string().min(1).max(100).nullable(),
  note: storableText(1_000).optional(),
  expiresAt: z.number().int().nullish(),
});
/** Two years: an answer that nobody has looked at for longer is no knowledge any more. */
const longestLifeMs = 731 * 86_400_000;

/** A person's answer to a judged criterion: kept with who and when, and scored at once. The same answer again changes nothing. */
export async function judgeCriterion(
  ctx: Pick<Context, "db" | "queue" | "now">,
  portalId: PortalId,
  askedId: AccountId,
  userId: string,
  body: unknown,
): Promise<void> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw new BadRequest("An answer names a criterion and a rung. Nothing was changed.");
  const { criterion, rung, note } = parsed.data;
  const expiresAt = rung === null ? null : (parsed.data.expiresAt ?? null);
  if (expiresAt !== null && (expiresAt <= ctx.now() || expiresAt > ctx.now() + longestLifeMs)) {
    throw new BadRequest("An answer expires later than now and within two years. Nothing was changed.");
  }
  const models = await loadModels(ctx.db, portalId);
  const known = [...models.priority.model.criteria, ...models.readiness.model.criteria].find(
    (one) => one.key === criterion,
  );
  if (known?.kind !== "judged")
    throw new BadRequest(`"${criterion}" is no question that a person answers. Nothing was changed.`);
  if (rung !== null && !known.rungs.some((one) => one.key === rung)) {
    const answers = known.rungs.map((one) => one.key).join(", ");
    throw new BadRequest(`"${rung}" is not among the answers (${answers}). Nothing was changed.`);
  }
  // A record that is still open while it is merged away: the answer is about the company, and goes where that went.
  const accountId = asAccountId((await findMergedInto(ctx.db, portalId, "companies", askedId)) ?? askedId);
  if (!(await readRecords(ctx.db, portalId, "companies", [accountId])).has(accountId)) {
    throw new NotFound("Touchstone does not know this company (yet). Nothing was changed.");
  }
  const answer = { criterion, rung, by: userId, at: ctx.now(), note: note ?? null, expiresAt };
  // Together or not at all: the same answer again changes nothing, so an answer that was stored and not marked would never be scored.
  const added = await ctx.db.transaction().execute(async (trx) => {
    await holdPortal(trx, portalId);
    const isNew = await addJudgement(trx, portalId, accountId, answer);
    if (isNew) await markDirty(trx, portalId, [accountId], priorities.live);
    return isNew;
  });
  if (added) await ctx.queue.wake("rescore-batch", portalId);
}
