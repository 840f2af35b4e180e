import type { ColdView } from "@touchstone/shared/card-api.ts";
import { coldPrompt } from "@touchstone/shared/cold-prompt.ts";
import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { readColdAccounts } from "../db/cold-accounts.ts";
import { coldRuleSetting, readSetting } from "../db/portal-settings.ts";

/** What the card asks about an account that has gone cold; null when there is nothing to decide now. */
export async function readCold(
  ctx: Pick<Context, "db" | "now">,
  portalId: PortalId,
  accountId: AccountId,
): Promise<ColdView | null> {
  const now = ctx.now();
  const [cold] = await readColdAccounts(ctx.db, portalId, { since: now, askedSince: now, accountId, limit: 1 });
  if (!cold) return null;
  const { value: rule } = await readSetting(ctx.db, portalId, coldRuleSetting);
  const text = coldPrompt({ fellAt: cold.fellAt, answeredAt: cold.answers[0]?.at ?? null }, rule, now);
  return text === null ? null : { text, since: cold.fellAt };
}
