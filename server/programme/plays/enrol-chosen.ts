import { type BulkOutcome, chosenCompanies } from "@touchstone/shared/chosen-companies.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { monthOf } from "@touchstone/shared/month-of.ts";
import { storableText } from "@touchstone/shared/storable-text.ts";
import type { Transaction } from "kysely";
import { z } from "zod";
import type { Context } from "../../context.ts";
import type { Database } from "../../db/database.ts";
import { type EnrolFacts, readEnrolFacts } from "../../db/enrol-facts.ts";
import { enrolAccounts } from "../../db/play-accounts.ts";
import { holdPlay, lockPlays, type StoredPlay } from "../../db/plays.ts";
import { findPortal } from "../../db/portals.ts";
import type { Schema } from "../../db/schema.ts";
import { wantStepTasks } from "../../db/step-tasks.ts";
import { BadRequest } from "../../errors.ts";
import { type EnrolWish, judgeEnrolling } from "./judge-enrolling.ts";
import { requireOpenPlay } from "./run-play.ts";

type Parts = Pick<Context, "db" | "now" | "queue">;

const bodySchema = z.strictObject({
  companyIds: chosenCompanies,
  playId: z.uuid(),
  overrideReason: storableText(500).min(3).optional(),
  since: z.number().int().min(0).optional(),
});
type Body = z.infer<typeof bodySchema>;

/** What would become of each chosen company. Changes nothing. */
export async function previewEnrolling(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  userId: string,
  body: unknown,
): Promise<BulkOutcome> {
  const chosen = parse(body);
  const { outcome } = await judgeAll(ctx.db, portalId, chosen, wishOf(userId, chosen), ctx.now());
  return outcome;
}

/**
 * Takes chosen companies into a play, each on its own: one that is refused never costs another its place. Sent again it answers
 * the same, by what this person brought in since the preview.
 */
export async function enrolChosen(ctx: Parts, portalId: PortalId, userId: string, body: unknown): Promise<BulkOutcome> {
  const chosen = parse(body);
  const at = ctx.now();
  const wish = wishOf(userId, chosen);
  const { outcome, fresh } = await ctx.db.transaction().execute(async (trx) => {
    // Two who put one company into two plays of a month at once: one of them sees what the other did.
    await lockPlays(trx, portalId);
    await holdPlay(trx, portalId, chosen.playId);
    const judged = await judgeAll(trx, portalId, chosen, wish, at);
    return { ...judged, fresh: await bringIn(trx, portalId, judged, { ...wish, playId: chosen.playId, at }) };
  });
  if (fresh > 0) await ctx.queue.wake("make-tasks", portalId);
  return outcome;
}

interface Judged {
  readonly outcome: BulkOutcome;
  readonly facts: ReadonlyMap<string, EnrolFacts>;
}

async function bringIn(
  trx: Transaction<Schema>,
  portalId: PortalId,
  { outcome, facts }: Judged,
  { by, at, playId, overrideReason: why }: EnrolWish & { readonly playId: string; readonly at: number },
): Promise<number> {
  const ids = outcome.lines.filter((line) => line.status === "done").map((line) => line.companyId);
  const needsReason = (id: string) => (facts.get(id)?.rivals.length ?? 0) > 0;
  const freely = ids.filter((id) => !needsReason(id));
  const added = [
    ...(await enrolAccounts(trx, portalId, playId, freely, { by, at })),
    ...(await enrolAccounts(trx, portalId, playId, ids.filter(needsReason), { by, at, why })),
  ];
  await wantStepTasks(trx, portalId, playId, added);
  return added.length;
}

async function judgeAll(
  db: Database,
  portalId: PortalId,
  { companyIds, playId }: Body,
  wish: EnrolWish,
  at: number,
): Promise<Judged> {
  const { play, status } = await requireOpenPlay(db, portalId, playId);
  const portal = await findPortal(db, portalId);
  const month = monthOf(at, portal?.timeZone ?? "UTC");
  const facts = await readEnrolFacts(db, portalId, { playId, tier: play.tier, month }, companyIds.possible);
  const lines = companyIds.ids.map((id) => judgeEnrolling(id, facts.get(id), wish));
  return { outcome: { at, goal: play.name, notes: notesOf(status), leftOut: companyIds.leftOut, lines }, facts };
}

function notesOf(status: StoredPlay["status"]): string[] {
  if (status === "running") return [];
  return status === "paused"
    ? ["The play is paused: nobody is asked for anything until it goes on."]
    : ["The play is not launched yet: its steps begin when it is."];
}

const wishOf = (by: string, { overrideReason, since }: Body): EnrolWish => ({
  by,
  overrideReason: overrideReason ?? null,
  since: since ?? null,
});

function parse(body: unknown): Body {
  const parsed = bodySchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const isReason = parsed.error.issues.every(({ path }) => path[0] === "overrideReason");
  throw new BadRequest(
    isReason
      ? "A reason to bring it in all the same has 3 to 500 characters. Nothing was changed."
      : "Name the companies by their ids and a play; a reason to override has 3 to 500 characters. Nothing was changed.",
  );
}
