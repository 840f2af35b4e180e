import { isRecord } from "@touchstone/shared/ask-api.ts";
import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { AccountPlaysView } from "@touchstone/shared/record-cards-api.ts";
import { exclusionOf } from "../../accounts/exclusion-of.ts";
import { readAccount } from "../../accounts/get-account.ts";
import type { Context } from "../../context.ts";
import { BadRequest } from "../../errors.ts";
import { enrolChosen } from "../../programme/plays/enrol-chosen.ts";
import { readPlaysCard } from "./read-plays-card.ts";

/** Takes the account into a play as the person on its card asks. Of an account that is in it nothing changes. */
export async function enrolFromCard(
  ctx: Pick<Context, "db" | "now" | "queue">,
  portalId: PortalId,
  accountId: AccountId,
  asked: { readonly userId: string; readonly body: unknown },
): Promise<AccountPlaysView> {
  const { view } = await readAccount(ctx, portalId, accountId);
  const exclusion = exclusionOf(view);
  if (exclusion !== null) throw new BadRequest(`${exclusion} Nothing was changed.`);
  const body = { ...(isRecord(asked.body) ? asked.body : {}), companyIds: [accountId] };
  const { lines } = await enrolChosen(ctx, portalId, asked.userId, body);
  const refused = lines.find(({ status }) => status === "refused");
  if (refused) {
    const how = refused.overridable ? " Say why it shall come in all the same." : "";
    throw new BadRequest(`${refused.text}${how} Nothing was changed.`);
  }
  return readPlaysCard(ctx, portalId, accountId);
}
