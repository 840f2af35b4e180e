import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { AccountPlaysView } from "@touchstone/shared/record-cards-api.ts";
import { exclusionOf } from "../../accounts/exclusion-of.ts";
import { readAccount } from "../../accounts/get-account.ts";
import type { Context } from "../../context.ts";
import { listAccountPlays } from "../../programme/plays/list-account-plays.ts";
import { listPlayChoices } from "../../programme/plays/list-play-choices.ts";

type Parts = Pick<Context, "db" | "now">;

/** The plays that an account is in, what comes next, and those that it can be taken into. An excluded one is asked for nothing. */
export async function readPlaysCard(ctx: Parts, portalId: PortalId, accountId: AccountId): Promise<AccountPlaysView> {
  const [{ view }, { plays }, choices] = await Promise.all([
    readAccount(ctx, portalId, accountId),
    listAccountPlays(ctx, portalId, accountId),
    listPlayChoices(ctx, portalId, accountId),
  ]);
  const exclusion = exclusionOf(view);
  if (exclusion === null) return { companyId: accountId, exclusion, plays, choices };
  return { companyId: accountId, exclusion, plays: plays.map((play) => ({ ...play, next: [] })), choices: [] };
}
