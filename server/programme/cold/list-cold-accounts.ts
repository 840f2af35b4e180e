import { type ColdAccountView, type ColdListView, coldAnswers } from "@touchstone/shared/cold-api.ts";
import { coldDays, coldPrompt } from "@touchstone/shared/cold-prompt.ts";
import type { ColdRule } from "@touchstone/shared/cold-rule.ts";
import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../../context.ts";
import { type ColdAccount, readColdAccounts } from "../../db/cold-accounts.ts";
import { coldRuleSetting, readSetting } from "../../db/portal-settings.ts";

type Parts = Pick<Context, "db" | "now">;

const dayMs = 86_400_000;
const mostAccounts = 200;

/** The accounts that have gone cold, those first of which somebody must say what to do. */
export async function listColdAccounts(ctx: Parts, portalId: PortalId): Promise<ColdListView> {
  return { accounts: await read(ctx, portalId, null) };
}

/** Null when the account is not cold. */
export async function getColdAccount(
  ctx: Parts,
  portalId: PortalId,
  accountId: AccountId,
): Promise<{ cold: ColdAccountView | null }> {
  const [cold] = await read(ctx, portalId, accountId);
  return { cold: cold ?? null };
}

async function read(ctx: Parts, portalId: PortalId, accountId: AccountId | null): Promise<ColdAccountView[]> {
  const { value: rule } = await readSetting(ctx.db, portalId, coldRuleSetting);
  const now = ctx.now();
  const accounts = await readColdAccounts(ctx.db, portalId, {
    since: now - rule.days * dayMs,
    askedSince: now - rule.askAgainDays * dayMs,
    accountId,
    limit: accountId === null ? mostAccounts : 1,
  });
  return accounts.flatMap((account) => toView(account, rule, now) ?? []);
}

function toView(account: ColdAccount, rule: ColdRule, now: number): ColdAccountView | null {
  const { accountId, name, fellAt, plays } = account;
  const days = coldDays(account, rule, now);
  if (days === null) return null;
  const answers = account.answers.map((one) => ({ ...one, label: coldAnswers[one.answer] }));
  const prompt = coldPrompt({ fellAt, answeredAt: answers[0]?.at ?? null }, rule, now);
  return { companyId: accountId, company: name, fellAt, days, prompt, plays, answers };
}
