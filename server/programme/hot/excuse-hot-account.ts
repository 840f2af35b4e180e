import { type ExcuseCode, excuses, hotRoutes } from "@touchstone/shared/hot-api.ts";
import { routeOfExcuse } from "@touchstone/shared/hot-route.ts";
import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import { storableText } from "@touchstone/shared/storable-text.ts";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { excuseAlerts, readLatestAlert } from "../../db/hot-alerts.ts";
import { BadRequest } from "../../errors.ts";

const bodySchema = z.strictObject({
  reason: z.enum(Object.keys(excuses) as [ExcuseCode, ...ExcuseCode[]]),
  note: storableText(1_000).optional(),
  /** Where the account goes instead (row 79); without it, where its reason sends it. */
  route: z.enum(hotRoutes).optional(),
});

/** Stops the clock because nobody needs to reach out, with who said so and why. The same again changes nothing. */
export async function excuseHotAccount(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  accountId: AccountId,
  userId: string,
  body: unknown,
): Promise<void> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    throw new BadRequest(`Give one of these reasons: ${Object.keys(excuses).join(", ")}. Nothing was changed.`);
  }
  const { reason, note, route } = parsed.data;
  if (reason === "other" && !note) throw new BadRequest("Say in a note what the other reason is. Nothing was changed.");
  const stopped = await excuseAlerts(ctx.db, portalId, [accountId], {
    code: reason,
    note: note ?? null,
    by: userId,
    at: ctx.now(),
    route: route ?? routeOfExcuse[reason],
  });
  if (stopped) return;
  const latest = await readLatestAlert(ctx.db, portalId, accountId);
  if (latest?.state !== "excused") throw new BadRequest("No clock runs for this account. Nothing was changed.");
}
