import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { JudgementView } from "@touchstone/shared/signals-api.ts";
import type { Context } from "../context.ts";
import { readJudgementHistory } from "../db/judgements.ts";

const maxListed = 200;

/** Who answered what about an account, and when; what was taken back stays in the list. */
export async function listJudgements(
  ctx: Pick<Context, "db">,
  portalId: PortalId,
  accountId: AccountId,
): Promise<{ judgements: JudgementView[] }> {
  return { judgements: await readJudgementHistory(ctx.db, portalId, accountId, maxListed) };
}
